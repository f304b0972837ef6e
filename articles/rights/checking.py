"""Why somebody may not put a finding of the checks aside."""

from datetime import datetime

from django.utils.translation import gettext as _

from articles.models import Article, User
from articles.rights import permissions
from articles.rights.permissions import Verb

EDITS_LIST = ("articles.add_listedword", "articles.change_listedword")


def put_aside(user: User, article: Article, at: datetime, *, is_blocking: bool) -> str | None:
    """Whoever may change an article puts advice aside; what blocks it is for the desk."""
    reason = permissions.refusal(user, Verb.CHANGE, article, at)
    if reason is not None:
        return reason
    if is_blocking and not puts_all_aside(user):
        return _("This blocks the article. If it is a false alarm, ask the desk to put it aside.")
    return None


def puts_all_aside(user: User) -> bool:
    """Tell whether a user may put aside what blocks an article that they may change."""
    return user.has_perm("articles.view_every_unit")


def edit_list(user: User) -> str | None:
    may = user.has_perms(EDITS_LIST)
    return None if may else _("You may not edit the list of words.")


def put_aside_everywhere(user: User) -> str | None:
    if not user.has_perms(EDITS_LIST):
        return _("Only who edits the list of words may put something aside in every article.")
    return None
