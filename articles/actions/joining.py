"""Making one joint article of two that report the same event (联合供稿)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from articles import log
from articles.actions import steps, writing
from articles.models import Article, LogEntry, Part, ReviewRound, Role, User
from articles.rights import permissions
from articles.rights.permissions import NotAllowed, Verb
from articles.text import richtext

# Whoever reviewed the one article has not reviewed the other.
NOT_CARRIED = (Role.REVIEWER, Role.PROOFREADER)


@transaction.atomic
def join(
    article: Article, *, into: Article, user: User, seen_version: int, at: datetime
) -> Article:
    """Make an article part of another: its units contribute there, jointly, and it ends here.

    Units, credits and photos that the other does not have yet are added after its own; its
    text is left to the editors. `seen_version` is of the article that goes on: the change of
    it is refused as stale if somebody saved it meanwhile, and reopens its review like any other.
    """
    if article.pk == into.pk:
        raise NotAllowed(_("An article cannot be joined into itself."))
    # In one order, whoever joins which: two at once wait instead of blocking each other.
    list(Article.objects.select_for_update().filter(pk__in=(article.pk, into.pk)).order_by("pk"))
    article = steps.begin(article, user=user, verb=Verb.JOIN, at=at)
    into = Article.objects.get(pk=into.pk)
    if into.status in (Article.Status.REJECTED, Article.Status.WITHDRAWN):
        raise NotAllowed(
            _("“%(headline)s” is not worked on any more.") % {"headline": into.headline}
        )
    into = writing.begin_change(into, seen_version=seen_version, author=user, at=at)
    _bring_units(article, into)
    _bring_credits(article, into)
    _bring_photos(article, into)
    reason = _("joined with no. %(number)d of %(unit)s") % {
        "number": article.pk,
        "unit": article.unit,
    }
    writing.finish_change(into, author=user, at=at, reason=reason)
    article.rounds.filter(outcome=ReviewRound.Outcome.OPEN).update(
        outcome=ReviewRound.Outcome.JOINED, claimed_by=None
    )
    article.status, article.joined_into = Article.Status.JOINED, into
    article.save(update_fields=["status", "joined_into"])
    log.write(article, LogEntry.Action.JOINED, actor=user, at=at, detail=f"→ {into.pk}")
    return into


@transaction.atomic
def part(article: Article, *, user: User, at: datetime) -> Article:
    """Make a joined article a draft of its own again. What the joint one took over stays there."""
    article = steps.begin(article, user=user, verb=Verb.PART, at=at)
    joint = article.joined_into_id
    article.status, article.joined_into = Article.Status.DRAFT, None
    article.save(update_fields=["status", "joined_into"])
    log.write(article, LogEntry.Action.PARTED, actor=user, at=at, detail=f"← {joint}")
    return article


def refusal_of(article: Article, *, into: Article, user: User, at: datetime) -> str | None:
    """Say why a user may not join an article into another; None if they may."""
    return permissions.refusal(user, Verb.JOIN, article, at) or permissions.refusal(
        user, Verb.CHANGE, into, at
    )


def _bring_units(article: Article, into: Article) -> None:
    there = set(into.units.values_list("unit", flat=True))
    position = into.units.count()
    for row in article.units.exclude(unit__in=there).order_by("position", "pk"):
        into.units.create(unit_id=row.unit_id, part=Part.CO, position=position)
        position += 1


def _bring_credits(article: Article, into: Article) -> None:
    same = ("role", "person", "name", "unit_name")
    there = set(into.credits.values_list(*same))
    position = into.credits.count()
    rows = article.credits.exclude(role__in=NOT_CARRIED).order_by("position", "pk")
    for row in rows.values(*same, "unit", "stage", "note"):
        if tuple(row[key] for key in same) in there:
            continue
        into.credits.create(
            person_id=row.pop("person"), unit_id=row.pop("unit"), position=position, **row
        )
        position += 1


def _bring_photos(article: Article, into: Article) -> None:
    there = set(into.photos.values_list("photo", flat=True))
    # Below the text: where they stand in another text says nothing here.
    position, paragraph = into.photos.count(), len(richtext.paragraphs(into.body))
    for row in article.photos.exclude(photo__in=there).order_by("position", "pk"):
        into.photos.create(
            photo_id=row.photo_id, caption=row.caption, paragraph=paragraph, position=position
        )
        position += 1
