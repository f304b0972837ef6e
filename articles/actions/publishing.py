"""Putting an approved version in front of the readers, and taking it back.

The schedule is the edition row itself: it is live from its own `live_from` on, without a job.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import log, pages, printed_reviewers, related, rendering, search, snapshots
from articles.actions import after_publication, putting_away, steps
from articles.models import (
    Article,
    Edition,
    EditionCredit,
    EditionPhoto,
    EditionTag,
    EditionUnit,
    LogEntry,
    ReviewRound,
    User,
    Version,
    Withdrawal,
)
from articles.rights.permissions import NotAllowed, Verb, WrongInput
from articles.text import slugs

MOMENT = "SHORT_DATETIME_FORMAT"
# What an edition takes from its version as it is.
SAME = (
    "kicker",
    "headline",
    "subhead",
    "summary",
    "form",
    "language",
    "origin",
    "source",
    "source_url",
)


class EditionsOverlap(Exception):
    """Two editions of one article would be live at once: a fault of ours, never the user's."""


@transaction.atomic
def publish(
    article: Article,
    *,
    user: User,
    at: datetime,
    live_from: datetime | None = None,
    expires_at: datetime | None = None,
) -> Edition:
    """Put the approved version before the readers now, or from `live_from` on.

    It ends the edition that is live then. An earlier plan for this article is dropped.
    """
    article = steps.begin(article, user=user, verb=Verb.PUBLISH, at=at)
    start = live_from or at
    if start < at:
        raise WrongInput(_("The time of publication lies in the past."), "live_from")
    if expires_at is not None and expires_at <= start:
        raise WrongInput(_("The article would end before it begins."), "expires_at")
    take_off_schedule(article, actor=user, at=at)
    edition = make_edition(
        article,
        _approved_version(article),
        units_of(article.units.exclude(confirmed_at=None)),
        user=user,
        at=at,
        start=start,
        expires_at=expires_at,
    )
    steps.move(article, Article.Status.PUBLISHED)
    if start > at:
        when = start.isoformat(timespec="minutes")
        log.write(article, LogEntry.Action.SCHEDULED, actor=user, at=at, detail=when)
    else:
        log.write(article, LogEntry.Action.PUBLISHED, actor=user, at=at)
    return edition


@transaction.atomic
def reschedule(
    article: Article, *, user: User, live_from: datetime, seen_edition: int, at: datetime
) -> Edition:
    """Move what is on the schedule to another time: the same version, in a new edition.

    `seen_edition` is the plan that the user looked at; another one is not moved.
    """
    article = steps.begin(article, user=user, verb=Verb.RESCHEDULE, at=at)
    planned = _planned_as_seen(article, seen_edition, at)
    if live_from <= at:
        raise WrongInput(_("The time of publication lies in the past."), "live_from")
    if planned.expires_at is not None and planned.expires_at <= live_from:
        raise WrongInput(_("The article would end before it begins."), "live_from")
    if _approved_version(article) != planned.version:
        raise NotAllowed(_("This is not the text that was approved."))
    if live_from == planned.live_from:
        return planned
    take_off_schedule(article, actor=user, at=at)
    edition = make_edition(
        article,
        planned.version,
        units_of(planned.units.filter(confirmed=True)),
        user=user,
        at=at,
        start=live_from,
        expires_at=planned.expires_at,
    )
    times = (planned.live_from, live_from)
    was, will_be = (time.isoformat(timespec="minutes") for time in times)
    log.write(article, LogEntry.Action.SCHEDULED, actor=user, at=at, detail=f"{was} → {will_be}")
    return edition


@transaction.atomic
def unschedule(
    article: Article, *, user: User, seen_edition: int, at: datetime, reason: str = ""
) -> None:
    """Take an article off the schedule (取消定时): it is approved, as before it was planned.

    Its approvals stand, and what readers see until then they go on seeing.
    """
    article = steps.begin(article, user=user, verb=Verb.UNSCHEDULE, at=at)
    planned = _planned_as_seen(article, seen_edition, at)
    was = timezone.localtime(planned.live_from).isoformat(timespec="minutes")
    detail = "\n".join(filter(None, (was, reason.strip())))
    take_off_schedule(article, actor=user, at=at, detail=detail)
    steps.move(article, Article.Status.APPROVED)


