"""How every action on an article begins and ends."""

from datetime import datetime

from articles import permissions
from articles.models import Article, User
from articles.permissions import Verb


def begin(article: Article, *, user: User, verb: Verb, at: datetime) -> Article:
    """Lock an article and ask whether the user may; raises `NotAllowed` with the reason.

    Whoever comes second waits here, and is asked about the article as the first one left it.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    permissions.require(user, verb, article, at)
    return article


def move(article: Article, status: Article.Status) -> None:
    article.status = status
    article.save(update_fields=["status"])
