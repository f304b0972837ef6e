"""Saying which articles are translations of each other (互为译文).

It is no part of any text, so it asks no reviewer again: readers are led only between
editions that are live, each of which passed its own review.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from articles import log
from articles.actions import steps
from articles.models import Article, LogEntry, Translation, User
from articles.rights.permissions import NotAllowed, Verb, WrongInput


@transaction.atomic
def tie(article: Article, *, original: Article, user: User, at: datetime) -> Translation:
    """Declare an article the translation of another one, or of what that one was made from."""
    if article.pk == original.pk:
        raise WrongInput(_("An article is no translation of itself."), "original")
    theirs = Translation.objects.filter(article=original).first()
    number = theirs.original_id if theirs else original.pk
    # In one order, whoever ties which: two at once wait instead of blocking each other.
    numbers = {article.pk, original.pk, number}
    list(Article.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))
    article = steps.begin(article, user=user, verb=Verb.TRANSLATE, at=at)
    if not Article.objects.visible_to(user, at).filter(pk=original.pk).exists():
        raise WrongInput(_("There is no such article."), "original")
    original = Article.objects.get(pk=number)
    refused = _refuse(article, original)
    if refused is not None:
        raise WrongInput(refused, "original")
    Translation.objects.get_or_create(
        article=original, defaults={"original": original, "language": original.language}
    )
    tied = Translation.objects.create(
        article=article, original=original, language=article.language
    )
    _log(LogEntry.Action.TIED, article, original, user=user, at=at)
    return tied


@transaction.atomic
def untie(article: Article, *, user: User, at: datetime) -> None:
    """Let an article be a translation of nothing any more; what is left alone is no original."""
    article = steps.begin(article, user=user, verb=Verb.TRANSLATE, at=at)
    tied = Translation.objects.filter(article=article).select_related("original").first()
    if tied is None:
        raise NotAllowed(_("This article is not tied to a translation."))
    if tied.is_original():
        raise NotAllowed(_("Others are translations of this article. Part each of them from it."))
    original = Article.objects.select_for_update().get(pk=tied.original_id)
    tied.delete()
    if not original.translations.exclude(article=original).exists():
        original.translations.all().delete()
    _log(LogEntry.Action.UNTIED, article, original, user=user, at=at)


def refuse_language(article: Article, language: str) -> str | None:
    """Say why an article may not be in a language; None if it may."""
    there = Translation.objects.beside(article).filter(language=language)
    taken = there.select_related("article").first()
    if taken is None:
        return None
    return _("“%(headline)s” is this article in %(language)s already.") % {
        "headline": taken.article.headline,
        "language": taken.get_language_display(),
    }


def follow(article: Article) -> None:
    """Note the language that an article is in now. Raises `NotAllowed` where it is taken."""
    refused = refuse_language(article, article.language)
    if refused is not None:
        raise NotAllowed(refused)
    Translation.objects.filter(article=article).update(language=article.language)


def _refuse(article: Article, original: Article) -> str | None:
    said = {"headline": original.headline, "language": article.get_language_display()}
    if original.status == Article.Status.JOINED:
        return _("“%(headline)s” is not worked on any more.") % said
    own = Translation.objects.filter(article=article).select_related("original").first()
    if own is not None:
        if own.is_original():
            return (
                _(
                    "Others are translations of this article already. Declare “%(headline)s” a "
                    "translation of it instead."
                )
                % said
            )
        return _("This article is a translation of “%(headline)s” already. Part them first.") % {
            "headline": own.original.headline
        }
    if article.language == original.language:
        return _("“%(headline)s” is in %(language)s as well.") % said
    taken = original.translations.filter(language=article.language).select_related("article")
    if there := taken.first():
        return _("“%(other)s” is “%(headline)s” in %(language)s already.") % {
            **said,
            "other": there.article.headline,
        }
    return None


def _log(
    action: LogEntry.Action, article: Article, original: Article, *, user: User, at: datetime
) -> None:
    for one, arrow, other in ((article, "←", original), (original, "→", article)):
        # A headline is for those who may see the other one.
        log.write(one, action, actor=user, at=at, detail=f"{arrow} {other.pk}")
