"""One article of an old site, put on file here; with the right to, before the readers at once."""

import hashlib
import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import credits, log
from articles.actions import (
    crediting,
    enclosing,
    publishing,
    steps,
    writing,
)
from articles.actions.importing.pages import CreditDesk, ImportNotPossible
from articles.importing import attachments, links
from articles.importing.records import Files, Found, OldArticle, OldFile, is_markup
from articles.models import (
    Article,
    ArticleUnit,
    Attachment,
    ImportedArticle,
    ImportRow,
    ImportRun,
    Language,
    LogEntry,
    OldAddress,
    Section,
    Unit,
    User,
    Version,
)
from articles.models.old_addresses import normalised
from articles.pictures import PictureRefused
from articles.pictures.intake import refuse_size
from articles.text import pasting, richtext
from articles.text.hanzi import HAN

LONGEST = {"kicker": 60, "headline": 120, "subhead": 160, "summary": 400, "source": 100}
LONGEST_CREDIT_LINE = 2000
MOST_CREDITS = 100
MOST_ATTACHMENTS = 100
MAX_ATTACHED = 100 * 1024 * 1024
MOST_TAGS = 20
LONGEST_TAG = 100
MOST_REMARKS = 30
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


class Desk:
    """Makes the articles of a run: `look_up`, `prepare` outside a transaction, then `make`."""

    def __init__(self, run: ImportRun, files: Files, *, user: User, at: datetime) -> None:
        self.run, self.files, self.user, self.at = run, files, user, at
        self.units: dict[str, Unit | None] = {}
        self.sections: dict[str, Section | None] = {}
        self.unit_of_user = steps.unit_name_of(user, at)

    # Is it here already, and where would it go?

    def look_up(self, row: ImportRow, record: OldArticle) -> None:
        """Find what is here already, and refuse what cannot come. Sets the row's outcome then."""
        self.remarks = list(record.remarks)
        row.unit = self.unit = self._unit(record)
        self.section = self._section(record)
        self._refuse(record)
        known = ImportedArticle.objects.filter(key=row.key).select_related("article").first()
        if known is not None:
            is_same = known.digest == record.digest()
            row.outcome = ImportRow.Outcome.UNCHANGED if is_same else ImportRow.Outcome.DIFFERS
            row.article = known.article
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

    def _section(self, record: OldArticle) -> Section:
        name = record.section
        if name and name not in self.sections:
            self.sections[name] = Section.objects.named(name).first()
        section = self.sections[name] if name else None
        if section is None and name and self.run.section:
            self.remarks.append(_("There is no section called %s.") % name[:60])
        section = section or self.run.section
        if section is None:
            raise ImportNotPossible(
                _("There is no section called %s.") % name[:60]
                if name
                else _("It names no section. Say one for all.")
            )
        return section

    def _refuse(self, record: OldArticle) -> None:
        if len(record.title) > LONGEST["headline"]:
            raise ImportNotPossible(
                _("This heading is longer than %(limit)d characters.")
                % {"limit": LONGEST["headline"]}
            )
        if len(record.body) > pasting.MAX_CHARACTERS:
            raise ImportNotPossible(str(richtext.too_much().message))
        _refuse_long(record.credit_line)
        moment = self._moment(record)
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

    def prepare(self, record: OldArticle, *, beside: str) -> None:
        self.stored: list[str] = []
        self.pictures = Pictures(
            record,
            self.files,
            beside=beside,
            is_trial=self.run.is_trial,
            user=self.user,
            at=self.at,
            unit=self.unit,
        )
        body = links.lead_home(record.body, record.address)
        written = is_markup(body)
        extra = "".join(map(_figure, record.pictures))
        try:
            if written or extra:
                body = body if written else richtext.from_plain_text(body)
                pasted = pasting.read(body + extra, self.pictures.place)
            else:
                pasted = pasting.read_text(body)
        except richtext.TooMuchMarkup as problem:
            raise ImportNotPossible(str(problem.message)) from problem
        pasted.missing = []  # named below, where a trial knows of them as well
        self.remarks += pasted.said() + list(dict.fromkeys(self.pictures.problems))
        if set(richtext.photos_in(pasted.html)) - {photo.pk for photo in self.pictures.taken}:
            raise ImportNotPossible(
                _("It shows a photo of the library that did not come with it.")
            )
        self.body, self.credit_line = split_off_credits(pasted.html, record.credit_line)
        _refuse_long(self.credit_line)
        if record.credit_line and self.credit_line != record.credit_line:
            self.remarks.append(
                _("The text ends in credits of its own; left out: %(line)s")
                % {"line": record.credit_line[:100]}
            )
        is_there = self.body.strip() or self.pictures.taken or record.attachments
        if not is_there and not (self.run.is_trial and (record.pictures or "<img" in record.body)):
            raise ImportNotPossible(_("It has no text."))
        self.pictures.caption(self.body)
        self.documents = list(self._documents(record.attachments, beside))
        self._name_missing()

    def _documents(self, files: tuple[OldFile, ...], beside: str):  # type: ignore[no-untyped-def]
        taken: set[str] = set()
        size = 0
        for file in files[:MOST_ATTACHMENTS]:
            found = self.files.find(file.address, beside)
            name = file.words or file.address.rpartition("/")[2]
            if found is not None and found.name in taken:
                continue
            if found is not None and size + found.size > MAX_ATTACHED:
                self.remarks.append(
                    _("“%(name)s” was left out: up to %(limit)d MB of documents come with a text.")
                    % {"name": name[:80], "limit": MAX_ATTACHED // 1024**2}
                )
                continue
            content = self.files.content(found) if found is not None else None
            if found is None or content is None:
                self.pictures.missing.append(name)
                continue
            taken.add(found.name)
            size += found.size
            if not attachments.ending(name):
                name += attachments.ending(urlsplit(file.address).path)
            problem = attachments.problem(name, content)
            if problem is None:
                yield OldFile(file.address, name), content
            else:
                self.remarks.append(problem)

    def _name_missing(self) -> None:
        missing = list(dict.fromkeys(self.pictures.missing))
        if missing:
            said = ngettext(
                "%(count)d file is missing: %(names)s",
                "%(count)d files are missing: %(names)s",
                len(missing),
            )
            names = "; ".join(name[:80] for name in missing[:10])
            self.remarks.append(said % {"count": len(missing), "names": names})

    # Rows

    def make(self, row: ImportRow, record: OldArticle) -> None:
        """Put the article on file, within the transaction of its place; a trial takes it back."""
        if self.run.is_trial:
            with transaction.atomic():
                self._article(record)
                transaction.set_rollback(True)
        else:
            version = self._article(record)
            row.article = version.article
            self._evidence(version, row.key, record)
        said = list(dict.fromkeys(self.remarks))
        row.said = said[:MOST_REMARKS]
        row.outcome = ImportRow.Outcome.REMARKS if said else ImportRow.Outcome.MADE

    def _article(self, record: OldArticle) -> Version:
        is_ours = record.source and self._named(record.source) is not None
        article = Article(
            headline=" ".join(record.title.split()),
            kicker=self._cut("kicker", record.kicker),
            subhead=self._cut("subhead", record.subhead),
            summary=self._cut("summary", record.summary),
            source="" if is_ours else self._cut("source", record.source),
            body=self.body,
            section=self.section,
            unit=self.unit,
            language=_language(record),
            event_date=record.event_date,
            displayed_at=self._moment(record),
        )
        article.clean()
        writing.put_on_file(article, author=self.user, at=self.at)
        self._credit(article)
        article.tags.add(*self._tags(record))
        self.attached = {
            file.address: self._attach(article, position, file.words, content)
            for position, (file, content) in enumerate(self.documents)
        }
        if self.run.as_published:
            # Whose it was is what the old site said; the run answers for it.
            ArticleUnit.objects.filter(article=article).update(
                confirmed_by=self.user, confirmed_at=self.at
            )
        with log.in_site_language():
            reason = _("From %(address)s") % {"address": record.address or self.run.name}
        return writing.finish_change(
            article, author=self.user, at=self.at, imported=True, reason=reason[:200]
        )

    def _credit(self, article: Article) -> None:
        desk = CreditDesk(article, self.credit_line, 0, self.user, self.at)
        if len(desk.parsed.credits) > MOST_CREDITS:
            raise ImportNotPossible(
                _("It names more than %(limit)d people and units.") % {"limit": MOST_CREDITS}
            )
        desk.enter()
        self.remarks += [remark.message for remark in desk.remarks]
        if desk.doubts and not self.run.as_published:
            doubts = [remark.message for remark in desk.doubts]
            crediting.doubt(article, line=self.credit_line, remarks=doubts, at=self.at)

    def _attach(self, article: Article, position: int, name: str, content: bytes) -> str:
        file = Attachment(
            article=article,
            title=name[:120],
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            position=position,
        )
        if not self.run.is_trial:
            file.file.save(f"document{attachments.ending(name)}", ContentFile(content), save=False)
            self.stored.append(str(file.file.name))
        file.save()
        return str(file.file.name)

    def forget_files(self) -> None:
        """Delete what was stored for an article that was rolled back: no row names it."""
        for name in self.stored:
            Attachment._meta.get_field("file").storage.delete(name)

    def _tags(self, record: OldArticle) -> list[str]:
        return [tag for tag in record.tags if len(tag) <= LONGEST_TAG][:MOST_TAGS]

    def _cut(self, field: str, words: str) -> str:
        words = " ".join(words.split())
        if len(words) <= LONGEST[field]:
            return words
        said = _("“%(words)s” was cut to %(limit)d characters.")
        self.remarks.append(said % {"words": f"{words[:20]}…", "limit": LONGEST[field]})
        return words[: LONGEST[field]]

    def _moment(self, record: OldArticle) -> datetime | None:
        moment = record.published_at
        return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment

    # Where it came from

    def _evidence(self, version: Version, key: str, record: OldArticle) -> None:
        article = version.article
        moment = self._moment(record)
        edition = None
        if self.run.as_published and moment is not None:
            edition = publishing.make_edition(
                article,
                version,
                publishing.units_of(article.units.all()),
                user=self.user,
                at=self.at,
                start=self.at,
                expires_at=None,
                published_before=moment,
            )
            steps.move(article, Article.Status.PUBLISHED)
            detail = f"{record.address} · {timezone.localtime(moment):%Y-%m-%d}"
            log.write(
                article, LogEntry.Action.TAKEN_OVER, actor=self.user, at=self.at, detail=detail
            )
        ImportedArticle.objects.create(
            article=article,
            key=key,
            address=record.address[:500],
            digest=record.digest(),
            published_at=moment,
            views=record.views,
            run=self.run,
            edition=edition,
            sha256=version.sha256,
            imported_by=self.user,
            imported_by_name=str(self.user),
            imported_by_unit=self.unit_of_user,
            imported_at=self.at,
        )
        self._redirect(article, record)

    def _redirect(self, article: Article, record: OldArticle) -> None:
        self._redirect_files(article, record.address)
        address = normalised(record.address)
        if not address:
            return
        led, made = OldAddress.objects.get_or_create(
            address=address,
            defaults={"article": article, "added_by": self.user, "added_at": self.at},
        )
        if not made and led.article_id != article.pk:
            self.remarks.append(
                _("%(address)s leads to article %(number)d already.")
                % {"address": address, "number": led.article_id}
            )

    def _redirect_files(self, article: Article, page: str) -> None:
        """Let other pages and search engines find its pictures and documents, too.

        What leads somewhere already goes on doing so: many articles may show one picture.
        """
        leads: list[tuple[str, dict[str, Any]]] = [
            *((address, {"photo_id": pk}) for address, pk in self.pictures.placed.items()),
            *((address, {"document": name}) for address, name in self.attached.items()),
        ]
        # A bare name is that of a file beside a table.
        found = {
            path: where
            for address, where in leads
            if "/" in address and (path := normalised(links.own_path(address, page)))
        }
        new = {"article": article, "added_by": self.user, "added_at": self.at}
        OldAddress.objects.bulk_create(
            [OldAddress(address=path, **new, **where) for path, where in found.items()],
            ignore_conflicts=True,
        )


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


def _language(record: OldArticle) -> str:
    is_chinese = re.search(f"[{HAN}]", record.title) or re.search(f"[{HAN}]{{5}}", record.body)
    return Language.CHINESE if is_chinese else Language.ENGLISH
