"""Taking places of an old site in, some together, each by itself."""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.actions.importing import filing, old_articles
from articles.actions.importing.old_articles import Manuscript
from articles.actions.importing.pages import ImportNotPossible
from articles.importing.records import Files, Item, OldArticle
from articles.models import ImportRow, ImportRun
from articles.rights.permissions import NotAllowed
from articles.text.encoding import UnreadablePage

logger = logging.getLogger(__name__)

# So many come together, or fewer where their pictures take long: others may have to wait while
# they are written, and progress is told after each time.
TOGETHER = 50
SECONDS = 2


@dataclass
class Arrival:
    """A place that was read. One without an outcome has a manuscript, to be put on file."""

    row: ImportRow
    manuscript: Manuscript | None = None

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Let what cannot come be refused with a sentence, whatever was wrong with it."""
        try:
            yield
        except (UnreadablePage, ImportNotPossible, NotAllowed) as problem:
            self.refuse(str(problem))
        except ValidationError as problem:
            self.refuse(" ".join(problem.messages))
        except Exception as problem:
            logger.exception("%s of import %d failed.", self.row.label, self.row.run_id)
            self.refuse(_unforeseen(problem))

    def refuse(self, why: str) -> None:
        self.forget_files()
        row = self.row
        row.outcome, row.said = ImportRow.Outcome.REFUSED, [why, *row.said]
        row.article, self.manuscript = None, None

    def forget_files(self) -> None:
        if self.manuscript is not None:
            self.manuscript.forget_files()


class Intake:
    """Takes the places of a run in, some in one transaction, which also notes that they are done.

    Texts are read and pictures stored before it. If it fails, each place has a transaction of its
    own, so that one which nobody foresaw holds up none of the others. Nothing depends on which
    places came together.
    """

    def __init__(self, run: ImportRun, files: Files, *, at: datetime) -> None:
        self.run = run
        self.reception = old_articles.Reception(run, files, user=run.started_by, at=at)
        self.filing = filing.Filing(run, user=run.started_by, at=at)

    def take(self, items: Sequence[Item]) -> list[ImportRow]:
        """Take the first places in, and say what became of them; nothing if it is not our turn."""
        arrivals = self._receive(items)
        try:
            return self._keep(arrivals)
        except Exception as problem:
            first, *others = arrivals
            logger.exception(
                "%s and %d after it, of import %d, failed.",
                *(first.row.label, len(others), self.run.pk),
            )
            if others:
                return self._take_each(items[: len(arrivals)])
            first.refuse(_unforeseen(problem))
            return self._keep(arrivals)

    def _take_each(self, items: Sequence[Item]) -> list[ImportRow]:
        rows: list[ImportRow] = []
        for item in items:
            taken = self.take([item])
            if not taken:
                break
            rows += taken
        return rows

    def _receive(self, items: Sequence[Item]) -> list[Arrival]:
        arrivals: list[Arrival] = []
        keys: set[str] = set()
        until = time.monotonic() + SECONDS
        for item in items[:TOGETHER]:
            if arrivals and time.monotonic() > until:
                break
            arrival = Arrival(ImportRow(run=self.run, number=item.number, label=item.label[:500]))
            with arrival.refusing():
                record = item.read()
                _describe(arrival.row, record)
                if arrival.row.key and arrival.row.key in keys:
                    break  # what is on file then says what becomes of this one
                if record is not None:
                    self._make_ready(arrival, record)
            keys.add(arrival.row.key)
            arrivals.append(arrival)
        return arrivals

    def _make_ready(self, arrival: Arrival, record: OldArticle) -> None:
        manuscript = self.reception.receive(arrival.row, record)
        self.reception.look_up(manuscript)
        if not arrival.row.outcome:
            arrival.manuscript = manuscript
            self.reception.prepare(manuscript)

    def _keep(self, arrivals: Sequence[Arrival]) -> list[ImportRow]:
        rows = [arrival.row for arrival in arrivals]
        is_kept = False
        try:
            is_kept = self._write(rows, self._draw_up(arrivals))
        finally:
            if not is_kept:
                for arrival in arrivals:
                    arrival.forget_files()
        if not is_kept:
            return []
        self.run.reached = rows[-1].number
        return rows

    @transaction.atomic
    def _write(self, rows: Sequence[ImportRow], copies: Sequence[filing.Copy]) -> bool:
        if not _is_next(self.run, rows[0]):
            return False
        self.filing.keep(copies)
        ImportRow.objects.bulk_create(rows)
        ImportRun.objects.filter(pk=self.run.pk).update(reached=rows[-1].number)
        return True

    def _draw_up(self, arrivals: Sequence[Arrival]) -> list[filing.Copy]:
        coming = [arrival.manuscript for arrival in arrivals if arrival.manuscript]
        if coming:
            self.filing.read_ahead(coming)
        copies = []
        for arrival in arrivals:
            with arrival.refusing():
                if arrival.manuscript:
                    copies.append(self.filing.draw_up(arrival.manuscript))
        return copies


def _unforeseen(problem: Exception) -> str:
    said = _("This place could not be imported: %(problem)s")
    return said % {"problem": repr(problem)[:200]}


def _describe(row: ImportRow, record: OldArticle | None) -> None:
    if record is None:
        row.outcome = ImportRow.Outcome.NO_ARTICLE
        return
    row.title = record.title[:200]
    row.key = old_articles.key_of(record)
    row.month = f"{record.published_at:%Y-%m}" if record.published_at else ""
    row.views = record.views
    row.said = list(record.remarks)


def _is_next(run: ImportRun, row: ImportRow) -> bool:
    """Lock the run, and tell whether nobody has done this place meanwhile, or stopped the run."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    return locked.reached == row.number - 1 and not locked.problem
