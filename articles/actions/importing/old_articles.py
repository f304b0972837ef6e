"""One article of an old site, on its way here: where it goes, its text, its pictures.

Nothing but pictures and documents is stored yet; `filing` puts many articles on file together.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import credits
from articles.actions import enclosing
from articles.actions.importing.pages import ImportNotPossible
from articles.importing import attachments, links
from articles.importing.records import Files, Found, OldArticle, OldFile, is_markup
from articles.models import (
    Attachment,
    ImportedArticle,
    ImportRow,
    ImportRun,
    Section,
    Unit,
    User,
)
from articles.models.old_addresses import normalised
from articles.pictures import PictureRefused
from articles.pictures.intake import refuse_size
from articles.text import pasting, richtext

LONGEST_HEADLINE = 120
LONGEST_CREDIT_LINE = 2000
MOST_ATTACHMENTS = 100
MAX_ATTACHED = 100 * 1024 * 1024
LAST_PARAGRAPH = re.compile(r"<p>(?P<words>[^\n]*)</p>")
PICTURE = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"\0\0\0")


def key_of(record: OldArticle) -> str:
    """Tell an article of an old site from all others: by its address, with its host.

    Where there is none, by its title and time.
    """
    address = normalised(record.address)
    if address:
        host = urlsplit(record.address).netloc.lower().removeprefix("www.")
        return f"{host}{address}"[-500:]
    said = f"{record.title}\n{record.published_at}\n{record.unit}"
    return f"text:{hashlib.sha256(said.encode()).hexdigest()}"


class Pictures(enclosing.Enclosed):
    """Puts the pictures of an article into the library; a trial only looks for them."""

    def __init__(
        self,
        record: OldArticle,
        files: Files,
        *,
        beside: str,
        is_trial: bool,
        user: User,
        at: datetime,
        unit: Unit,
    ) -> None:
        super().__init__(user=user, at=at, unit=unit, files=record.enclosed)
        self.tree, self.beside, self.is_trial = files, beside, is_trial
        self.missing: list[str] = []
        self.placed: dict[str, int] = {}  # by the addresses they had

    def place(self, picture: pasting.Picture) -> int | None:
        if self._is_full():
            return None
        content = self._content(picture.address)
        found = self.tree.find(picture.address, self.beside) if content is None else None
        if content is None and found is None:
            self.missing.append(picture.name)
            return None
        if self.is_trial:
            self.tried += 1
            return None
        if found is not None:
            content = self._read(found)
        number = self._take_in(content, picture.alt) if content is not None else None
        if found is not None and number is not None:
            self.placed[picture.address] = number
        return number

    def _read(self, found: Found) -> bytes | PictureRefused:
        """Read a file that is not too large to be a picture, as its folder says."""
        try:
            refuse_size(found.size)
        except PictureRefused as refused:
            return refused
        return self.tree.content(found) or PictureRefused("damaged")


@dataclass
class Manuscript:
    """An article of an old site on its way here. `row` is what becomes of its place."""

    row: ImportRow
    record: OldArticle
    unit: Unit
    section: Section
    is_ours: bool  # its source is one of our units
    remarks: list[str]
    published_at: datetime | None
    # From `Reception.prepare` on:
    pictures: Pictures = field(init=False)
    body: str = ""
    credit_line: str = ""
    # Stored, but in a trial; their rows are not. By the addresses they had.
    documents: list[tuple[str, Attachment]] = field(default_factory=list)

    def forget_files(self) -> None:
        """Delete what was stored for an article that did not come: no row names it."""
        for _address, document in self.documents:
            if document.file:
                document.file.delete(save=False)


class Reception:
    """Receives the articles of a run, one after the other, and makes them ready to be filed."""

    def __init__(self, run: ImportRun, files: Files, *, user: User, at: datetime) -> None:
        self.run, self.files, self.user, self.at = run, files, user, at
        self.units: dict[str, Unit | None] = {}
        self.sections: dict[str, Section | None] = {}

    # Where would it go, and is it here already?

    def receive(self, row: ImportRow, record: OldArticle) -> Manuscript:
        """Find where an article goes, and refuse what cannot come."""
        row.unit = unit = self._unit(record)
        remarks = list(record.remarks)
        section = self._section(record, remarks)
        is_ours = bool(record.source) and self._named(record.source) is not None
        moment = record.published_at
        if moment is not None and timezone.is_naive(moment):
            moment = timezone.make_aware(moment)
        self._refuse(record, moment)
        return Manuscript(row, record, unit, section, is_ours, remarks, moment)

    def look_up(self, manuscript: Manuscript) -> None:
        """Find whether it is here already. That sets the outcome."""
        row, record = manuscript.row, manuscript.record
        known = ImportedArticle.objects.filter(key=row.key).first()
        if known is not None:
            is_same = known.digest == record.digest()
            row.outcome = ImportRow.Outcome.UNCHANGED if is_same else ImportRow.Outcome.DIFFERS
            row.article_id = known.article_id
            if self.run.as_published and known.edition_id is None:
                row.said = [*row.said, _("It came as a draft before, and stays one.")]
            return
        # A trial makes nothing that a second line of the same address would be known by.
        same = self.run.rows.filter(key=row.key).taken()
        twin = same.first() if self.run.is_trial else None
        if twin is not None:
            row.outcome = ImportRow.Outcome.DIFFERS
            row.said = [*row.said, _("%(place)s has the same address.") % {"place": twin.label}]

    def _unit(self, record: OldArticle) -> Unit:
        if record.unit:
            unit = self._named(record.unit)
            if unit is None:
                raise ImportNotPossible(_("There is no unit called %s.") % record.unit[:60])
            return unit
        unit = self._named(record.source) if record.source else None
        if unit is None and self.run.unit is None:
            raise ImportNotPossible(_("It names no unit that the site knows. Say one for all."))
        return unit or self.run.unit  # type: ignore[return-value]

    def _named(self, name: str) -> Unit | None:
        if name not in self.units:
            found = list(Unit.objects.filter(slug=name) or Unit.objects.named(name)[:2])
            if len(found) > 1:
                raise ImportNotPossible(
                    _("Several units are called %s. Please give the slug.") % name[:60]
                )
            self.units[name] = found[0] if found else None
        return self.units[name]

    def _section(self, record: OldArticle, remarks: list[str]) -> Section:
        name = record.section
        if name and name not in self.sections:
            self.sections[name] = Section.objects.named(name).first()
        section = self.sections[name] if name else None
        if section is None and name and self.run.section:
            remarks.append(_("There is no section called %s.") % name[:60])
        section = section or self.run.section
        if section is None:
            raise ImportNotPossible(
                _("There is no section called %s.") % name[:60]
                if name
                else _("It names no section. Say one for all.")
            )
        return section

    def _refuse(self, record: OldArticle, moment: datetime | None) -> None:
        if len(record.title) > LONGEST_HEADLINE:
            raise ImportNotPossible(
                _("This heading is longer than %(limit)d characters.")
                % {"limit": LONGEST_HEADLINE}
            )
        if len(record.body) > pasting.MAX_CHARACTERS:
            raise ImportNotPossible(str(richtext.too_much().message))
        _refuse_long(record.credit_line)
        if moment is not None and not 1900 <= moment.year <= 2200:
            raise ImportNotPossible(_("No article is from the year %d.") % moment.year)
        if not self.run.as_published:
            return
        if moment is None or moment >= self.at:
            raise ImportNotPossible(
                _("It does not say when the old site published it, so readers cannot see it yet.")
            )
        if not normalised(record.address):
            raise ImportNotPossible(
                _("It does not say where the old site had it, so readers cannot see it yet.")
            )

    # Its text and pictures, before any row of the database is locked

    def prepare(self, manuscript: Manuscript) -> None:
        """Read its text, take its pictures into the library, and store its documents."""
        record, remarks = manuscript.record, manuscript.remarks
        manuscript.pictures = pictures = Pictures(
            record,
            self.files,
            beside=manuscript.row.label,
            is_trial=self.run.is_trial,
            user=self.user,
            at=self.at,
            unit=manuscript.unit,
        )
        body = links.lead_home(record.body, record.address)
        written = is_markup(body)
        extra = "".join(map(_figure, record.pictures))
        try:
            if written or extra:
                body = body if written else richtext.from_plain_text(body)
                pasted = pasting.read(body + extra, pictures.place)
            else:
                pasted = pasting.read_text(body)
        except richtext.TooMuchMarkup as problem:
            raise ImportNotPossible(str(problem.message)) from problem
        pasted.missing = []  # named below, where a trial knows of them as well
        remarks += pasted.said() + list(dict.fromkeys(pictures.problems))
        if set(richtext.photos_in(pasted.html)) - {photo.pk for photo in pictures.taken}:
            raise ImportNotPossible(
                _("It shows a photo of the library that did not come with it.")
            )
        manuscript.body, manuscript.credit_line = split_off_credits(
            pasted.html, record.credit_line
        )
        _refuse_long(manuscript.credit_line)
        if record.credit_line and manuscript.credit_line != record.credit_line:
            remarks.append(
                _("The text ends in credits of its own; left out: %(line)s")
                % {"line": record.credit_line[:100]}
            )
        is_there = body.strip() or pictures.taken or record.attachments
        if not is_there and not (self.run.is_trial and (record.pictures or "<img" in record.body)):
            raise ImportNotPossible(_("It has no text."))
        pictures.caption(body)
        self._take_documents(manuscript)
        _name_missing(manuscript)

    def _take_documents(self, manuscript: Manuscript) -> None:
        remarks = manuscript.remarks
        taken: set[str] = set()
        size = 0
        for file in manuscript.record.attachments[:MOST_ATTACHMENTS]:
            found = self.files.find(file.address, manuscript.row.label)
            name = file.words or file.address.rpartition("/")[2]
            if found is not None and found.name in taken:
                continue
            if found is not None and size + found.size > MAX_ATTACHED:
                remarks.append(
                    _("“%(name)s” was left out: up to %(limit)d MB of documents come with a text.")
                    % {"name": name[:80], "limit": MAX_ATTACHED // 1024**2}
                )
                continue
            content = self.files.content(found) if found is not None else None
            if found is None or content is None:
                manuscript.pictures.missing.append(name)
                continue
            taken.add(found.name)
            size += found.size
            if not attachments.ending(name):
                name += attachments.ending(urlsplit(file.address).path)
            problem = attachments.problem(name, content)
            if problem is None:
                document = self._stored(name, content, position=len(manuscript.documents))
                manuscript.documents.append((file.address, document))
            else:
                remarks.append(problem)

    def _stored(self, name: str, content: bytes, *, position: int) -> Attachment:
        document = Attachment(
            title=name[:120],
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            position=position,
        )
        if not self.run.is_trial:
            file = ContentFile(content)
            document.file.save(f"document{attachments.ending(name)}", file, save=False)
        return document


def _name_missing(manuscript: Manuscript) -> None:
    missing = list(dict.fromkeys(manuscript.pictures.missing))
    if missing:
        said = ngettext(
            "%(count)d file is missing: %(names)s",
            "%(count)d files are missing: %(names)s",
            len(missing),
        )
        names = "; ".join(name[:80] for name in missing[:10])
        manuscript.remarks.append(said % {"count": len(missing), "names": names})


def _refuse_long(credit_line: str) -> None:
    if len(credit_line) > LONGEST_CREDIT_LINE:
        raise ImportNotPossible(
            _("Its credit line is longer than %(limit)d characters.")
            % {"limit": LONGEST_CREDIT_LINE}
        )


def split_off_credits(body: str, said: str) -> tuple[str, str]:
    """Take the credits off a text that ends in them, else give those that were said beside it."""
    blocks = body.splitlines()
    last = LAST_PARAGRAPH.fullmatch(blocks[-1]) if blocks else None
    if last is None:
        return body, said
    words = " ".join(richtext.plain_text(last["words"]).split())
    tail = credits.find_credit_line(words)
    if tail is None or (tail.body and "<" in last["words"]):
        return body, said
    kept = [f"<p>{escape(tail.body)}</p>"] if tail.body.strip() else []
    return "\n".join([*blocks[:-1], *kept]), tail.credit_line


def _figure(file: OldFile) -> str:
    words = escape(file.words)
    return (
        f'<figure><img src="{escape(file.address)}" alt="{words}">'
        f"<figcaption>{words}</figcaption></figure>"
    )
