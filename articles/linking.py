"""Whom a credit line may mean: the people and units on file that are called so."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.db.models import Q

from articles import credits
from articles.models import Person, PersonAlias, Unit, UnitName
from articles.text.hanzi import match_key


class Certainty(StrEnum):
    AT_HOME = "at_home"
    """One person of that name, of the unit that the line names."""
    KNOWN = "known"
    """One person of that name."""
    SEVERAL = "several"
    UNKNOWN = "unknown"
    NOBODY = "nobody"
    """The credit names no person, or no unit."""


@dataclass(frozen=True)
class Proposal:
    """A stated credit, with who it may be. Those of the unit that was stated come first."""

    credit: credits.ParsedCredit
    people: tuple[Person, ...]
    units: tuple[Unit, ...]
    person: Person | None
    """Who it is, where only one person fits."""
    certainty: Certainty

    @property
    def unit(self) -> Unit | None:
        return self.units[0] if len(self.units) == 1 else None

    @property
    def unit_certainty(self) -> Certainty:
        if not self.credit.unit:
            return Certainty.NOBODY
        if len(self.units) > 1:
            return Certainty.SEVERAL
        return Certainty.KNOWN if self.units else Certainty.UNKNOWN

    def is_settled(self) -> bool:
        """Say whether nobody has to look at it."""
        open_ends = (Certainty.SEVERAL, Certainty.UNKNOWN)
        return self.certainty not in open_ends and self.unit_certainty not in open_ends


class Names:
    """The people and units on file, as some lines may name them.

    What is on file is read once, however many lines there are. People who are put on file
    meanwhile are to be `learn`ed.
    """

    def __init__(self) -> None:
        self.people: dict[str, list[Person]] = {}
        self.units: dict[str, list[Unit]] = {}
        self.parsed: dict[str, credits.Parsed] = {}

    @cached_property
    def known_units(self) -> set[str]:
        keys = UnitName.objects.order_by().exclude(key="")
        return set(keys.values_list("key", flat=True))

    @cached_property
    def known_people(self) -> set[str]:
        keys = Person.objects.order_by().exclude(key="")
        return set(keys.values_list("key", flat=True))

    def parse(self, line: str) -> credits.Parsed:
        """Read a line, knowing the units and people of the site."""
        if line not in self.parsed:
            self.parsed[line] = credits.parse(
                line, units=self.known_units, people=self.known_people
            )
        return self.parsed[line]

    def read_ahead(self, lines: Iterable[str]) -> None:
        """Find who is meant by many lines, in three queries."""
        self._find(credit for line in lines for credit in self.parse(line).credits)

    def propose(self, stated: Iterable[credits.ParsedCredit]) -> list[Proposal]:
        """Say who may be meant by credits: in three queries, or none that were read ahead."""
        stated = list(stated)
        self._find(stated)
        return [
            _proposal(
                credit,
                self.people.get(match_key(credit.name or ""), []),
                self.units.get(match_key(credit.unit or ""), []),
            )
            for credit in stated
        ]

    def learn(self, person: Person) -> None:
        """Know somebody new from the next line on, as if they had been on file."""
        if person.key not in self.known_people:
            self.known_people.add(person.key)
            self.parsed.clear()
        self._find_people({person.key})
        self.people[person.key].append(person)

    def _find(self, stated: Iterable[credits.ParsedCredit]) -> None:
        stated = list(stated)
        self._find_people({match_key(credit.name) for credit in stated if credit.name})
        units = {match_key(credit.unit) for credit in stated if credit.unit} - self.units.keys()
        if units:
            found = _units(units)
            self.units |= {key: found.get(key, []) for key in units}

    def _find_people(self, keys: set[str]) -> None:
        new = keys - self.people.keys()
        if new:
            found = _people(new)
            self.people |= {key: found.get(key, []) for key in new}


def _proposal(credit: credits.ParsedCredit, homonyms: list[Person], units: list[Unit]) -> Proposal:
    unit = units[0] if len(units) == 1 else None
    at_home = [p for p in homonyms if unit is not None and p.home_unit_id == unit.pk]
    # Whoever is known to be elsewhere may be somebody else of that name.
    possible = [p for p in homonyms if unit is None or p.home_unit_id in {unit.pk, None}]
    fitting = at_home or possible
    person = fitting[0] if len(fitting) == 1 else None
    if not credit.name:
        certainty = Certainty.NOBODY
    elif not homonyms:
        certainty = Certainty.UNKNOWN
    elif person is None:
        certainty = Certainty.SEVERAL
    else:
        certainty = Certainty.AT_HOME if at_home else Certainty.KNOWN
    others = [p for p in homonyms if p not in fitting]
    return Proposal(credit, (*fitting, *others), tuple(units), person, certainty)


def _people(keys: set[str]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    named = Q(key__in=keys) | Q(aliases__key__in=keys)
    people = Person.objects.filter(named).select_related("home_unit").distinct()
    aliases: dict[int, set[str]] = {}
    for alias in PersonAlias.objects.filter(key__in=keys):
        aliases.setdefault(alias.person_id, set()).add(alias.key)
    for person in people if keys else ():
        for key in ({person.key} | aliases.get(person.pk, set())) & keys:
            found.setdefault(key, []).append(person)
    return found


def _units(keys: set[str]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for name in UnitName.objects.filter(key__in=keys).select_related("unit"):
        units = found.setdefault(name.key, [])
        if name.unit not in units:
            units.append(name.unit)
    return found
