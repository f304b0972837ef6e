"""Why somebody may not take articles out of the site with all that is on file about them."""

from django.utils.translation import gettext as _

from articles.models import User


def export(user: User) -> str | None:
    """Originals of photos say where they were taken, and the log who did what: not everybody's."""
    if not user.is_active or not user.has_perm("articles.export_article"):
        return _("You may not export articles for the archive.")
    return None
