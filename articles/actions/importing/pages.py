"""Putting a page that was read elsewhere on file, as a draft in its first version."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from articles import credits, linking
from articles.actions import crediting, writing
from articles.importing import PastedPage, Remark
from articles.models import (
    Article,
    ArticleUnit,
    Credit,
    Part,
    Person,
    Section,
    Unit,
    User,
)
from articles.text import hanzi, richtext

# A unit that these credits name has written; a reviewer's unit has not.
CONTRIBUTORS = {credits.Role.AUTHOR, credits.Role.CONTRIBUTING_UNIT}


class ImportNotPossible(Exception):
    """The page cannot become an article. The text is for the user."""


class Imported(NamedTuple):
    article: Article
    remarks: tuple[Remark, ...]


@transaction.atomic
def import_article(
    page: PastedPage, *, unit: Unit, section: Section, user: User, at: datetime
) -> Imported:
    """Make a draft of a page, with the credits that its credit line states.

    Units and people that the site knows are linked, whatever script their names are in. A
    person nobody knows is created if the whole credit line was understood; where there could
    be two, nobody is linked. The remarks say so, along with what the page was read with;
    what they say of the credit line waits in the queue of doubtful lines.
    """
    try:
        body = richtext.from_plain_text("\n".join(page.paragraphs))
    except richtext.TooMuchMarkup as problem:
        raise ImportNotPossible(str(problem.message)) from problem
    article = Article(
        kicker=page.kicker,
        headline=page.headline,
        subhead=page.subhead,
        body=body,
        section=section,
        unit=unit,
    )
    writing.create(article, author=user, at=at)
    desk = CreditDesk(article, page.credit_line, linking.Names(), line=page.credit_line_at)
    Person.objects.bulk_create(desk.made)
    Credit.objects.bulk_create(desk.credits)
    ArticleUnit.objects.bulk_create(desk.units)
    if desk.doubts:
        doubts = [remark.message for remark in desk.doubts]
        crediting.doubt(article, line=page.credit_line, remarks=doubts, at=at)
    writing.finish_change(article, author=user, at=at, imported=True)
    return Imported(article, tuple(sorted((*page.warnings, *desk.remarks))))


class CreditDesk:
    """Draws up the credits of one article, and remembers what an editor should look at.

    People whom nobody knows are `made`: to be put on file before `credits` and `units` are.
    """

    def __init__(
        self, article: Article, words: str, names: linking.Names, *, line: int = 0
    ) -> None:
        self.names, self.line = names, line
        self.parsed = names.parse(words)
        self.remarks: list[Remark] = []
        self.doubts: list[Remark] = []
        self.made: list[Person] = []
        if self.parsed.rest:
            self._doubt(
                _("This part of the credit line was not understood: %(rest)s")
                % {"rest": self.parsed.rest}
            )
        proposals = names.propose(self.parsed.credits)
        self.credits = [
            self._credit(article, proposal, position)
            for position, proposal in enumerate(proposals)
        ]
        contributing = (c.unit for c in self.credits if c.unit and c.role in CONTRIBUTORS)
        units = dict.fromkeys([article.unit, *contributing])
        self.units = [
            ArticleUnit(
                article=article,
                unit=unit,
                part=Part.CO if position else Part.LEAD,
                position=position,
            )
            for position, unit in enumerate(units)
        ]

    def _credit(self, article: Article, proposal: linking.Proposal, position: int) -> Credit:
        stated, unit = proposal.credit, self._unit(proposal)
        credit = Credit(
            article=article,
            role=stated.role,
            name=stated.name or "",
            person=self._person(proposal) if stated.name else None,
            unit_name=stated.unit or "",
            unit=unit,
            stage=stated.stage or "",
            note=(stated.note or "")[: crediting.LONGEST_NOTE],
            position=position,
        )
        credit.complete()
        return credit

    def _unit(self, proposal: linking.Proposal) -> Unit | None:
        name = {"name": proposal.credit.unit}
        match proposal.unit_certainty:
            case linking.Certainty.UNKNOWN:
                self._doubt(_("The site knows no unit %(name)s.") % name)
            case linking.Certainty.SEVERAL:
                self._doubt(_("Several units are called %(name)s; none was linked.") % name)
        return proposal.unit

    def _person(self, proposal: linking.Proposal) -> Person | None:
        stated, unit = proposal.credit, proposal.unit
        name = {"name": stated.name}
        if person := proposal.person or self._just_made(stated.name or "", unit):
            return person
        if proposal.people:
            self._doubt(
                _("%(name)s could be one of several people or somebody new; nobody was linked.")
                % name
            )
            return None
        if self.parsed.rest or stated.role == credits.Role.SOURCE:
            self._doubt(_("The site knows nobody called %(name)s.") % name)
            return None
        self._remark(_("%(name)s is new among the people.") % name)
        person = crediting.new_person(stated.name or "", unit=unit, note=stated.note or "")
        self.made.append(person)
        self.names.learn(person)
        return person

    def _just_made(self, name: str, unit: Unit | None) -> Person | None:
        key = hanzi.match_key(name)
        fitting = (
            person
            for person in self.made
            if person.key == key and (unit is None or person.home_unit in (unit, None))
        )
        return next(fitting, None)

    def _doubt(self, message: str) -> None:
        self._remark(message)
        remark = Remark(self.line, message)
        if remark not in self.doubts:
            self.doubts.append(remark)

    def _remark(self, message: str) -> None:
        remark = Remark(self.line, message)
        if remark not in self.remarks:
            self.remarks.append(remark)