@transaction.atomic
def withdraw(
    article: Article, *, user: User, reason: str, at: datetime, public_note: str = ""
) -> Withdrawal:
    """Take an article off the site at once. Its address then says that it is gone."""
    article = steps.begin(article, user=user, verb=Verb.WITHDRAW, at=at)
    if not reason.strip():
        raise WrongInput(_("Please say why it is withdrawn."), "reason")
    headline = article.editions.not_over(at).order_by("live_from")[0].headline
    take_off_schedule(article, actor=user, at=at)
    live = list(article.editions.live(at))
    article.editions.live(at).end(at)
    after_publication.ends(live, at=at)
    article.rounds.filter(outcome=ReviewRound.Outcome.OPEN).update(
        outcome=ReviewRound.Outcome.WITHDRAWN
    )
    # One that a dropped plan would have lifted is followed by this one.
    _lift_withdrawal(article, user=user, since=at)
    withdrawal = article.withdrawals.create(
        headline=headline,
        reason=reason.strip(),
        public_note=public_note.strip(),
        withdrawn_at=at,
        withdrawn_by=user,
    )
    steps.move(article, Article.Status.WITHDRAWN)
    log.write(article, LogEntry.Action.WITHDRAWN, actor=user, at=at, detail=reason.strip())
    return withdrawal


@transaction.atomic
def restore(article: Article, *, user: User, reason: str, at: datetime) -> Edition | None:
    """Put a withdrawn article back as readers last saw it: that version, in a new edition.

    What never went out does not go out by this: then the article is a draft again.
    """
    article = steps.begin(article, user=user, verb=Verb.RESTORE, at=at)
    if not reason.strip():
        raise WrongInput(_("Please say why it comes back."), "reason")
    seen = article.editions.last_seen(at)
    edition = None
    if seen is not None:
        expires_at = seen.expires_at if seen.expires_at and seen.expires_at > at else None
        confirmed = units_of(seen.units.filter(confirmed=True))
        edition = make_edition(
            article,
            seen.version,
            confirmed,
            user=user,
            at=at,
            start=at,
            expires_at=expires_at,
        )
    else:
        _lift_withdrawal(article, user=user, since=at)
    same = seen is not None and seen.version.number == article.version_number
    steps.move(article, Article.Status.PUBLISHED if same else Article.Status.DRAFT)
    log.write(article, LogEntry.Action.RESTORED, actor=user, at=at, detail=reason.strip())
    return edition


def take_off_schedule(article: Article, *, actor: User, at: datetime, detail: str = "") -> bool:
    """Drop the edition that has not gone out yet; say whether there was one.

    The edition that it would have ended runs on as it was meant to.
    """
    planned = article.editions.planned(at)
    dropped = list(planned)
    if not dropped:
        return False
    starts = [edition.live_from for edition in dropped]
    before = list(article.editions.live(at).filter(live_until__in=starts))
    planned.take_back()
    article.editions.filter(pk__in=[edition.pk for edition in before]).run_on()
    after_publication.never_begins(dropped)
    # Nothing takes the place of what was withdrawn any more.
    article.withdrawals.filter(lifted_at__gt=at).update(lifted_at=None, lifted_by=None)
    after_publication.runs_on(before)
    log.write(article, LogEntry.Action.LAPSED, actor=actor, at=at, detail=detail)
    return True


def _planned_as_seen(article: Article, seen_edition: int, at: datetime) -> Edition:
    planned = article.editions.planned(at).get()
    if planned.pk != seen_edition:
        raise NotAllowed(_("Somebody has moved this article meanwhile. Please look again."))
    return planned


def replan(article: Article, version: Version, *, actor: User, at: datetime) -> Edition:
    """Let the planned edition go out with another version that the approval covers.

    Its times, its confirmed units and whoever planned it stay the same.
    """
    planned = article.editions.planned(at).select_related("made_by").get()
    confirmed = units_of(planned.units.filter(confirmed=True))
    take_off_schedule(article, actor=actor, at=at)
    edition = make_edition(
        article,
        version,
        confirmed,
        user=planned.made_by,
        at=at,
        start=planned.live_from,
        expires_at=planned.expires_at,
    )
    when = planned.live_from.isoformat(timespec="minutes")
    log.write(article, LogEntry.Action.SCHEDULED, actor=actor, at=at, detail=when)
    return edition


