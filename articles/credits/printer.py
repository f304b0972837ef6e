"""Print credits as this house writes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from articles.credits import lexicon as lex
from articles.credits.folding import key_of
from articles.credits.roles import ParsedCredit, Role, Stage

HOUSE_WORDS = {
    Role.AUTHOR: "供稿",
    Role.EDITOR: "编辑",
    Role.PHOTOGRAPHER: "图片",
    Role.VIDEOGRAPHER: "视频",
    Role.REVIEWER: "审核",
    Role.PROOFREADER: "校对",
    Role.DESIGNER: "设计",
    Role.ILLUSTRATOR: "插画",
    Role.TRANSLATOR: "翻译",
    Role.PRODUCER: "监制",
    Role.PRESENTER: "主持",
    Role.PUBLISHER: "发布",
    Role.SOURCE: "来源",
    Role.CONTRIBUTING_UNIT: "供稿单位",
    Role.OTHER: "其他",
}
STAGED_WORDS = {
    (Role.REVIEWER, Stage.FIRST): "初审",
    (Role.REVIEWER, Stage.SECOND): "复审",
    (Role.REVIEWER, Stage.THIRD): "三审",
    (Role.REVIEWER, Stage.FINAL): "终审",
    (Role.PROOFREADER, Stage.FIRST): "一校",
    (Role.PROOFREADER, Stage.SECOND): "二校",
    (Role.PROOFREADER, Stage.THIRD): "三校",
    (Role.PROOFREADER, Stage.FINAL): "终校",
}


AFTER_LABEL = ("：", "｜", "/")
BETWEEN = ("　", "；", "\n")
BRACKETS = ("", "（）", "【】")


@dataclass(frozen=True)
class HouseFormat:
    """How a house writes credit lines. Whatever is chosen reads back as the same credits."""

    after_label: str = AFTER_LABEL[0]
    between: str = BETWEEN[0]
    brackets: str = ""
    merges: bool = True
    """Whether roles held by the same people share a label: 供稿/编辑."""
    words: Mapping[Role, str] = field(default_factory=dict)
    order: tuple[Role, ...] = ()
    """Which roles come first; the others follow as they were entered."""

    def word(self, role: Role) -> str:
        return self.words.get(role) or HOUSE_WORDS[role]

    def ordered(self, credits: Iterable[ParsedCredit]) -> list[ParsedCredit]:
        places = {role: place for place, role in enumerate(self.order)}
        return sorted(credits, key=lambda credit: places.get(credit.role, len(places)))


def words_for(role: Role) -> list[str]:
    """Give the words that a house may choose for a role: they say that role and nothing else."""
    words = [HOUSE_WORDS[role], *lex.PLAIN.get(role, "").split()]
    if role is Role.CONTRIBUTING_UNIT:
        words += ["供稿部门", "来稿单位"]
    return [
        word
        for word in dict.fromkeys(words)
        if len(word) > 1 and (label := lex.read_label(word)) and label.duties == (lex.Duty(role),)
    ]


@dataclass(frozen=True)
class _Signature:
    """One person as printed: what comes before the name and what in brackets behind it."""

    name: str | None
    unit: str | None
    title: str | None
    remark: str | None


def print_line(credits: Iterable[ParsedCredit], house: HouseFormat | None = None) -> str:
    """Print one line for all credits, in their order or that of the house.

    `供稿/编辑：宣传部 林晓　图片：周远`: roles held by the same people share a label, and
    reading the line again gives the same credits.
    """
    groups: list[tuple[list[str], list[_Signature]]] = []
    house = house or HouseFormat()
    for word, members in groupby(house.ordered(credits), key=lambda c: _word(c, house)):
        people = [_signature(credit, word) for credit in members]
        if house.merges and groups and groups[-1][1] == people:
            groups[-1][0].append(word)
        else:
            groups.append(([word], people))
    line = house.between.join(
        f"{'/'.join(words)}{house.after_label}{_list(people)}" for words, people in groups
    )
    return f"{house.brackets[:1]}{line}{house.brackets[1:]}" if line else ""


def _word(credit: ParsedCredit, house: HouseFormat) -> str:
    own = (credit.note or "").split(";")[0]
    label = lex.read_label(key_of(own))
    if label and label.duties == (lex.Duty(credit.role, credit.stage, own),):
        return own
    staged = STAGED_WORDS.get((credit.role, credit.stage)) if credit.stage else None
    return staged or house.word(credit.role)


def _signature(credit: ParsedCredit, word: str) -> _Signature:
    notes = [note for note in (credit.note or "").split(";") if note and note != word]
    title = next((note for note in notes if lex.TITLE.fullmatch(key_of(note))), None)
    remark = " ".join(note for note in notes if note != title)
    return _Signature(credit.name, credit.unit, title, remark or None)


def _list(people: Sequence[_Signature]) -> str:
    before = _can_stand_before(people)
    printed: list[str] = []
    latest: tuple[str | None, str | None] = (None, None)
    for person in people:
        belongs = (person.unit, person.title)
        if person.name is None:
            printed.append(person.unit or "")
            latest = (None, None)
        elif before:
            words = belongs if belongs != latest else ()
            printed.append(" ".join(filter(None, (*words, _with(person.name, person.remark)))))
            latest = belongs
        else:
            printed.append(_with(person.name, *belongs, person.remark))
    return "、".join(printed)


def _with(name: str, *remarks: str | None) -> str:
    told = "，".join(filter(None, remarks))
    return f"{name}（{told}）" if told else name


def _can_stand_before(people: Sequence[_Signature]) -> bool:
    """Say whether units and titles before the names cannot be taken for the next person's."""
    named = [person for person in people if person.name]
    if any(person.title for person in named):
        return len({(person.unit, person.title) for person in named}) == 1 and named == people
    latest = False
    for person in people:
        if person.unit and person.unit.isascii():
            return False
        if person.name and latest and not person.unit:
            return False
        latest = bool(person.name and person.unit)
    return True
