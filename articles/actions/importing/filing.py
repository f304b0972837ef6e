"""Putting articles of an old site on file, many at once; with the right to, before the readers.

An article takes as many rows as ever, but each kind of them is written once for all articles.
All must come in one transaction: if anything fails, none of them is here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from taggit.models import Tag

from articles import linking, log, snapshots, sourcing
from articles.actions import figures, publishing, steps, writing
from articles.actions.importing.old_articles import Manuscript
from articles.actions.importing.pages import CreditDesk, ImportNotPossible
from articles.importing import links
from articles.importing.records import OldArticle, read_origin
from articles.models import (
    Article,
    ArticlePhoto,
    ArticleUnit,
    Attachment,
    Credit,
    DoubtfulLine,
    Edition,
    ImportedArticle,
    ImportRow,
    ImportRun,
    Language,
    LogEntry,
    OldAddress,
    Origin,
    Person,
    Photo,
    User,
    Version,
    tagging,
)
from articles.models.old_addresses import normalised
from articles.text.hanzi import HAN

LONGEST = {"kicker": 60, "subhead": 160, "summary": 400, "source": 100}
MOST_CREDITS = 100
MOST_TAGS = 20
LONGEST_TAG = 100
MOST_REMARKS = 30


@dataclass
class Copy:
    """The rows of a working copy, drawn up: nothing of it is on file yet."""

    manuscript: Manuscript
    article: Article
    credits: CreditDesk
    tags: list[str]

    @property
    def record(self) -> OldArticle:
        return self.manuscript.record


class Filing:
    """Files the articles of a run: `read_ahead` for some, `draw_up` each, then `keep` all."""

    def __init__(self, run: ImportRun, *, user: User, at: datetime) -> None:
        self.run, self.user, self.at = run, user, at
        self.unit_of_user = steps.unit_name_of(user, at)
        self.names = linking.Names()

    def read_ahead(self, manuscripts: Iterable[Manuscript]) -> None:
        """Read whom the credits of some articles may mean."""
        # A trial remembers whom it would have put on file by now; nobody else does.
        if not self.run.is_trial:
            self.names = linking.Names()
        self.names.read_ahead(manuscript.credit_line for manuscript in manuscripts)

    def draw_up(self, manuscript: Manuscript) -> Copy:
        """Make the rows of an article, or refuse it. Asks nothing that was read ahead."""
        if len(self.names.parse(manuscript.credit_line).credits) > MOST_CREDITS:
            raise ImportNotPossible(
                _("It names more than %(limit)d people and units.") % {"limit": MOST_CREDITS}
            )
        article = self._article(manuscript)
        desk = CreditDesk(article, manuscript.credit_line, self.names)
        manuscript.remarks += [remark.message for remark in desk.remarks]
        if self.run.as_published:
            # Whose it was is what the old site said; the run answers for it.
            for unit in desk.units:
                unit.confirmed_by, unit.confirmed_at = self.user, self.at
        tags = [tag for tag in manuscript.record.tags if len(tag) <= LONGEST_TAG]
        return Copy(manuscript, article, desk, tags[:MOST_TAGS])

    def _article(self, manuscript: Manuscript) -> Article:
        record = manuscript.record
        article = Article(
            headline=" ".join(record.title.split()),
            kicker=_cut("kicker", record.kicker, manuscript),
            subhead=_cut("subhead", record.subhead, manuscript),
            summary=_cut("summary", record.summary, manuscript),
            **_sourced(manuscript),
            body=manuscript.body,
            section=manuscript.section,
            unit=manuscript.unit,
            language=_language(record),
            event_date=record.event_date,
            displayed_at=manuscript.published_at,
        )
        article.clean()
        writing.as_draft(article, author=self.user, at=self.at).version_number = 1
        if self.run.as_published:
            article.status = Article.Status.PUBLISHED
        return article

    # Rows

    def keep(self, copies: Sequence[Copy]) -> None:
        """Write all rows of some articles, within a transaction; a trial takes them back."""
        people = _new_people(copies)
        if self.run.is_trial:
            try:
                with transaction.atomic():
                    self._file(copies, people)
                    transaction.set_rollback(True)
            finally:
                for person in people:
                    person.pk = None
        else:
            self._testify(copies, self._file(copies, people))
        for copy in copies:
            row, said = copy.manuscript.row, list(dict.fromkeys(copy.manuscript.remarks))
            row.said = said[:MOST_REMARKS]
            row.outcome = ImportRow.Outcome.REMARKS if said else ImportRow.Outcome.MADE

    def _file(self, copies: Sequence[Copy], people: Iterable[Person]) -> list[Version]:
        """Put working copies on file, each in its first version."""
        Person.objects.bulk_create(people)
        Article.objects.bulk_create(copy.article for copy in copies)
        ArticleUnit.objects.bulk_create(unit for copy in copies for unit in copy.credits.units)
        Credit.objects.bulk_create(credit for copy in copies for credit in copy.credits.credits)
        if not self.run.as_published:
            self._doubt(copies)
        documents = {copy.article: _documents(copy) for copy in copies}
        Attachment.objects.bulk_create(row for rows in documents.values() for row in rows)
        photos = _photos(copies)
        ArticlePhoto.objects.bulk_create(row for rows in photos.values() for row in rows)
        tags = _tags(copies)
        tagging.carry(tags)
        return Version.objects.bulk_create(
            writing.version_of(
                copy.article,
                snapshots.of(
                    copy.article,
                    units=copy.credits.units,
                    credits=copy.credits.credits,
                    photos=photos[copy.article],
                    attachments=documents[copy.article],
                    tags=(tag.name for tag in tags[copy.article]),
                ),
                author=self.user,
                at=self.at,
                reason=self._reason(copy),
            )
            for copy in copies
        )

    def _doubt(self, copies: Iterable[Copy]) -> None:
        """Let the lines of drafts that could not be settled wait for an editor."""
        DoubtfulLine.objects.bulk_create(
            DoubtfulLine(
                article=copy.article,
                line=copy.manuscript.credit_line,
                remarks=[remark.message for remark in copy.credits.doubts],
                imported_at=self.at,
            )
            for copy in copies
            if copy.credits.doubts
        )

    def _reason(self, copy: Copy) -> str:
        with log.in_site_language():
            said = _("From %(address)s") % {"address": copy.record.address or self.run.name}
        return said[:200]

    # Where it came from

    def _testify(self, copies: Sequence[Copy], versions: Sequence[Version]) -> None:
        """Write down where articles came from, and let their old addresses lead here."""
        editions = self._show(copies, versions)
        ImportedArticle.objects.bulk_create(
            ImportedArticle(
                article=copy.article,
                key=copy.manuscript.row.key,
                address=copy.record.address[:500],
                digest=copy.record.digest(),
                published_at=copy.manuscript.published_at,
                views=copy.record.views,
                run=self.run,
                edition=editions.get(copy.article),
                sha256=version.sha256,
                imported_by=self.user,
                imported_by_name=str(self.user),
                imported_by_unit=self.unit_of_user,
                imported_at=self.at,
            )
            for copy, version in zip(copies, versions, strict=True)
        )
        for copy in copies:
            copy.manuscript.row.article = copy.article
        log.put([entry for copy in copies for entry in self._entries(copy)])
        self._redirect(copies)

    def _show(self, copies: Sequence[Copy], versions: Sequence[Version]) -> dict[Article, Edition]:
        """Put before the readers at once what the old site published, where that is asked for."""
        if not self.run.as_published:
            return {}
        published = [
            publishing.TakenOver(version, {unit.unit_id for unit in copy.credits.units}, moment)
            for copy, version in zip(copies, versions, strict=True)
            if (moment := copy.manuscript.published_at) is not None
        ]
        editions = publishing.take_over(published, user=self.user, at=self.at)
        return {edition.article: edition for edition in editions}

    def _entries(self, copy: Copy) -> Iterator[LogEntry]:
        write = partial(log.entry, copy.article, actor=self.user, at=self.at)
        yield write(LogEntry.Action.IMPORTED, detail=self._reason(copy))
        if self.run.as_published and copy.manuscript.published_at is not None:
            day = timezone.localtime(copy.manuscript.published_at)
            detail = f"{copy.record.address} · {day:%Y-%m-%d}"
            yield write(LogEntry.Action.TAKEN_OVER, detail=detail)

    def _redirect(self, copies: Sequence[Copy]) -> None:
        """Let what used the addresses of pages, pictures and documents find them here.

        What leads somewhere already goes on doing so: many articles may show one picture.
        """
        files = {copy.article: _files(copy) for copy in copies}
        pages = {copy.article: normalised(copy.record.address) for copy in copies}
        wanted = {path for paths in files.values() for path in paths} | set(pages.values())
        known = OldAddress.objects.filter(address__in=wanted - {""})
        led = dict(known.values_list("address", "article"))
        new: list[OldAddress] = []

        def lead(address: str, article: Article, **where: Any) -> None:
            led[address] = article.pk
            added = {"added_by": self.user, "added_at": self.at}
            new.append(OldAddress(address=address, article=article, **added, **where))

        for copy in copies:
            article, page = copy.article, pages[copy.article]
            for path, where in files[article].items():
                if path not in led:
                    lead(path, article, **where)
            if not page:
                continue
            if page not in led:
                lead(page, article)
            elif led[page] != article.pk:
                copy.manuscript.remarks.append(
                    _("%(address)s leads to article %(number)d already.")
                    % {"address": page, "number": led[page]}
                )
        OldAddress.objects.bulk_create(new)


def _new_people(copies: Iterable[Copy]) -> list[Person]:
    """Give those who are credited and not on file, each once."""
    new: dict[int, Person] = {}
    for copy in copies:
        for credit in copy.credits.credits:
            if credit.person is not None and credit.person.pk is None:
                new[id(credit.person)] = credit.person
    return list(new.values())


def _documents(copy: Copy) -> list[Attachment]:
    rows = [document for _address, document in copy.manuscript.documents]
    for row in rows:
        row.article = copy.article
    return rows


def _photos(copies: Iterable[Copy]) -> dict[Article, list[ArticlePhoto]]:
    """Give the rows of what each text shows: photos that came with it, as they are on file now."""
    shown = {copy.article: figures.of_body(copy.article.body) for copy in copies}
    numbers = {number for rows in shown.values() for number in rows}
    library = Photo.objects.select_related("photographer").in_bulk(numbers) if numbers else {}
    return {
        article: [
            ArticlePhoto(article=article, photo=library[number], **values)
            for number, values in rows.items()
            if number in library
        ]
        for article, rows in shown.items()
    }


def _tags(copies: Iterable[Copy]) -> dict[Article, list[Tag]]:
    tags = tagging.find_or_make({tag for copy in copies for tag in copy.tags})
    return {copy.article: list(dict.fromkeys(tags[tag] for tag in copy.tags)) for copy in copies}


def _files(copy: Copy) -> dict[str, dict[str, Any]]:
    """Say which addresses other pages and search engines know its pictures and documents by."""
    leads: list[tuple[str, dict[str, Any]]] = [
        *((address, {"photo_id": pk}) for address, pk in copy.manuscript.pictures.placed.items()),
        *(
            (address, {"document": str(document.file.name)})
            for address, document in copy.manuscript.documents
        ),
    ]
    # A bare name is that of a file beside a table.
    return {
        path: where
        for address, where in leads
        if "/" in address and (path := normalised(links.own_path(address, copy.record.address)))
    }


def _cut(field: str, words: str, manuscript: Manuscript) -> str:
    words = " ".join(words.split())
    if len(words) <= LONGEST[field]:
        return words
    said = _("“%(words)s” was cut to %(limit)d characters.")
    manuscript.remarks.append(said % {"words": f"{words[:20]}…", "limit": LONGEST[field]})
    return words[: LONGEST[field]]


def _sourced(manuscript: Manuscript) -> dict[str, str]:
    """Say who published it first, and where, as far as the site can take it."""
    record, remarks = manuscript.record, manuscript.remarks
    source = "" if manuscript.is_ours else _cut("source", record.source, manuscript)
    origin = read_origin(record.origin) or Origin.ORIGINAL
    if record.origin and read_origin(record.origin) == "":
        remarks.append(_("“%(text)s” is no origin.") % {"text": record.origin[:40]})
    address = record.source_url
    try:
        if address:
            Article._meta.get_field("source_url").run_validators(address)
    except ValidationError:
        problem = _("“%(text)s” is no address.") % {"text": address[:40]}
    else:
        problem = " ".join(sourcing.problems(origin, source, address).values())
    if problem:
        remarks.append(problem)
    return {"origin": origin, "source": source, "source_url": "" if problem else address}


def _language(record: OldArticle) -> str:
    is_chinese = re.search(f"[{HAN}]", record.title) or re.search(f"[{HAN}]{{5}}", record.body)
    return Language.CHINESE if is_chinese else Language.ENGLISH