def ask_last_stage_again(article: Article, *, actor: User, at: datetime, why: str = "") -> None:
    """Reopen the last stage: the text has changed since it was approved."""
    review = article.rounds.order_by("-number")[0]
    steps.hand_to(review, len(review.stages) - 1, at)
    review.save(update_fields=steps.STAGE_FIELDS)
    steps.move(article, Article.Status.IN_REVIEW)
    stage = review.stage_name()
    detail = _("%(stage)s. %(why)s") % {"stage": stage, "why": why} if why else stage
    log.write(article, LogEntry.Action.REOPENED, actor=actor, at=at, detail=detail)


def _approved_version(article: Article) -> Version:
    """Give the version that the last stage approved, refusing any other text.

    The working copy, its version and the approval must agree to the byte, or a typo fix must
    lead from the approved version to this one.
    """
    version = article.versions.get(number=article.version_number)
    review = article.rounds.order_by("-number")[0]
    last = review.decisions.order_by("decided_at", "pk").last()
    content = snapshots.digest(version.snapshot)
    if last is None or version.sha256 != content:
        raise NotAllowed(_("This is not the text that was approved."))
    mended = review.fixes.filter(approved_sha256=last.sha256, sha256=content)
    if last.sha256 != content and not mended.exists():
        raise NotAllowed(_("This is not the text that was approved."))
    return version


def make_edition(
    article: Article,
    version: Version,
    confirmed: set[int],
    *,
    user: User,
    at: datetime,
    start: datetime,
    expires_at: datetime | None,
) -> Edition:
    """Make an edition of a version, end the one before it, and lift a withdrawal as it begins."""
    if article.embargo_until is not None and article.is_embargoed(start):
        raise WrongInput(
            _("This article is under embargo until %(moment)s.")
            % {"moment": date_format(timezone.localtime(article.embargo_until), MOMENT)},
            "live_from",
        )
    content = printed_reviewers.printed(version)
    number = article.editions.count() + 1
    is_first = number == 1
    replaced = [] if is_first else list(article.editions.live(start))
    if replaced:
        article.editions.live(start).end(start)
    earlier = None if is_first else article.editions.went_out(start).order_by("number").first()
    known = rendering.Known([content])
    edition = _drawn_up(
        content,
        known,
        article=article,
        version=version,
        number=number,
        live_from=start,
        live_until=expires_at,
        expires_at=expires_at,
        first_published_at=earlier.first_published_at if earlier else start,
        correction_times=_correction_times(article, content, start),
        made_by=user,
        made_at=at,
    )
    _keep([Draft(edition, content, confirmed)], known, at=at)
    if not is_first:
        _refuse_overlap(edition)
    _lift_withdrawal(article, user=user, since=start)
    after_publication.is_replaced(replaced)
    related.make(edition)
    after_publication.begins(edition)
    return edition


class TakenOver(NamedTuple):
    """A version that came from an old site, and since when that site had shown it."""

    version: Version
    confirmed: set[int]
    published_at: datetime


def take_over(texts: Iterable[TakenOver], *, user: User, at: datetime) -> list[Edition]:
    """Show readers what an old site published before, each article in its first edition.

    Nobody here has reviewed any of it, so no reviewer is printed, and nobody is told that it
    is new. As many queries for many articles as for one.
    """
    contents = [(text, printed_reviewers.by_nobody(text.version.snapshot)) for text in texts]
    known = rendering.Known(content for _text, content in contents)
    drafts = [
        Draft(
            _drawn_up(
                content,
                known,
                article=text.version.article,
                version=text.version,
                number=1,
                live_from=at,
                live_until=None,
                expires_at=None,
                first_published_at=text.published_at,
                correction_times={},
                made_by=user,
                made_at=at,
            ),
            content,
            text.confirmed,
        )
        for text, content in contents
    ]
    _keep(drafts, known, at=at)
    return [draft.edition for draft in drafts]


class Draft(NamedTuple):
    """An edition that is not on file yet, what it prints, and which of its units count."""

    edition: Edition
    content: snapshots.Snapshot
    confirmed: set[int]


