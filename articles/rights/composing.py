"""Why somebody may not say what stands where on the pages of the site."""

from datetime import datetime

from django.utils.translation import gettext as _

from articles.models import Article, Topic, User
from articles.rights import roles


def compose(user: User) -> str | None:
    may = roles.is_desk(user) and user.has_perm("articles.change_placement")
    return None if may else _("You may not compose pages.")


def place(user: User, article: Article, at: datetime) -> str | None:
    refused = compose(user)
    if refused is None and not article.editions.not_over(at).exists():
        return _("Only an article that readers see, or will see, can be placed.")
    return refused


def read(user: User) -> str | None:
    may = roles.is_desk(user) and user.has_perm("articles.view_placement")
    return None if may else _("Pages are composed by the desk.")


def delete_topic(user: User, topic: Topic, at: datetime) -> str | None:
    refused = compose(user)
    if refused is None and topic.is_shown(at):
        return _("Readers have seen this topic. It can be concluded, and its page stays.")
    return refused
