"""Why somebody may not import what an old site had."""

from django.utils.translation import gettext as _

from articles.models import User


def run(user: User) -> str | None:
    if not user.has_perm("articles.add_importrun"):
        return _("You may not import archives.")
    return None


def publish(user: User) -> str | None:
    """Whoever shows readers what nobody here approved answers for it: a right of its own."""
    refused = run(user)
    if refused is not None:
        return refused
    if not user.has_perm("articles.publish_importedarticle"):
        return _("Only a chief editor shows readers at once what an old site published.")
    return None