def _drawn_up(
    content: snapshots.Snapshot,
    known: rendering.Known,
    *,
    first_published_at: datetime,
    correction_times: dict[int, datetime],
    **fields: Any,
) -> Edition:
    return Edition(
        first_published_at=first_published_at,
        displayed_at=parse_datetime(content["displayed_at"] or "") or first_published_at,
        section_id=content["section"],
        slug=content["slug"] or slugs.slug_for(content["headline"]),
        event_date=parse_date(content["event_date"] or ""),
        body=rendering.body(content, known),
        credit_line=rendering.credit_line(content, known),
        furniture=rendering.furniture(content, correction_times, known),
        **fields,
        **{field: content[field] for field in SAME},
    )


def _keep(drafts: Sequence[Draft], known: rendering.Known, *, at: datetime) -> None:
    """Put editions on file with all that is found and shown by them."""
    editions = Edition.objects.bulk_create(draft.edition for draft in drafts)
    EditionUnit.objects.bulk_create(row for draft in drafts for row in _units(draft, known))
    EditionCredit.objects.bulk_create(row for draft in drafts for row in _credits(draft))
    EditionTag.objects.bulk_create(row for draft in drafts for row in _tags(draft))
    photos = [row for draft in drafts for row in _photos(draft)]
    search.index(editions)
    pages.make(editions)
    if photos:
        EditionPhoto.objects.bulk_create(photos)
        shown = {row.photo_id for row in photos}
        # Where that fails, the background does it within a minute.
        transaction.on_commit(partial(putting_away.bring_out, shown, at), robust=True)


def units_of(rows: QuerySet[Any]) -> set[int]:
    return set(rows.values_list("unit", flat=True))


def _units(draft: Draft, known: rendering.Known) -> Iterator[EditionUnit]:
    edition, content, confirmed = draft
    day = timezone.localdate(edition.first_published_at)
    for position, row in enumerate(content["units"]):
        yield EditionUnit(
            edition=edition,
            unit_id=row["unit"],
            name=known.units[row["unit"]].name_on(day),
            part=row["part"],
            position=position,
            confirmed=row["unit"] in confirmed,
            displayed_at=edition.displayed_at,
        )


def _credits(draft: Draft) -> Iterator[EditionCredit]:
    for position, row in enumerate(draft.content["credits"]):
        yield EditionCredit(
            edition=draft.edition,
            person_id=row["person"],
            unit_id=row["unit"],
            position=position,
            displayed_at=draft.edition.displayed_at,
            **{key: row[key] for key in ("role", "name", "unit_name", "stage", "note")},
        )


def _tags(draft: Draft) -> Iterator[EditionTag]:
    for tag in rendering.tags(draft.content):
        yield EditionTag(edition=draft.edition, displayed_at=draft.edition.displayed_at, **tag)


def _photos(draft: Draft) -> Iterator[EditionPhoto]:
    files = {row["photo"]: row["sha256"] for row in draft.content["photos"]}
    for position, number in enumerate(draft.edition.shown_photos()):
        yield EditionPhoto(
            edition=draft.edition, photo_id=number, sha256=files[number], position=position
        )


def _correction_times(
    article: Article, content: snapshots.Snapshot, start: datetime
) -> dict[int, datetime]:
    """Say since when readers see each correction: from the first edition that had it."""
    times = {row["id"]: start for row in content["corrections"]}
    if times:
        for earlier in article.editions.went_out(start).order_by("-number"):
            times |= {
                row["id"]: datetime.fromisoformat(row["at"])
                for row in earlier.furniture["corrections"]
                if row["id"] in times
            }
    return times


def _refuse_overlap(edition: Edition) -> None:
    """Hold on SQLite what an exclusion constraint holds on PostgreSQL."""
    others = Edition.objects.filter(article=edition.article_id).exclude(pk=edition.pk)
    others = others.filter(
        Q(live_until=None) | Q(live_until__gt=edition.live_from) & ~Q(live_until=F("live_from"))
    )
    if edition.live_until is not None:
        others = others.filter(live_from__lt=edition.live_until)
    if others.exists():
        raise EditionsOverlap(edition.article_id)


def _lift_withdrawal(article: Article, *, user: User, since: datetime) -> None:
    article.withdrawals.filter(lifted_at=None).update(lifted_at=since, lifted_by=user)
