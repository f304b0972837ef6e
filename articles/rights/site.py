"""Why somebody may not change what the site says of itself."""

from django.utils.translation import gettext as _

from articles.models import User


def change(user: User) -> str | None:
    may = user.has_perm("articles.change_sitesettings")
    return None if may else _("You may not change site settings.")
