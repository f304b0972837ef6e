"""Checking the log against its seals: what was changed, taken out or slipped in.

Everything is computed anew, a page of rows at a time, so that a log of any length fits into
the memory of any machine.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.log import sealing
from articles.models import LogEntry, LogSeal
from articles.models.seals import BEGINNING

PAGE = 1000
# Reports stay readable, and memory small, when everything is broken.
MOST_PROBLEMS = 1000
# An entry is sealed right after its transaction; a moment is left for the way.
MOMENT = timedelta(minutes=1)
# No transaction takes longer, so none gets a seal that much later than entries after it.
LONGEST_TRANSACTION = timedelta(hours=1)


@dataclass(frozen=True)
class Problem:
    """Something that should not be. `kind` is for programs, the text for people."""

    kind: str
    text: str
    sequence: int | None = None
    entry: int | None = None


@dataclass
class Report:
    entries: int = 0
    sealed_now: int = 0
    head: LogSeal | None = None
    problems: list[Problem] = field(default_factory=list)
    more_problems: int = 0
    # Sealed long after the time they name: imported, written later, or without a worker.
    late: int = 0

    @property
    def is_intact(self) -> bool:
        return not self.problems

    def tell(self, kind: str, text: str, **where: int | None) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(kind, text, **where))
        else:
            self.more_problems += 1


def verify(at: datetime, expected: Mapping[int, str] | None = None) -> Report:
    """Seal what has no seal yet, and check all of the chain.

    `expected` are heads of the chain that somebody noted elsewhere: number and hash. Without
    one, nobody can tell that the end was cut off.
    """
    report = Report()
    _look_for_unsealed(report, at)
    report.sealed_now = sealing.seal_all(at=at)
    noted = dict(expected or {})
    _Walk(report, noted).along()
    _look_for_noted(report, noted)
    return report


def _look_for_unsealed(report: Report, at: datetime) -> None:
    if not LogSeal.objects.exists():
        return  # a log from before there were seals gets all of them now
    long_ago = sealing.unsealed().exclude(at__gte=at - MOMENT, at__lte=at + MOMENT)
    for number, written_at in long_ago.values_list("pk", "at").iterator(PAGE):
        text = _(
            "Entry %(entry)d of %(time)s had no seal. Unless a process was killed just then, "
            "somebody slipped it in."
        )
        report.tell("unsealed", text % {"entry": number, "time": _time(written_at)}, entry=number)


def _look_for_noted(report: Report, noted: Mapping[int, str]) -> None:
    """Tell of the noted seals that the walk did not come past."""
    end = report.head.sequence if report.head else 0
    for number in sorted(noted):
        if number > end:
            text = _(
                "The log ends with seal %(end)d, but seal %(sequence)d had been noted: the end "
                "was cut off."
            )
            report.tell("cut off", text % {"end": end, "sequence": number}, sequence=number)


class _Walk:
    """Goes along the chain, one seal after the other, and remembers the last one."""

    def __init__(self, report: Report, noted: dict[int, str]) -> None:
        self.report = report
        self.noted = noted
        self.before: LogSeal | None = None
        # The hash that the seal before should have, if it has another one.
        self.should_be = ""
        self.highest = 0

    def along(self) -> None:
        for seal, entry in _sealed():
            self._look_at(seal, entry)
            self.before = self.report.head = seal
        if self.should_be and self.before:
            text = _("Entry %(entry)d or its seal %(sequence)d, the last one, was changed.")
            self._tell("changed", text, self.before)

    def _look_at(self, seal: LogSeal, entry: LogEntry | None) -> None:
        follows = seal.sequence == (self.before.sequence if self.before else 0) + 1
        if not follows:
            self._tell_gap(seal)
        self._judge_before(seal, follows=follows)
        self.should_be = ""
        if entry is None:
            text = _("Entry %(entry)d, which seal %(sequence)d is of, is missing.")
            self._tell("missing entry", text, seal)
        else:
            self.report.entries += 1
            seal.entry = entry
            self._check_hash(seal, follows=follows)
            if seal.sealed_at - entry.at > LONGEST_TRANSACTION:
                self.report.late += 1
        self._check_order(seal)
        if self.noted.pop(seal.sequence, seal.sha256) != seal.sha256:
            text = _("Seal %(sequence)d has another hash than the one that was noted.")
            self._tell("not as noted", text, seal)

    def _judge_before(self, seal: LogSeal, *, follows: bool) -> None:
        """Say what is wrong between two seals; the second one knows how the first one was."""
        before, last_hash = self.before, self._last_hash()
        if self.should_be and before:
            if follows and seal.previous == self.should_be:
                text = _("Seal %(sequence)d was changed; its entry %(entry)d is as it was.")
                self._tell("changed seal", text, before)
                return
            if follows and seal.previous == last_hash:
                text = _("Entry %(entry)d was changed after it got its seal %(sequence)d.")
                self._tell("changed entry", text, before)
                return
            text = _("Entry %(entry)d or its seal %(sequence)d was changed.")
            self._tell("changed", text, before)
        if follows and seal.previous != last_hash:
            text = _("Seal %(sequence)d does not continue the seal before it.")
            self._tell("broken link", text, seal)

    def _check_hash(self, seal: LogSeal, *, follows: bool) -> None:
        digest = seal.digest()
        if digest == seal.sha256:
            return
        if follows and seal.previous != self._last_hash():
            claimed, seal.previous = seal.previous, self._last_hash()
            if seal.digest() == seal.sha256:
                return  # only the link was changed, and that is told
            seal.previous = claimed
        self.should_be = digest

    def _last_hash(self) -> str:
        return self.before.sha256 if self.before else BEGINNING

    def _check_order(self, seal: LogSeal) -> None:
        """Find what got its seal long after entries with higher numbers had theirs."""
        if seal.entry_id > self.highest:
            self.highest = seal.entry_id
            return
        earlier = LogSeal.objects.filter(entry__gt=seal.entry_id, sequence__lt=seal.sequence)
        next_one = earlier.order_by("entry").first()
        if next_one and seal.sealed_at - next_one.sealed_at > LONGEST_TRANSACTION:
            text = _(
                "Entry %(entry)d was sealed long after entries with higher numbers, as "
                "%(sequence)d: somebody slipped it in."
            )
            self._tell("slipped in", text, seal)

    def _tell_gap(self, seal: LogSeal) -> None:
        first = (self.before.sequence if self.before else 0) + 1
        last = seal.sequence - 1
        if first == last:
            text = _("Seal %(first)d is missing.")
        else:
            text = _("Seals %(first)d to %(last)d are missing.")
        self.report.tell("missing seal", text % {"first": first, "last": last}, sequence=first)

    def _tell(self, kind: str, text: str, seal: LogSeal) -> None:
        where = {"sequence": seal.sequence, "entry": seal.entry_id}
        self.report.tell(kind, text % where, **where)


def _sealed() -> Iterator[tuple[LogSeal, LogEntry | None]]:
    """Give every seal in order, each with its entry if there still is one."""
    last = 0
    while page := list(LogSeal.objects.filter(sequence__gt=last).order_by("sequence")[:PAGE]):
        entries = LogEntry.objects.in_bulk([seal.entry_id for seal in page])
        for seal in page:
            yield seal, entries.get(seal.entry_id)
        last = page[-1].sequence


def as_json(report: Report) -> dict[str, Any]:
    return {
        "intact": report.is_intact,
        "entries": report.entries,
        "head": str(report.head) if report.head else None,
        "sealed_now": report.sealed_now,
        "late": report.late,
        "problems": [vars(problem) for problem in report.problems],
        "more_problems": report.more_problems,
    }


def _time(at: datetime) -> str:
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT")
