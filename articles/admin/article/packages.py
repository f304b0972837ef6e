"""Handing out a package of chosen articles."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.http import FileResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.actions import packaging
from articles.admin.base import moment
from articles.packages.bags import TooLarge
from articles.rights.permissions import NotAllowed

# Somebody waits for it at a browser; the command has no limit.
MOST, MOST_BYTES = 200, 2 * 1024**3


def hand_out(request, queryset):
    """Write the package, and give it out while it has no name on this machine any more."""
    chosen = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    if len(chosen) > MOST:
        text = _("Please choose no more than %(number)d articles at once.") % {"number": MOST}
        messages.warning(request, text)
        return None
    at = moment(request)
    name = f"articles-{localtime(at):%Y%m%d-%H%M%S}.zip"
    numbers = ", ".join(map(str, chosen))
    with TemporaryDirectory(prefix="newsroom-package-") as folder:
        try:
            packed = packaging.export(
                queryset.model.objects.filter(pk__in=chosen),
                user=request.user,
                at=at,
                to=Path(folder) / name,
                chosen=_("articles %(numbers)s") % {"numbers": numbers},
                most_bytes=MOST_BYTES,
            )
        except TooLarge:
            limit = MOST_BYTES // 1024**3
            text = _(
                "These articles and their originals are more than %(limit)d GB. Please choose "
                "fewer, or let an administrator use the command export_articles."
            )
            messages.error(request, text % {"limit": limit})
            return None
        except (NotAllowed, OSError) as problem:
            messages.error(request, str(problem))
            return None
        file = packed.path.open("rb")
    for told in packed.problems:
        messages.warning(request, told)
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
