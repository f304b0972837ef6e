"""Who is printed as having reviewed an article: whoever decided, whatever the line says.

Reviewers that were typed or imported stay in the version; editions print the approvals of the
round that cleared it. A text that was published past review has no reviewer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from articles.models import Article, ReviewDecision, ReviewRound, Role, StageMark, Unit, Version
from articles.snapshots import Snapshot
from articles.text.hanzi import match_key

type CreditRow = dict[str, Any]

MARKS = (StageMark.FIRST, StageMark.SECOND, StageMark.THIRD)


@dataclass(frozen=True)
class Signature:
    """A stage that is printed, with who decided there; nobody yet if `name` is empty."""

    stage: str
    name: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Outlook:
    """What would be printed of an article's reviewers, beside what its credits say."""

    signatures: tuple[Signature, ...]
    typed: tuple[str, ...]
    doubtful: tuple[str, ...]

    @property
    def decided(self) -> str:
        return "、".join(dict.fromkeys(row.name for row in self.signatures if row.name))


def printed(version: Version) -> Snapshot:
    """Give the content of a version as an edition prints it, with those who decided."""
    return _with(version.snapshot, _rows(version))


def by_nobody(snapshot: Snapshot) -> Snapshot:
    """Give the content of a version that nobody here has reviewed, whatever its line says."""
    return _with(snapshot, [])


def _with(snapshot: Snapshot, decided: list[CreditRow]) -> Snapshot:
    """Put those who decided where the first reviewer was typed, instead of the typed ones."""
    credits = snapshot["credits"]
    others = [row for row in credits if row["role"] != Role.REVIEWER]
    typed_at = [place for place, row in enumerate(credits) if row["role"] == Role.REVIEWER]
    place = typed_at[0] if typed_at else len(others)
    return snapshot | {"credits": others[:place] + decided + others[place:]}


def outlook(article: Article, review: ReviewRound | None) -> Outlook:
    """Say who has decided so far in the latest round, and whom the credits name beside them."""
    typed = tuple(
        article.credits.filter(role=Role.REVIEWER).exclude(name="").values_list("name", flat=True)
    )
    if review is None or article.status in (Article.Status.DRAFT, Article.Status.RETURNED):
        return Outlook((), typed, typed)
    approvals = _approvals(review.decisions.all())
    signatures = tuple(
        Signature(review.stage_name(stage), decision.reviewer_name, decision.reviewer_unit)
        if (decision := approvals.get(stage))
        else Signature(review.stage_name(stage))
        for stage in credited_stages(review)
    )
    return Outlook(signatures, typed, doubtful(typed, approvals.values()))


def doubtful(typed: Iterable[str], decisions: Iterable[ReviewDecision]) -> tuple[str, ...]:
    """Choose the names among the typed ones that decided nothing."""
    deciders = {match_key(decision.reviewer_name) for decision in decisions}
    return tuple(name for name in typed if match_key(name) not in deciders)


def credited_stages(review: ReviewRound) -> list[int]:
    """Say whose reviewers are printed: of the stages marked so, else of the last one."""
    marked = [index for index, stage in enumerate(review.stages) if stage.get("is_credited")]
    return marked or [len(review.stages) - 1]


def deciding_round(version: Version) -> ReviewRound | None:
    """Find the round whose last stage approved a version, or the text that it mends.

    None if nobody did.
    """
    # Most texts that an old site published never met a round here.
    if not version.article.rounds.exists():
        return None
    approvals = version.decisions.filter(verdict=ReviewDecision.Verdict.APPROVE)
    for decision in approvals.select_related("round").order_by("-round__number"):
        if decision.stage == len(decision.round.stages) - 1:
            return decision.round
    fix = version.fixes.select_related("round").last()
    return fix.round if fix else None


def _rows(version: Version) -> list[CreditRow]:
    review = deciding_round(version)
    if review is None:
        return []
    decisions = review.decisions.filter(version__number__lte=version.number)
    approvals = _approvals(decisions.select_related("reviewer__person"))
    return [
        _row(approvals[stage], _mark(stage, len(review.stages)))
        for stage in credited_stages(review)
        if stage in approvals
    ]


def _approvals(decisions: Iterable[ReviewDecision]) -> dict[int, ReviewDecision]:
    """Give the last approval of each stage; decisions come in the order of time."""
    return {
        decision.stage: decision
        for decision in decisions
        if decision.verdict == ReviewDecision.Verdict.APPROVE
    }


def _row(decision: ReviewDecision, stage: str) -> CreditRow:
    person = getattr(decision.reviewer, "person", None)
    units = list(Unit.objects.named(decision.reviewer_unit)[:2]) if decision.reviewer_unit else []
    return {
        "role": Role.REVIEWER.value,
        "person": person.pk if person else None,
        "name": decision.reviewer_name,
        "unit": units[0].pk if len(units) == 1 else None,
        "unit_name": decision.reviewer_unit,
        "stage": stage,
        "note": "",
    }


def _mark(stage: int, stages: int) -> str:
    """Give the mark that is printed; a review of a single stage needs none."""
    if stages == 1:
        return ""
    return StageMark.FINAL.value if stage == stages - 1 else MARKS[stage].value
