"""Who is credited: new people, what the site learns of names, lines that wait for an editor."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from articles import log
from articles.actions import writing
from articles.models import (
    Article,
    Credit,
    DoubtfulLine,
    LogEntry,
    Person,
    PersonAlias,
    Unit,
    UnitName,
    User,
)
from articles.rights import permissions
from articles.rights.permissions import NotAllowed, Verb
from articles.text import hanzi
from articles.text.hanzi import match_key

# Who signs as one is not listed on public boards.
STUDENT = re.compile("学生|本科生|研究生|硕士生|博士生")
LONGEST_NOTE = 60


@dataclass(frozen=True)
class Entry:
    """A credit as it is to stand in an article."""

    role: str
    name: str = ""
    person: Person | None = None
    unit_name: str = ""
    unit: Unit | None = None
    stage: str = ""
    note: str = ""

    def is_of(self, role: str, *, name: str, unit_name: str, stage: str) -> bool:
        """Say whether it prints the same as another, whoever both are linked to."""
        said = (self.role, self.stage, match_key(self.name))
        units = {match_key(self.unit_name), match_key(unit_name)} - {""}
        return said == (role, stage, match_key(name)) and len(units) < 2

    def is_row(self, row: Credit) -> bool:
        return self.is_of(row.role, name=row.name, unit_name=row.unit_name, stage=row.stage)


def new_person(name: str, *, unit: Unit | None, note: str = "") -> Person:
    """Draw up somebody new, to be saved; whoever signs as a student is marked as one."""
    is_student = bool(STUDENT.search(hanzi.simplified(note)))
    return Person(name=name, key=match_key(name), home_unit=unit, is_student=is_student)


def add_person(
    name: str, *, unit: Unit | None, note: str = "", user: User, at: datetime
) -> Person:
    """Put somebody new on file because an editor says so."""
    if not user.has_perm("articles.add_person"):
        raise NotAllowed(_("Only the desk adds people. The name is printed as it stands."))
    person = new_person(name, unit=unit, note=note)
    person.save()
    log.note(LogEntry.Action.ADDED, actor=user, at=at, about=person)
    return person


@transaction.atomic
def teach_person(person: Person, name: str, *, user: User, at: datetime) -> PersonAlias | None:
    """Remember how else a person is printed. None if the site knows it already."""
    if not user.has_perm("articles.add_personalias"):
        raise NotAllowed(_("Only the desk teaches the site other names."))
    if Person.objects.named(name).filter(pk=person.pk).exists():
        return None
    alias = PersonAlias.objects.create(person=person, name=name, taught_by=user, taught_at=at)
    log.note(LogEntry.Action.ADDED, actor=user, at=at, about=person, detail=_learned(name))
    return alias


@transaction.atomic
def teach_unit(unit: Unit, name: str, *, user: User, at: datetime) -> UnitName | None:
    """Remember how else a unit is printed. None if the site knows it already."""
    if not user.has_perm("articles.add_unitname"):
        raise NotAllowed(_("Only the desk teaches the site other names."))
    if Unit.objects.named(name).filter(pk=unit.pk).exists():
        return None
    alias = unit.names.create(name=name, kind=UnitName.Kind.ALIAS, taught_by=user, taught_at=at)
    log.note(LogEntry.Action.ADDED, actor=user, at=at, about=unit, detail=_learned(name))
    return alias


@transaction.atomic
def forget(alias: PersonAlias | UnitName, *, user: User, at: datetime) -> None:
    """Take back what was taught. What articles printed and linked stays."""
    if alias.taught_at is None:
        raise NotAllowed(_("This name was not learned from a credit line."))
    own = alias.taught_by_id == user.pk
    if not own and not user.has_perm(f"articles.delete_{alias._meta.model_name}"):
        raise NotAllowed(_("Whoever taught this name takes it back, or whoever keeps the list."))
    whose = alias.person if isinstance(alias, PersonAlias) else alias.unit
    detail = _learned(alias.name)
    log.note(LogEntry.Action.DELETED, actor=user, at=at, about=whose, detail=detail)
    alias.delete()


def _learned(name: str) -> str:
    with log.in_site_language():
        return _("Other name: %(name)s") % {"name": name}


# Lines that an import could not settle


def doubt(article: Article, *, line: str, remarks: Sequence[str], at: datetime) -> DoubtfulLine:
    """Let a credit line wait for somebody to look at it."""
    return DoubtfulLine.objects.create(
        article=article, line=line, remarks=list(remarks), imported_at=at
    )


@transaction.atomic
def enter(
    article: Article, entries: Iterable[Entry], *, seen_version: int, user: User, at: datetime
) -> None:
    """Put credits into an article on file: those it has are linked, the others are added."""
    article = writing.begin_change(article, seen_version=seen_version, author=user, at=at)
    rows = list(article.credits.all())
    position = 1 + max((row.position for row in rows), default=-1)
    for entry in entries:
        row = next((row for row in rows if entry.is_row(row)), None)
        if row is not None:
            rows.remove(row)
            row.person = entry.person or row.person
            row.unit, row.unit_name = entry.unit or row.unit, row.unit_name or entry.unit_name
            row.save(update_fields=["person", "unit", "unit_name", "name"])
            continue
        Credit.objects.create(
            article=article,
            role=entry.role,
            name=entry.name,
            person=entry.person,
            unit_name=entry.unit_name,
            unit=entry.unit,
            stage=entry.stage,
            note=entry.note[:LONGEST_NOTE],
            position=position,
        )
        position += 1
    with log.in_site_language():
        reason = _("Credit line worked off")
    writing.finish_change(article, author=user, at=at, reason=reason)


@transaction.atomic
def settle(line: DoubtfulLine, *, user: User, at: datetime) -> None:
    """Take a line out of the queue: somebody has looked at it."""
    permissions.require(user, Verb.CHANGE, line.article, at)
    line = DoubtfulLine.objects.select_for_update().get(pk=line.pk)
    if line.settled_at is not None:
        raise NotAllowed(
            _("%(name)s has worked off this line already.") % {"name": line.settled_by}
        )
    line.settled_by, line.settled_at = user, at
    line.save(update_fields=["settled_by", "settled_at"])
