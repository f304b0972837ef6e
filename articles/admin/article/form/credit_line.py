"""A credit line that was pasted: what it says, who may be meant, and the rows it becomes.

Reading writes nothing. Taking makes the new people and teaches the other names that an editor
confirmed, and gives the rows; saving the article is still the editor's.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib import admin
from django.db import transaction
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles import credits, linking
from articles.actions import crediting
from articles.actions.crediting import LONGEST_NOTE, Entry
from articles.admin.article import pages
from articles.admin.article.form import typed
from articles.admin.base import DeskRequest, Page, moment, whole_number
from articles.linking import Certainty, Proposal
from articles.models import Article, Person, PersonalDraft, Role, StageMark, Unit
from articles.rights.permissions import NotAllowed

READ, TAKE = "_read_credits", "_take_credits"
LONGEST_LINE = 2000
MOST = 100
NEW = "new"
ROLES, STAGES = dict(Role.choices), dict(StageMark.choices)
COLUMNS = ("role", "person", "unit", "note", "position", "name", "unit_name", "stage")


@dataclass(frozen=True)
class Rights:
    add_people: bool
    teach_people: bool
    teach_units: bool

    @classmethod
    def of(cls, request: DeskRequest) -> "Rights":
        may = request.user.has_perm
        return cls(
            may("articles.add_person"),
            may("articles.add_personalias"),
            may("articles.add_unitname"),
        )


@dataclass
class Choice:
    """A proposed credit, and what the editor says to it."""

    number: int
    proposal: Proposal
    data: Mapping[str, Any] | None
    """What was chosen; None if nothing was yet."""
    taken: bool = False

    @property
    def credit(self) -> credits.ParsedCredit:
        return self.proposal.credit

    @property
    def prefix(self) -> str:
        return f"proposed-{self.number}"

    @property
    def role(self) -> str:
        return str(ROLES[self.credit.role])

    @property
    def stage(self) -> str:
        return str(STAGES[self.credit.stage]) if self.credit.stage else ""

    @property
    def is_wanted(self) -> bool:
        return self.data is None or bool(self._said("take"))

    @property
    def known_as(self) -> str:
        return self._said("known_as")

    @property
    def unit_known_as(self) -> str:
        return self._said("unit_known_as")

    @cached_property
    def people(self) -> list[Person]:
        """Those who are called so, then those who are called as the editor says."""
        found = list(self.proposal.people)
        if self.known_as and self.credit.name:
            named = Person.objects.named(self.known_as).select_related("home_unit")
            found += [person for person in named if person not in found]
        return found

    @cached_property
    def units(self) -> list[Unit]:
        found = list(self.proposal.units)
        if self.unit_known_as and self.credit.unit:
            named = Unit.objects.named(self.unit_known_as)
            found += [unit for unit in named if unit not in found]
        return found

    @property
    def person(self) -> str:
        """Give what is chosen: a number, `NEW`, or nothing."""
        if self.data is None or f"{self.prefix}-person" not in self.data:
            return str(self.proposal.person.pk) if self.proposal.person else ""
        if not self._said("person") and len(self.people) == 1 and not self.proposal.people:
            # Who was just looked up by another name.
            return str(self.people[0].pk)
        return self._said("person")

    @property
    def unit(self) -> str:
        if self.data is None or f"{self.prefix}-unit" not in self.data:
            return str(self.proposal.unit.pk) if self.proposal.unit else ""
        if not self._said("unit") and len(self.units) == 1 and not self.proposal.units:
            return str(self.units[0].pk)
        return self._said("unit")

    @property
    def is_not_found(self) -> bool:
        return bool(self.known_as) and not set(self.people) - set(self.proposal.people)

    @property
    def unit_is_not_found(self) -> bool:
        return bool(self.unit_known_as) and not set(self.units) - set(self.proposal.units)

    @property
    def certainty(self) -> str:
        return {
            Certainty.AT_HOME: _("known, of this unit"),
            Certainty.KNOWN: _("known"),
            Certainty.SEVERAL: _("could be several"),
            Certainty.UNKNOWN: _("not on file"),
            Certainty.NOBODY: "",
        }[self.proposal.certainty]

    @property
    def unit_certainty(self) -> str:
        return {
            Certainty.KNOWN: _("known"),
            Certainty.SEVERAL: _("could be several"),
            Certainty.UNKNOWN: _("not on file"),
        }.get(self.proposal.unit_certainty, "")

    def _said(self, name: str) -> str:
        return str((self.data or {}).get(f"{self.prefix}-{name}", "")).strip()[:100]


@dataclass
class Reading:
    """A pasted line as it was understood."""

    line: str
    rights: Rights
    choices: list[Choice] = field(default_factory=list)
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    """The line, cut where it was not understood."""
    rest: str = ""
    digest: str = ""
    is_new: bool = True
    problem: str = ""
    said: list[str] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        return any(not choice.taken for choice in self.choices)

    @property
    def unsure(self) -> int:
        return sum(not choice.proposal.is_settled() for choice in self.choices)


def read(data: Mapping[str, Any], rights: Rights) -> Reading:
    """Read the line of a form; choices that were made for the same line are kept."""
    line = str(data.get("credit_line", "")).replace("\0", "").strip()
    reading = Reading(line=line, rights=rights)
    if not line:
        reading.problem = _("Please paste a credit line first.")
        return reading
    if len(line) > LONGEST_LINE:
        reading.problem = _("A credit line has up to %(limit)d characters.") % {
            "limit": LONGEST_LINE
        }
        return reading
    names = linking.Names()
    parsed = names.parse(line)
    proposals = names.propose(parsed.credits[:MOST])
    reading.digest = _digest(line, parsed)
    reading.is_new = data.get("proposed") != reading.digest
    given = None if reading.is_new else data
    reading.choices = [
        Choice(number, proposal, given) for number, proposal in enumerate(proposals)
    ]
    reading.rest = parsed.rest
    reading.pieces = credits.unread(line, parsed)
    if not reading.choices:
        reading.problem = _("Nobody is credited in this line, as far as it was understood.")
    return reading


def _digest(line: str, parsed: credits.Parsed) -> str:
    return hashlib.sha256(repr((line, parsed.credits)).encode("utf-8", "replace")).hexdigest()[:16]


def take(reading: Reading, request: DeskRequest) -> list[Entry]:
    """Give the credits that were chosen. Makes and teaches what the editor confirmed."""
    made: dict[tuple[str, int | None], Person] = {}
    entries = []
    for choice in reading.choices:
        if not choice.is_wanted:
            continue
        unit = _unit(choice, reading, request)
        person = _person(choice, unit, reading, request, made)
        credit = choice.credit
        entries.append(
            Entry(
                role=credit.role,
                name=credit.name or "",
                person=person,
                unit_name=credit.unit or "",
                unit=unit,
                stage=credit.stage or "",
                note=(credit.note or "")[:LONGEST_NOTE],
            )
        )
    for choice in reading.choices:
        choice.taken = choice.is_wanted
    return entries


def _unit(choice: Choice, reading: Reading, request: DeskRequest) -> Unit | None:
    unit = next((unit for unit in choice.units if str(unit.pk) == choice.unit), None)
    name = choice.credit.unit
    if unit is None or name is None or unit in choice.proposal.units:
        return unit
    if reading.rights.teach_units:
        taught = crediting.teach_unit(unit, name, user=request.user, at=moment(request))
        if taught:
            reading.said.append(_learned(name, unit))
    return unit


def _person(
    choice: Choice,
    unit: Unit | None,
    reading: Reading,
    request: DeskRequest,
    made: dict[tuple[str, int | None], Person],
) -> Person | None:
    credit, user, at = choice.credit, request.user, moment(request)
    if not credit.name:
        return None
    if choice.person == NEW:
        key = (credit.name, unit.pk if unit else None)
        if key not in made:
            note = credit.note or ""
            made[key] = crediting.add_person(credit.name, unit=unit, note=note, user=user, at=at)
            reading.said.append(_("%(name)s was added to the people.") % {"name": credit.name})
        return made[key]
    person = next((p for p in choice.people if str(p.pk) == choice.person), None)
    if person is None or person in choice.proposal.people or not reading.rights.teach_people:
        return person
    if crediting.teach_person(person, credit.name, user=user, at=at):
        reading.said.append(_learned(credit.name, person))
    return person


def _learned(name: str, whose: object) -> str:
    return _("“%(name)s” is remembered as another name of %(whose)s.") % {
        "name": name,
        "whose": whose,
    }


# Into the rows of a form that is not saved yet


@dataclass(frozen=True)
class Placed:
    """A credit and the row it goes into; None is a new one."""

    number: int | None
    values: dict[str, str]
    person: Person | None
    unit: Unit | None


def place(data: Mapping[str, Any], entries: Iterable[Entry]) -> list[Placed]:
    """Find the row of each credit: one that prints the same is linked, the others are new."""
    total = min(whole_number(str(data.get("credits-TOTAL_FORMS", ""))) or 0, typed.MAX_ROWS)
    rows = {
        number: row
        for number in range(total)
        if not (row := _row(data, number)).get("DELETE")
        and any(row[name] for name in ("name", "unit_name", "person", "unit"))
    }
    position = 1 + max((whole_number(row["position"]) or 0 for row in rows.values()), default=-1)
    names = typed.names(rows.values())
    placed = []
    for entry in entries:
        number = next((n for n, row in rows.items() if _is_same(entry, row, names)), None)
        row = rows.pop(number) if number is not None else {}
        values = {
            "role": entry.role,
            "name": row.get("name") or entry.name,
            "unit_name": row.get("unit_name") or entry.unit_name,
            "stage": entry.stage,
            "note": row.get("note") or entry.note,
            "person": str(entry.person.pk) if entry.person else row.get("person", ""),
            "unit": str(entry.unit.pk) if entry.unit else row.get("unit", ""),
            "position": row.get("position") or str(position),
        }
        position += number is None
        placed.append(Placed(number, values, entry.person, entry.unit))
    return placed


def _row(data: Mapping[str, Any], number: int) -> dict[str, str]:
    names = ("id", *COLUMNS, "DELETE")
    return {name: str(data.get(f"credits-{number}-{name}", "")).strip() for name in names}


def _is_same(entry: Entry, row: Mapping[str, str], names: Mapping[str, Mapping[str, str]]) -> bool:
    name = row["name"] or names["person"].get(row["person"], "")
    unit_name = row["unit_name"] or names["unit"].get(row["unit"], "")
    return entry.is_of(row["role"], name=name, unit_name=unit_name, stage=row["stage"])


def filled(fields: typed.Typed, placed: Iterable[Placed]) -> typed.Typed:
    """Write credits into the fields of a form as it was typed."""
    fields = dict(fields)
    total = min(whole_number(fields.get("credits-TOTAL_FORMS", "")) or 0, typed.MAX_ROWS)
    for credit in placed:
        number = credit.number
        if number is None:
            number, total = total, total + 1
        fields |= {f"credits-{number}-{name}": text for name, text in credit.values.items()}
    return fields | {"credits-TOTAL_FORMS": str(total)}


# The form without a script: it comes again, with all that was typed and what was proposed


def is_asked(request: DeskRequest) -> bool:
    return request.method == "POST" and (READ in request.POST or TAKE in request.POST)


class Answer(NamedTuple):
    reading: Reading
    draft: PersonalDraft


def answer(request: DeskRequest, article: Article | None) -> Answer:
    """Read or take the line, and give the form as it was typed with the rows that it became."""
    reading, placed = _answered(request)
    fields = filled(typed.fields(request.POST), placed)
    seen = whole_number(request.POST.get("seen_version", "")) or 0
    draft = PersonalDraft(
        user=request.user,
        article=article,
        token=request.POST.get("draft_token", "")[:40],
        version_number=seen,
        fields=fields,
    )
    if request.FILES:
        reading.said.append(_("Please choose the files again; a form does not keep them."))
    return Answer(reading, draft)


def _answered(request: DeskRequest) -> tuple[Reading, list[Placed]]:
    reading = read(request.POST, Rights.of(request))
    if TAKE not in request.POST or reading.problem:
        return reading, []
    if reading.is_new:
        reading.problem = _("The line was changed. Please look at what it says now.")
        return reading, []
    try:
        with transaction.atomic():
            entries = take(reading, request)
    except NotAllowed as refused:
        reading.problem = str(refused)
        return reading, []
    if not entries:
        reading.problem = _("Nothing was ticked.")
    else:
        reading.said.insert(
            0,
            ngettext(
                "%(number)d credit is in the rows below. Save the article to keep it.",
                "%(number)d credits are in the rows below. Save the article to keep them.",
                len(entries),
            )
            % {"number": len(entries)},
        )
    return reading, place(request.POST, entries)


# The same with a script: the form stays as it is


@require_POST
def credit_line(request):
    """Answer the form's script with the proposal as markup, and with the rows to fill."""
    reason = pages.refusal_to_write(request, pages.asked(request))
    if reason:
        return JsonResponse({"reason": reason}, status=403)
    reading, placed = _answered(request)
    template = "admin/articles/article/credit_proposal.html"
    people: Any = admin.site.get_model_admin(Person)
    return JsonResponse(
        {
            "html": render_to_string(template, {"reading": reading}, request=request),
            "rows": [
                {
                    "number": credit.number,
                    "values": credit.values,
                    "person": people.choice_text(credit.person) if credit.person else "",
                    "unit": str(credit.unit) if credit.unit else "",
                }
                for credit in placed
            ],
        }
    )


PAGES = (Page("credit-line/", credit_line, "articles_article_credit_line"),)
