"""Read a credit line: who is credited with what, and what else the line says."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from articles.credits.folding import fold, key_of, read
from articles.credits.items import Item, Kind
from articles.credits.joining import MARKS, is_mark, join_labels, next_mark, previous_mark
from articles.credits.lexicon import (
    DATELINE,
    NOT_IN_UNITS,
    PICTURES,
    STATUS,
    Duty,
    Label,
    label_of,
)
from articles.credits.reading import Reader
from articles.credits.roles import Parsed, ParsedCredit, Role, Stage
from articles.text.hanzi import match_key

AUTHOR = label_of(Role.AUTHOR)
CONTRIBUTING_UNIT = label_of(Role.CONTRIBUTING_UNIT)

_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
_BLANK = frozenset(" ")
_LONG_WORDS = 5
_LONGEST_REMARK = 12  # in items
_LONGEST_UNIT = 30


def parse(
    line: str, *, units: AbstractSet[str] = frozenset(), people: AbstractSet[str] = frozenset()
) -> Parsed:
    """Read who is credited with what. Whatever is not understood is left in `rest`.

    Nothing is made up: every name and unit stands in the line, blanks and look-alikes aside.
    `units` and `people` are the names that the site knows, by their `match_key`.
    """
    reader = Reader(read(line), units=units, people=people)
    return _Assembler(join_labels(reader.items()), reader).result()


def unread(line: str, parsed: Parsed) -> list[tuple[str, bool]]:
    """Cut a line into what was understood and, marked true, what was left in the rest.

    Marks that only divide a line count as understood.
    """
    text = fold(line)
    is_unread = [False] * len(text)
    for word in parsed.rest.split():
        at = text.find(word) if any(char.isalnum() for char in word) else -1
        while at >= 0 and is_unread[at]:
            at = text.find(word, at + len(word))
        if at >= 0:
            is_unread[at : at + len(word)] = [True] * len(word)
    pieces: list[tuple[str, bool]] = []
    for char, unknown in zip(text, is_unread, strict=True):
        if pieces and pieces[-1][1] == unknown:
            pieces[-1] = (pieces[-1][0] + char, unknown)
        else:
            pieces.append((char, unknown))
    return pieces


# --- People -----------------------------------------------------------------------------------


@dataclass
class _Person:
    name: str | None
    unit: str | None
    notes: list[str] = field(default_factory=list)
    title: Label | None = None
    sure: bool = True
    latin: bool = False
    stage: Stage | None = None
    """Which stage of the label's work was this person's: 审核：林晓（初审）."""


@dataclass
class _Group:
    label: Label
    people: list[_Person] = field(default_factory=list)
    marked: bool = True


class _Assembler:
    """Goes through the items once, holding the people and the label it is at."""

    def __init__(self, items: list[Item], reader: Reader) -> None:
        self.items = items
        self.reader = reader
        self.groups: list[_Group] = []
        self.rest: list[str] = []
        self.ends_in_label = self._segment_ends()
        self.dateline = self._is_dateline()
        self.only_bracket = self._is_one_bracket()
        self.skipping = False
        self.everywhere: str | None = None  # a unit before all labels
        self.fallback: Label | None = None
        self.pictures: Label | None = None
        self._begin()

    def _begin(self) -> None:
        self.group: _Group | None = None
        self.waiting: list[_Person] = []  # people whose label may still come
        self.latest: _Person | None = None
        self._new_unit(None)
        self._new_title(None)

    def _new_unit(self, unit: str | None) -> None:
        self.unit, self.unit_is_used = unit, unit is None

    def _new_title(self, title: Item | None) -> None:
        self.title, self.title_is_used = title, title is None

    def _segment_ends(self) -> list[bool]:
        """Say for each item whether its stretch of the line ends in a label: 林晓 文 周远 图."""
        ends, decided = [False] * len(self.items), None
        label_follows = False
        for at in range(len(self.items) - 1, -1, -1):
            item = self.items[at]
            if is_mark(item, frozenset(";。\n—()[].")) or (
                item.kind in (Kind.LABEL, Kind.TITLE, Kind.NO_CREDIT)
                and next_mark(self.items, at) == ":"
            ):
                decided = None
            elif decided is None and item.kind in (Kind.LABEL, Kind.NAME, Kind.UNIT):
                decided = item.kind is Kind.LABEL
            if item.kind is Kind.LABEL and label_follows:
                decided = True
            if item.kind is not Kind.SEPARATOR:
                label_follows = item.kind is Kind.LABEL
            ends[at] = bool(decided)
        return ends

    def _is_dateline(self) -> bool:
        """Say whether the line begins 本报讯, before who reports."""
        first = self.items[0] if self.items else None
        return bool(first and first.kind is Kind.NOBODY and DATELINE.fullmatch(key_of(first.text)))

    def _is_one_bracket(self) -> bool:
        marks = [item for item in self.items if not is_mark(item, frozenset(" \n"))]
        marks = marks[1:] if self.dateline else marks
        return (
            len(marks) > 2
            and is_mark(marks[0], _OPENING)
            and is_mark(marks[-1], _CLOSING)
            and not any(is_mark(item, _OPENING) for item in marks[1:-1])
        )

    # Going through -----------------------------------------------------------------------

    def result(self) -> Parsed:
        at = 0
        while at < len(self.items):
            item = self.items[at]
            if self.skipping and not self._ends_skipping(at):
                self._leave(item.text)
            elif item.kind is Kind.SEPARATOR and item.text in _OPENING:
                at = self._open(at)
            else:
                self._take(item, at)
            at += 1
        self._end_segment()
        return Parsed(tuple(self._credits()), " ".join("".join(self.rest).split()))

    def _ends_skipping(self, at: int) -> bool:
        item = self.items[at]
        labelled = item.kind in (Kind.LABEL, Kind.TITLE, Kind.NO_CREDIT)
        if is_mark(item, frozenset("\n;。")) or (
            labelled and (next_mark(self.items, at) in MARKS)
        ):
            self.skipping = False
        return not self.skipping

    def _take(self, item: Item, at: int) -> None:
        match item.kind:
            case Kind.SEPARATOR:
                self._separator(item.text, at)
            case Kind.LABEL:
                self._label(item, at)
            case Kind.TITLE:
                self._take_title(item, at)
            case Kind.UNIT:
                self._take_unit(item, at)
            case Kind.NAME:
                self._take_name(item)
            case Kind.NOTE:
                self._remark(item)
            case Kind.NO_CREDIT if next_mark(self.items, at) == ":":
                self._end_segment()
                self._leave(item.text)
                self.skipping = True
            case Kind.NO_CREDIT if self.unit and not self.unit_is_used:
                self._leave(f" {self.unit} {item.text} ")
                self._new_unit(None)
            case Kind.NOBODY:
                self._leave(f" {item.text} ")
            case _:
                self._unknown(item)

    def _leave(self, text: str) -> None:
        self.rest.append(text)

    def _leave_out(self, people: list[_Person]) -> None:
        for person in people:
            self._leave(f" {person.unit or ''} {person.name or ''} ")

    def _separator(self, mark: str, at: int) -> None:
        if mark in "、,&+":
            self._stand_alone()
        elif mark == ":":
            begins = self.group is None and not self.waiting and not self.ends_in_label[at]
            if self.unit and not self.unit_is_used and begins:
                self._open_group(AUTHOR, marked=True)
        elif mark == "\n":
            if self._goes_on(at):
                return
            if self._heads_the_labels(at):
                self._cover_everyone()
            if self.group is None or self.group.people or self.unit:
                self._end_segment()
        elif mark == "—" and self.unit and not self.unit_is_used and self._name_follows(at):
            return  # 化学学院—林晓然
        elif mark in "—;." and self.group and not self.group.people and not self.unit:
            return  # 文字——林晓然, 文字；林晓然
        elif mark in ";。—.":
            fallback = self.group.label if mark == ";" and self.group else None
            self._end_segment()
            self.fallback = fallback
        elif mark in _CLOSING:
            self._end_segment()
        elif mark not in ' /|·-~“”"':
            self._leave(mark)

    def _heads_the_labels(self, at: int) -> bool:
        """Say whether a unit stands on a line of its own above the first label."""
        if at > _LONGEST_REMARK:
            return False
        above = [item for item in self.items[:at] if not is_mark(item, frozenset(" \n[]"))]
        following = [item for item in self.items[at + 1 : at + 2] if item.kind is Kind.LABEL]
        return len(above) == 1 and above[0].kind is Kind.UNIT and bool(following)

    def _cover_everyone(self) -> None:
        """Let a unit that stands before all labels count for everyone after it."""
        if self.unit and not self.unit_is_used and self.group is None and not self.waiting:
            self.everywhere, self.unit_is_used = self.unit, True

    def _goes_on(self, at: int) -> bool:
        """Say whether the next line has nothing but more people of the label before."""
        if not (self.group and self.group.marked and self.group.people):
            return False
        named = False
        for item in self.items[at + 1 : at + _LONGEST_REMARK]:
            if is_mark(item, frozenset("\n")):
                return named
            if item.kind is Kind.NAME and item.sure:
                named = True
            elif not is_mark(item, frozenset(" 、,")):
                return False
        return False

    def _open(self, at: int) -> int:
        """Enter a bracket, or read it at once if it only says more about a person."""
        end = next(
            (
                number
                for number in range(at + 1, min(at + _LONGEST_REMARK, len(self.items)))
                if is_mark(self.items[number], _CLOSING | _OPENING)
            ),
            None,
        )
        alone = end is not None and end == at + 2 and self.items[at + 1].label
        if alone and self.items[at].text == "[" and self.items[at + 1].kind is Kind.LABEL:
            # 【文字】林晓 is another way to write 文字：林晓.
            self._end_segment()
            self._open_group(alone, marked=True)
            return at + 2
        if end and self.group and not self.group.people and next_mark(self.items, end) == ":":
            # 审核（初审）：林晓, 供稿（学生）：林晓.
            said = self.items[at + 1 : end]
            labels = [item for item in said if item.kind is Kind.LABEL]
            if stage := self._stage_of(labels):
                self.group.label = self.group.label.at_stage(stage)
            elif len(said) == 1 and said[0].kind is Kind.LABEL and said[0].label:
                self.group.label += said[0].label
            return end
        person = self.latest
        if person and end and is_mark(self.items[end], _CLOSING):
            inside = self.items[at + 1 : end]
            if {item.kind for item in inside} >= {Kind.TITLE, Kind.NAME}:
                # 编辑：林晓（实习生：周远） names somebody else.
                self._end_segment()
                return at
            labels = [item for item in inside if item.kind is Kind.LABEL]
            if len(inside) == 1 and (stage := self._stage_of(labels)):
                person.stage = stage
                return end
            if not [label for label in labels if not PICTURES.fullmatch(key_of(label.text))]:
                self._say_of(person, "".join(item.text for item in inside))
                return end
            if len(inside) == 1 and self.waiting and not self.group:
                self._label_people(labels[0])
                return end
        if end and self.unit and not self.unit_is_used and self._is_one_unit(at + 1, end):
            # A unit may have its own part in brackets: 宣传部（新闻中心） 林晓.
            self.unit += "".join(item.text for item in self.items[at : end + 1])
            return end
        self._cover_everyone()
        begun = self.group is not None and not self.group.people
        if not begun and self.title_is_used:
            self._end_segment()
        return at

    def _stage_of(self, labels: list[Item]) -> Stage | None:
        """Give the stage that a label in brackets names of the work the group does."""
        if len(labels) != 1 or not labels[0].label or not self.group:
            return None
        roles = {duty.role for duty in self.group.label.duties}
        stages = {duty.stage for duty in labels[0].label.duties if duty.role in roles}
        return stages.pop() if len(stages) == 1 else None

    def _is_one_unit(self, start: int, end: int) -> bool:
        return end - start == 1 and self.items[start].kind is Kind.UNIT

    def _say_of(self, person: _Person, remark: str) -> None:
        unit, note = self.reader.unit_and_note(remark)
        if unit and person.name:
            person.unit = unit
        elif unit:
            note = unit
        if note:
            person.notes.append(note)

    # Labels ------------------------------------------------------------------------------

    def _label(self, item: Item, at: int) -> None:
        assert item.label
        if self._is_behind_people(item, at):
            self._label_people(item)
            return
        follows = next_mark(self.items, at)
        if item.unit and self.group and not self.group.people:
            # 来源：宣传部审核：林晓. What is stuck to a label may answer the one before.
            self._take_unit(Item(Kind.UNIT, item.unit), at)
            self._label(replace(item, unit=None), at)
            return
        self._cover_everyone()
        self._end_segment()
        if not item.label.duties and self.pictures:
            return
        self._open_group(item.label, marked=follows in MARKS or item.latin)
        self._new_unit(item.unit)
        if any(duty.role is Role.PHOTOGRAPHER for duty in item.label.duties):
            self.pictures = item.label

    def _is_behind_people(self, item: Item, at: int) -> bool:
        follows, precedes = next_mark(self.items, at), previous_mark(self.items, at)
        if item.trailing:
            return not (self.group and self.group.people and follows in MARKS)
        before = self.items[at - 1] if at else None
        glued = before is not None and before.kind in (Kind.NAME, Kind.UNIT) and not item.latin
        if follows == ":" or item.latin:
            return False
        people = bool(self.waiting) or bool(self.unit and not self.unit_is_used)
        if glued:
            return people
        if self.group is not None or not people:
            return False
        if precedes in ("/", "|"):
            # 记者林晓/摄影周远: the label is stuck to the name that it is before.
            after = self.items[at + 1 : at + 2]
            stuck = len(item.text) > 1 and after and after[0].kind is Kind.NAME
            if is_mark(self.items[at - 1], _BLANK) and not self.ends_in_label[at]:
                return False  # 记者 林晓 / 编辑 周远
            return not stuck or next_mark(self.items, at + 1) in ("/", "|")
        if follows in ("/", "|"):
            return self.ends_in_label[at] and bool(self.waiting)
        return self.ends_in_label[at]

    def _label_people(self, item: Item) -> None:
        assert item.label
        label = item.label
        self._stand_alone()
        if not label.duties:
            self._provided(label.note or item.text)
            return
        if self.waiting:
            glued = item.trailing or len(item.text) > 1
            self.groups.append(_Group(label, self.waiting, marked=glued))
            self.fallback = None
            self._begin()
        elif self.group and self.group.people and label.duties[0].note:
            self.group.people[-1].notes.append(label.duties[0].note)

    def _provided(self, note: str) -> None:
        people = self.group.people if self.group else self.waiting
        for person in people:
            person.notes.append(note)
        if not self.group and self.pictures and people:
            self.groups.append(_Group(self.pictures, people))
            self._begin()

    def _open_group(self, label: Label, *, marked: bool) -> None:
        self.fallback = None
        self.group = _Group(label, marked=marked)
        self.groups.append(self.group)

    # People ------------------------------------------------------------------------------

    def _add(self, person: _Person) -> None:
        (self.group.people if self.group else self.waiting).append(person)
        self.latest = person

    def _take_name(self, item: Item) -> None:
        person = _Person(item.text, item.unit or self.unit, sure=item.sure, latin=item.latin)
        if person.unit is None:
            person.unit = self.everywhere
        if self.title:
            person.title = self.title.label
            person.notes.append(self.title.note or self.title.text)
            self.title_is_used = True
            if self.title.label is None:
                self._new_title(None)
        if item.note:
            person.notes.append(item.note)
        self.unit_is_used = True
        self._add(person)

    def _take_title(self, item: Item, at: int) -> None:
        if self.unit_is_used:
            self._new_unit(None)
        if item.label and next_mark(self.items, at) == ":":
            self._cover_everyone()
            self._stand_alone()
            self._end_segment()
        elif item.label and self.group and self.group.people:
            written = {Role.AUTHOR, Role.PHOTOGRAPHER, Role.VIDEOGRAPHER}
            if not written & {duty.role for duty in self.group.label.duties}:
                unit = self.unit
                self._new_unit(None)
                self._end_segment()
                self._new_unit(unit)
        self._new_title(item)

    def _take_unit(self, item: Item, at: int) -> None:
        before = previous_mark(self.items, at)
        latest = self.latest
        if item.latin and latest and latest.latin and latest.name and before in tuple(",/|-"):
            latest.unit = item.text
            return
        text = item.text
        if self.unit and not self.unit_is_used:
            if before == "" and self._is_part(self.unit) and self._name_follows(at):
                text = self.unit + text
            else:
                self._stand_alone()
        if self.title_is_used:
            self._new_title(None)
        self._new_unit(text)
        if self.group and self._wants_unit(self.group):
            self._stand_alone()
            roles = {duty.role for duty in self.group.label.duties}
            goes_on = next_mark(self.items, at) == "、" or self._unit_follows(at)
            if roles == {Role.SOURCE} and not goes_on:
                self.group = None

    def _is_part(self, unit: str) -> bool:
        return key_of(unit).endswith(("学院", "大学", "系", "书院", "医院", "研究院", "学校"))

    def _unit_follows(self, at: int) -> bool:
        """Say whether the next thing is a unit that nobody is named of."""
        following = [item for item in self.items[at + 1 : at + 6] if not is_mark(item, _BLANK)]
        kinds = [item.kind for item in following[:2]]
        return kinds[:1] == [Kind.UNIT] and Kind.NAME not in kinds

    def _name_follows(self, at: int) -> bool:
        following = [item.kind for item in self.items[at + 1 : at + 3]]
        return following == [Kind.SEPARATOR, Kind.NAME] or following[:1] == [Kind.NAME]

    def _wants_unit(self, group: _Group) -> bool:
        roles = {duty.role for duty in group.label.duties}
        return bool(roles & {Role.SOURCE, Role.CONTRIBUTING_UNIT})

    def _stand_alone(self) -> None:
        """Let a unit that nobody was named for sign for itself."""
        if self.unit and not self.unit_is_used:
            unit, title = self.unit, self.title
            self._new_unit(None)
            told = title and (title.label is None or STATUS.match(key_of(title.text)))
            if title and told and not self.title_is_used:
                # 化学学院教授 behind a name says who that was.
                self._new_title(None)
                if self.latest and self.latest.unit is None:
                    self.latest.unit = unit
                    self.latest.notes.append(title.text)
                else:
                    self._leave(f" {unit}{title.text} ")
                return
            self._add(_Person(None, unit, [title.text] if title else []))

    def _remark(self, item: Item) -> None:
        if self.latest and item.unit:
            self.latest.unit = item.unit
        elif self.latest and item.label and not self.group and not self.latest.title:
            self.latest.title = item.label
            self.latest.notes.append(item.text)
        elif self.latest:
            self.latest.notes.append(item.note or item.text)

    def _unknown(self, item: Item) -> None:
        awaited = (
            self.group
            and self._wants_unit(self.group)
            and not self.group.people
            and not NOT_IN_UNITS.search(key_of(item.text))
        )
        if awaited and len(item.text) <= _LONGEST_UNIT:
            self._add(_Person(None, item.text))
            self.group = None
            return
        if len(item.text) < _LONG_WORDS:
            self._leave(f" {item.text} ")
            return
        # We are reading a sentence: only what is certainly a name stays.
        labelled = self.group is not None and self.group.marked
        for people in (self.waiting, self.group.people if self.group else []):
            left = [p for p in people if not (p.sure or (labelled and p.name and p.unit))]
            self._leave_out(left)
            people[:] = [person for person in people if person not in left]
        self._leave(f" {item.text} ")
        self._end_segment()

    # Endings -----------------------------------------------------------------------------

    def _end_segment(self) -> None:
        self._stand_alone()
        if self.title and not self.title_is_used:
            self._leave(f" {self.title.text} ")
        waiting, fallback = self.waiting, self.fallback
        self.fallback = None
        self._begin()
        for person in waiting:
            label = person.title if person.name else None
            if label is None and fallback and (person.sure or not person.name):
                label = fallback
            if label is None:
                label = self._implied(person)
            if label:
                self.groups.append(_Group(label, [person]))
            else:
                self._leave(" " + " ".join(filter(None, (person.unit, person.name))) + " ")

    def _implied(self, person: _Person) -> Label | None:
        """Tell what someone did whom no label names."""
        if person.name is None:
            alone = all(group.label is CONTRIBUTING_UNIT for group in self.groups)
            return CONTRIBUTING_UNIT if self.only_bracket and alone else None
        known = match_key(person.name) in self.reader.people
        student = any(STATUS.fullmatch(key_of(note)) for note in person.notes)
        told = person.unit or self.dateline or student
        if self.only_bracket and (known or (person.sure and told)):
            return AUTHOR
        if person.latin and person.unit and person.sure and not self.groups:
            return AUTHOR
        return None

    def _credits(self) -> list[ParsedCredit]:
        prose = any(
            item.kind is Kind.UNKNOWN and len(item.text) >= _LONG_WORDS for item in self.items
        )
        found = []
        for group in self.groups:
            people = [p for p in group.people if p.sure or (group.marked and p.name) or not prose]
            self._leave_out([person for person in group.people if person not in people])
            for duty in group.label.duties:
                found += [_credit(duty, p) for p in people if _is_meant(duty, p, group)]
        return _settle_stages(list(dict.fromkeys(found)))


def _is_meant(duty: Duty, person: _Person, group: _Group) -> bool:
    """来源单位及审核人：教务处 林晓然 names a source, then a reviewer."""
    roles = {duty.role for duty in group.label.duties}
    if Role.SOURCE not in roles or len(roles) == 1 or not any(p.name for p in group.people):
        return True
    return (person.name is None) == (duty.role is Role.SOURCE)


def _credit(duty: Duty, person: _Person) -> ParsedCredit:
    name, unit = person.name, person.unit
    is_unit = not person.sure or (person.latin and duty.role is Role.SOURCE)
    if name and duty.role in (Role.SOURCE, Role.CONTRIBUTING_UNIT) and is_unit:
        name, unit = None, name
    notes = dict.fromkeys(filter(None, (duty.note, *person.notes)))
    return ParsedCredit(duty.role, name, unit, person.stage or duty.stage, ";".join(notes) or None)


def _settle_stages(credits: list[ParsedCredit]) -> list[ParsedCredit]:
    """A third stage is the final one unless another is called so."""
    ended = {credit.role for credit in credits if credit.stage is Stage.FINAL}
    return [
        replace(credit, stage=Stage.FINAL)
        if credit.stage is Stage.THIRD and credit.role not in ended
        else credit
        for credit in credits
    ]
