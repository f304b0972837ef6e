"""Putting a page that was read elsewhere on file, as a draft in its first version."""

import re
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from articles import credits
from articles.actions import writing
from articles.importing import PastedPage, Remark
from articles.models import (
    Article,
    ArticleUnit,
    Credit,
    Part,
    Person,
    Section,
    Unit,
    UnitName,
    User,
)
from articles.text import hanzi, richtext

# Who signs as one is not listed on public boards.
STUDENT = re.compile("学生|本科生|研究生|硕士生|博士生")
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
    be two, nobody is linked. The remarks say so, along with what the page was read with.
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
    desk = _CreditDesk(article, page)
    desk.enter()
    writing.finish_change(article, author=user, at=at, imported=True)
    return Imported(article, tuple(sorted((*page.warnings, *desk.remarks))))


class _CreditDesk:
    """Enters the credits of one article and remembers what an editor should look at."""

    def __init__(self, article: Article, page: PastedPage) -> None:
        self.article = article
        self.line = page.credit_line_at
        self.parsed = credits.parse(
            page.credit_line,
            units=UnitName.objects.values_list("name", flat=True),
            people=Person.objects.values_list("name", flat=True),
        )
        self.remarks: list[Remark] = []

    def enter(self) -> None:
        if self.parsed.rest:
            self._remark(
                _("This part of the credit line was not understood: %(rest)s")
                % {"rest": self.parsed.rest}
            )
        units = [self.article.unit]
        for position, stated in enumerate(self.parsed.credits):
            unit = self._unit(stated.unit) if stated.unit else None
            Credit.objects.create(
                article=self.article,
                role=stated.role,
                name=stated.name or "",
                person=self._person(stated, unit) if stated.name else None,
                unit_name=stated.unit or "",
                unit=unit,
                stage=stated.stage or "",
                note=(stated.note or "")[:60],
                position=position,
            )
            if unit and stated.role in CONTRIBUTORS and unit not in units:
                units.append(unit)
        for position, unit in enumerate(units):
            ArticleUnit.objects.create(
                article=self.article,
                unit=unit,
                part=Part.CO if position else Part.LEAD,
                position=position,
            )

    def _unit(self, name: str) -> Unit | None:
        found = list(Unit.objects.named(name)[:2])
        if not found:
            self._remark(_("The site knows no unit %(name)s.") % {"name": name})
        elif len(found) > 1:
            self._remark(_("Several units are called %(name)s; none was linked.") % {"name": name})
        return found[0] if len(found) == 1 else None

    def _person(self, stated: credits.ParsedCredit, unit: Unit | None) -> Person | None:
        name = stated.name or ""
        homonyms = list(Person.objects.named(name))
        # Whoever is known to be elsewhere may be somebody else of that name.
        at_home = [p for p in homonyms if unit is None or p.home_unit_id in {unit.pk, None}]
        same_unit = [p for p in at_home if unit is not None and p.home_unit_id == unit.pk]
        fitting = same_unit or at_home
        if len(fitting) == 1:
            return fitting[0]
        if homonyms:
            self._remark(
                _("%(name)s could be one of several people or somebody new; nobody was linked.")
                % {"name": name}
            )
            return None
        if self.parsed.rest or stated.role == credits.Role.SOURCE:
            self._remark(_("The site knows nobody called %(name)s.") % {"name": name})
            return None
        self._remark(_("%(name)s is new and was added to the people.") % {"name": name})
        is_student = bool(STUDENT.search(hanzi.simplified(stated.note or "")))
        return Person.objects.create(name=name, home_unit=unit, is_student=is_student)

    def _remark(self, message: str) -> None:
        remark = Remark(self.line, message)
        if remark not in self.remarks:
            self.remarks.append(remark)
