"""The approval sheet (信息发布审核单) of an edition: who wrote, decided and published what.

Everything on it is read from the record, so that the sheet of an edition says the same today
and in ten years; only answers to a forced publication may still be added.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import printed_reviewers, snapshots
from articles.addresses import site_name
from articles.models import (
    Article,
    Edition,
    ForcedPublication,
    Importance,
    ImportedArticle,
    Part,
    ProofSignature,
    ReviewDecision,
    ReviewRound,
    Role,
    TypoFix,
    User,
    Withdrawal,
)
from articles.models.units import in_readers_language
from articles.rights.roles import Undecided, undecided
from articles.text import richtext

ROLES = dict(Role.choices)
TEMPLATE = "evidence/approval_sheet_alone.html"
STYLE = Path(__file__).parent.parent / "static/articles/css/sheet.css"
# Printed on every sheet, in whatever language: a font that lacks these is of no use.
NAME = "信息发布审核单"


@dataclass(frozen=True)
class Line:
    """A decision, a signature or a typo fix; a stage that was passed over has none of them."""

    stage: str
    decision: ReviewDecision | None = None
    signature: ProofSignature | None = None
    fix: TypoFix | None = None
    at: datetime | None = None
    version: int | None = None
    is_final_text: bool = False


@dataclass(frozen=True)
class Passage:
    """One review on the way to the edition."""

    review: ReviewRound
    lines: list[Line]


@dataclass(frozen=True)
class Sheet:
    number: str
    edition: Edition
    importance: str
    units: list[str]
    credits: list[tuple[str, str]]
    passages: list[Passage]
    forced: ForcedPublication | None
    skipped: list[Undecided]
    withdrawal: Withdrawal | None
    imported: ImportedArticle | None
    doubtful: tuple[str, ...]
    decided: str
    characters: int
    photos: int
    attachments: int
    sha256: str
    agrees: bool


def sheet_number(edition: Edition) -> str:
    """Give the number of an edition's sheet: year of publication, article, edition."""
    year = timezone.localtime(edition.made_at).year
    return f"{year}-{edition.article_id:06d}-{edition.number:02d}"


def make(article: Article, edition: Edition) -> Sheet:
    content = edition.version.snapshot
    passages = list(_passages(article, edition))
    forced = _forced(article, edition)
    decisions = [line.decision for passage in passages for line in passage.lines]
    typed = [row["name"] for row in content["credits"] if row["role"] == Role.REVIEWER]
    names = [
        entry["name"]
        for line in edition.furniture["credits"]
        if line["role"] == Role.REVIEWER
        for entry in line["entries"]
    ]
    digest = snapshots.digest(content)
    return Sheet(
        number=sheet_number(edition),
        edition=edition,
        importance=str(dict(Importance.choices)[content["importance"]]),
        units=[_unit(row) for row in content["units"]],
        credits=list(_credits(edition.furniture)),
        passages=passages,
        forced=forced,
        skipped=undecided(forced.round) if forced else [],
        withdrawal=_withdrawal(article, edition),
        imported=_imported(edition),
        doubtful=printed_reviewers.doubtful(filter(None, typed), filter(None, decisions)),
        decided="、".join(names),
        characters=len("".join(richtext.plain_text(content["body"]).split())),
        photos=len(content["photos"]),
        attachments=len(content["attachments"]),
        sha256=edition.version.sha256,
        agrees=digest == edition.version.sha256,
    )


def printed(sheet: Sheet, *, user: User, at: datetime, says_why: bool) -> dict[str, Any]:
    """Give what the templates print. `says_why` adds why an edition was withdrawn."""
    return {
        "sheet": sheet,
        "says_why": says_why,
        "printed_by": user,
        "printed_at": at,
        "name": NAME,
        "site": site_name(),
    }


def style() -> str:
    return STYLE.read_text(encoding="utf-8")


def _withdrawal(article: Article, edition: Edition) -> Withdrawal | None:
    """Find the withdrawal that ended an edition, if one did."""
    if edition.live_until is None:
        return None
    ended = article.withdrawals.filter(withdrawn_at=edition.live_until)
    return ended.select_related("withdrawn_by").first()


def _unit(row: dict[str, Any]) -> str:
    return (
        f"{row['name']} ({Part(row['part']).label})" if row["part"] != Part.LEAD else row["name"]
    )


def _credits(furniture: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for line in furniture["credits"]:
        names = [" ".join(filter(None, (e["unit"], e["name"]))) for e in line["entries"]]
        yield str(ROLES[line["role"]]), "、".join(names)


def _passages(article: Article, edition: Edition) -> Iterator[Passage]:
    """Give the reviews that led to an edition: those since what went out before it."""
    before = article.editions.filter(number__lt=edition.number).order_by("-number").first()
    review_of_it = _round_of(edition)
    rounds = article.rounds.order_by("number").prefetch_related(
        "decisions__version", "signatures", "fixes"
    )
    for review in rounds:
        is_its_own = review_of_it is not None and review.pk == review_of_it.pk
        is_since = review.submitted_at <= edition.made_at and (
            before is None or review.submitted_at > before.made_at
        )
        if is_its_own or is_since:
            yield Passage(review, _lines(review, edition))


def _round_of(edition: Edition) -> ReviewRound | None:
    """Find the review that the edition's version passed, or that was cut short for it."""
    forced = edition.version.forced.select_related("round").order_by("-forced_at").first()
    return forced.round if forced else printed_reviewers.deciding_round(edition.version)


def _lines(review: ReviewRound, edition: Edition) -> list[Line]:
    # What was done after the edition was made belongs on the sheet of a later one.
    made = [line for line in _done(review, edition) if line.at and line.at <= edition.made_at]
    if review.outcome != ReviewRound.Outcome.FORCED:
        return made
    skipped = [
        in_readers_language(stage["name"], stage["name_en"]) for stage in review.undecided_stages
    ]
    return [*made, *(Line(name) for name in skipped)]


def _done(review: ReviewRound, edition: Edition) -> list[Line]:
    """Give what was done in a review in the order of time: signed, then decided, then mended."""
    final = edition.version.sha256
    signed = [
        Line(
            _("proof-reading"),
            signature=row,
            at=row.signed_at,
            version=row.version_number,
            is_final_text=row.sha256 == final,
        )
        for row in review.signatures.all()
    ]
    decided = [
        Line(
            review.stage_name(row.stage),
            decision=row,
            at=row.decided_at,
            version=row.version.number,
            is_final_text=row.sha256 == final,
        )
        for row in review.decisions.all()
    ]
    mended = [
        Line(
            _("typo fix"),
            fix=row,
            at=row.made_at,
            version=row.version_number,
            is_final_text=row.sha256 == final,
        )
        for row in review.fixes.all()
    ]
    return sorted([*signed, *decided, *mended], key=attrgetter("at"))


def _forced(article: Article, edition: Edition) -> ForcedPublication | None:
    """Find the publication past review of this very text, also where it was restored since."""
    found = article.forced.filter(version=edition.version, edition__number__lte=edition.number)
    return found.select_related("answer", "edition").order_by("-forced_at", "-pk").first()


def _imported(edition: Edition) -> ImportedArticle | None:
    """Find where this very text came from, if readers saw it without a review here."""
    found = ImportedArticle.objects.filter(
        article=edition.article_id, sha256=edition.version.sha256
    )
    return found.exclude(edition=None).first()
