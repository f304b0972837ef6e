"""Cut a folded line into items. A run of characters counts only if all of it is understood."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from articles.credits import english
from articles.credits import lexicon as lex
from articles.credits.folding import Line, key_of
from articles.credits.items import Item, Kind
from articles.credits.lexicon import HAN, label_of
from articles.credits.roles import Role
from articles.text.hanzi import match_key

_TOKEN = re.compile(
    rf"""
    (?P<time>[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?)
  | (?P<date>[0-9]{{2,4}}[-./年][0-9]{{1,2}}(?:[-./月][0-9]{{1,2}})?日?(?:第[0-9]{{1,3}}版)?)
  | (?P<day>{english.DATE})
  | (?P<address>[A-Za-z0-9.+_-]{{1,40}}@[A-Za-z0-9.-]{{1,60}}|https?://[!-~]{{1,200}}|www\.[!-~]{{1,200}})
  | 《(?P<quoted>[^《》\n]{{1,40}})》
  | (?P<han>(?:[A-Za-z0-9]{{1,12}}(?=[{HAN}])|“(?=[{HAN}]{{1,12}}”[{HAN}]))?[{HAN}]
      (?:[{HAN}·“”]|(?![0-9]{{4}}[-./年][0-9])[0-9]|[A-Za-z]{{1,12}}(?=[{HAN}])|[-~—](?=[0-9一二三四五六七八九十]))*)
  | (?P<number>[0-9]+(?![A-Za-z]))
  | (?P<latin>{english.RUN.pattern})
  | (?P<newline>\n\s{{0,50}})
  | (?P<blank>[ ]+)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ONE_CHARACTER_LABELS = frozenset("文图摄审编校译")
_GLUED_SOURCE = re.compile(r"据|来自|转自|转载自|选自|摘自|(?:素材|资料|内容)?来源于|综合自?")
_BY_WHOM = re.compile(r"(?P<what>[^由]{1,12}?)(?:均|分别)?由")
_DOTTED_PART = re.compile("[^·]+")
_IS = re.compile("(?:现|均|都)?(?:系|为|是|任)")
_AND = re.compile("[和与]")
_THE_TEXT = ("本文", "全文", "稿件", "本稿", "此文")
_WIRED = re.compile(r"(?:报[道导]|专访|(?:[0-9]{1,2}月)?[0-9]{1,2}日专?电)$")
_LONGEST_CHUNK = 60
_LONGEST_KIND_OF_EDITOR = 6
_UNIT_AND_REMARK = re.compile(
    rf"(?P<unit>[{HAN}]{{2,20}}(?:[院部处系馆室会社]|中心|团委))(?P<remark>[{HAN}]{{1,6}})"
)


@dataclass(frozen=True)
class Token:
    kind: str
    start: int
    end: int
    text: str = field(repr=False, default="")


@dataclass
class Reader:
    line: Line
    units: Collection[str] = ()
    people: Collection[str] = ()
    _unit_lengths: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self._unit_lengths = sorted({len(unit) for unit in self.units}, reverse=True)

    def items(self) -> list[Item]:
        tokens = self._divided(list(self._joined(self._tokens())))
        items: list[Item] = []
        for number, token in enumerate(tokens):
            mark = self._next_mark(tokens, number)
            items += self._read(token, mark)
        return items

    # Tokens ------------------------------------------------------------------------------

    def _tokens(self) -> list[Token]:
        tokens = [
            Token(m.lastgroup or "mark", m.start(), m.end(), m[0])
            for m in _TOKEN.finditer(self.line.printed)
        ]
        for at in range(2, len(tokens) - 2):
            before, token, after = tokens[at - 1 : at + 2]
            if token.text in ("I", "l") and before.kind == after.kind == "blank":
                # A letter that looks like a bar, between a label and its people.
                kinds = tokens[at - 2].kind, tokens[at + 2].kind
                if kinds == ("han", "han"):
                    tokens[at] = Token("mark", token.start, token.end, "|")
        return tokens

    def _joined(self, tokens: list[Token]) -> Iterator[Token]:
        """Join characters that were set apart for looks: 编 辑, 李 静."""
        number = 0
        while number < len(tokens):
            run = [tokens[number]]
            while (
                len(run) < 6
                and self._is_single(run[-1])
                and number + 2 * len(run) < len(tokens)
                and tokens[number + 2 * len(run) - 1].kind == "blank"
                and self._is_single(tokens[number + 2 * len(run)])
            ):
                run.append(tokens[number + 2 * len(run)])
            size = self._padded_word(run)
            word = "".join(token.text for token in run[:size])
            if size > 1:
                yield Token("padded", run[0].start, run[size - 1].end, word)
            else:
                yield run[0]
            number += 2 * size - 1

    def _divided(self, tokens: list[Token]) -> list[Token]:
        """Join names that a blank fell into: 欧阳 晓然, 林 晓然, 林晓 然."""
        joined: list[Token] = []
        for token in tokens:
            before = joined[-2] if len(joined) > 1 and joined[-1].text == " " else None
            if before and token.kind == before.kind == "han" and self._is_divided(before, token):
                joined[-2:] = [Token("padded", before.start, token.end, before.text + token.text)]
            else:
                joined.append(token)
        return joined

    def _is_divided(self, first: Token, second: Token) -> bool:
        one, two = (self.line.key[token.start : token.end] for token in (first, second))
        if not lex.is_strong_name(one + two) or lex.read_label(one) or lex.read_label(two):
            return False
        if one in lex.COMPOUND_SURNAMES:
            return True
        sizes = len(one), len(two)
        return (sizes == (1, 2) and not lex.is_strong_name(two)) or (
            sizes == (2, 1) and two not in lex.SURNAMES
        )

    def _is_single(self, token: Token) -> bool:
        return token.kind == "han" and token.end - token.start == 1

    def _padded_word(self, run: list[Token]) -> int:
        key = "".join(self.line.key[token.start] for token in run)
        if len(run) > 1 and set(key[:2]) <= _ONE_CHARACTER_LABELS:
            return 1
        for size in range(len(run), 1, -1):
            if lex.read_label(key[:size]) or lex.TITLE.fullmatch(key[:size]):
                return size
        if len(run) > 2 and key[0] in _ONE_CHARACTER_LABELS:
            return 1
        return _padded_name(key) or next(
            (size for size in (2, 3) if lex.is_strong_name(key[:size]) and len(run) >= size), 1
        )

    def _next_mark(self, tokens: list[Token], number: int) -> str:
        following = tokens[number + 1 : number + 3]
        if following and following[0].kind == "blank":
            following = following[1:]
        return following[0].text[0] if following and following[0].kind == "mark" else ""

    # Items -------------------------------------------------------------------------------

    def _read(self, token: Token, mark: str) -> list[Item]:
        match token.kind:
            case "blank":
                return [Item(Kind.SEPARATOR, " ")]
            case "newline":
                return [Item(Kind.SEPARATOR, "\n")]
            case "mark":
                return [Item(Kind.SEPARATOR, token.text)]
            case "time" | "date" | "day" | "address" | "number":
                return [Item(Kind.NOBODY, token.text)]
            case "quoted":
                return [Item(Kind.UNIT, token.text.strip("《》"))]
            case "latin":
                if match_key(token.text) in lex.PLACEHOLDERS:
                    return [Item(Kind.NOBODY, token.text)]
                return english.read_run(
                    token.text,
                    mark=mark,
                    known_unit=lambda text: match_key(text) in self.units,
                    known_person=lambda text: match_key(text) in self.people,
                )
            case "padded":
                key = "".join(self.line.key[token.start : token.end].split())
                return self._chunk(token.text, key, mark)
            case _:
                return self._chunk(token.text, self.line.key[token.start : token.end], mark)

    def _chunk(self, text: str, key: str, mark: str) -> list[Item]:
        if mark == ":":
            return self._before_colon(text, key)
        if len(key) > _LONGEST_CHUNK:
            return [Item(Kind.UNKNOWN, text)]
        if key[-1:] in ("“", "”") and key.count("“") != key.count("”"):
            return [*self._chunk(text[:-1], key[:-1], mark), Item(Kind.SEPARATOR, " ")]
        if dotted := self._dotted(text, key):
            return dotted
        if mark in ("/", "|") and (whole := self._whole(text, key, marked=True)):
            return [whole]
        if mark in ("/", "|") and key[3:] in _ONE_CHARACTER_LABELS and lex.is_strong_name(key[:3]):
            # 林晓然图/周远 without a blank.
            name, blank = Item(Kind.NAME, text[:3]), Item(Kind.SEPARATOR, " ")
            return [name, blank, Item(Kind.LABEL, text[3], lex.read_label(key[3]))]
        if mark in ("、", ",", "/", "|") and lex.PICTURES.fullmatch(key):
            return [_pictures(text)]
        found = self._explain(text, key, 3)
        if found is None and lex.is_weak_name(key):
            found = [Item(Kind.NAME, text, sure=False)]
        return [Item(Kind.UNKNOWN, text)] if found is None else found

    def _before_colon(self, text: str, key: str) -> list[Item]:
        """Read a label and whatever is stuck to its front: 林晓文章来源: is two things."""
        if dotted := self._dotted(text, key):
            return dotted
        for at in range(max(0, len(key) - 16), len(key)):
            word, rest = key[at:], key[:at].rstrip("·")
            # One character is a label only behind a full name: 林晓然图:.
            alone = at == 0 or len(word) > 1 or (len(rest) > 2 and lex.is_strong_name(rest))
            alone = alone and (at == 0 or word not in lex.BARE_BODIES)
            label = lex.read_label(word) if alone else None
            if lex.NO_CREDITS.fullmatch(word):
                item = Item(Kind.NO_CREDIT, text[at:])
            elif label:
                item = Item(Kind.LABEL, text[at:], label)
            elif lex.TITLE.fullmatch(word):
                item = _title(text[at:], word)
            elif at == 0 and lex.PICTURES.fullmatch(word):
                item = _pictures(text)
            elif at == 0 and lex.DATELINE.fullmatch(word):
                return [Item(Kind.NOBODY, text)]
            else:
                continue
            if item.kind is Kind.TITLE and rest:
                return [Item(Kind.UNIT, text[:at]), item]
            if together := self._stuck_to(text[: len(rest)], rest, item):
                return together
            break
        if self._is_unit(key):
            return [Item(Kind.UNIT, text)]
        if key.endswith("编辑") and len(key) <= _LONGEST_KIND_OF_EDITOR:
            return [Item(Kind.LABEL, text, label_of(Role.EDITOR, note=text))]
        return [Item(Kind.NO_CREDIT, text)]

    def _stuck_to(self, text: str, key: str, item: Item) -> list[Item]:
        """Read what stands right before a label, or give nothing if it cannot be read."""
        if not key:
            return [item]
        if item.label and item.label.reviews() and self._is_unit(key):
            return [replace(item, unit=text)]
        before = self._chunk(text, key, "")
        if before[-1].kind is Kind.UNKNOWN:
            return []
        return [*before, Item(Kind.SEPARATOR, " "), item]

    def _is_unit(self, key: str) -> bool:
        return match_key(key) in self.units or lex.is_unit(key)

    def _explain(self, text: str, key: str, depth: int) -> list[Item] | None:
        """Read all of a run of characters, or nothing of it."""
        if not key:
            return []
        if whole := self._whole(text, key):
            return [whole]
        if depth == 0:
            return None
        for way in (
            self._by_whom,
            self._glued_source,
            self._known_unit_first,
            self._titled,
            self._label_last,
            self._label_first,
            self._filed_from,
            self._unit_then_name,
            self._position,
            self._status,
            self._student,
            self._two_people,
            self._wired,
        ):
            if (found := way(text, key, depth - 1)) is not None:
                return found
        return None

    def _whole(self, text: str, key: str, *, marked: bool = False) -> Item | None:
        if match_key(key) in self.units:
            return Item(Kind.UNIT, text)
        if match_key(key) in self.people:
            return Item(Kind.NAME, text)
        if key in lex.PLACEHOLDERS or key in lex.PLACES or lex.DATELINE.fullmatch(key):
            return Item(Kind.NOBODY, text)
        label = lex.read_label(key)
        if label and not (key.endswith("组") and not marked):
            return Item(Kind.LABEL, text, label)
        if lex.TITLE.fullmatch(key):
            return _title(text, key)
        if lex.FILED_FROM.fullmatch(key):
            return Item(Kind.NOBODY, text)
        if lex.NO_CREDITS.fullmatch(key):
            return Item(Kind.NO_CREDIT, text)
        if _GLUED_SOURCE.match(key) or _BY_WHOM.match(key):
            return None
        if lex.is_unit(key) and not lex.TITLE.match(key):
            return Item(Kind.UNIT, text)
        if lex.is_strong_name(key) and not lex.COURTESIES.search(key):
            return Item(Kind.NAME, text)
        return None

    def _dotted(self, text: str, key: str) -> list[Item] | None:
        """文·图, 文字·林晓然, 化学学院·林晓然."""
        if "·" not in key:
            return None
        parts = [(m.start(), m.end()) for m in _DOTTED_PART.finditer(key)]
        found = [self._whole(text[start:end], key[start:end]) for start, end in parts[:6]]
        first = found[0]
        if len(parts) not in range(2, 7) or None in found or first is None:
            return None
        labels = all(item and item.kind is Kind.LABEL for item in found)
        if not labels and (first.kind not in (Kind.LABEL, Kind.UNIT) or len(first.text) == 1):
            return None
        dot = Item(Kind.SEPARATOR, "·")
        return [piece for item in found if item for piece in (item, dot)][:-1]

    def _by_whom(self, text: str, key: str, depth: int) -> list[Item] | None:
        """图片由…提供, 其余由…拍摄."""
        if key.startswith("由"):
            return self._explain(text[1:], key[1:], depth)
        found = _BY_WHOM.match(key)
        if not found:
            return None
        what = text[: len(found["what"])]
        at = found.end()
        if found["what"] in _THE_TEXT:
            people = self._explain(text[at:], key[at:], depth)
            return people if people and people[-1].kind is Kind.LABEL else None
        label = lex.read_label(found["what"])
        if label is None and lex.PICTURES.fullmatch(found["what"]):
            label = _pictures(what).label
        people = self._explain(text[at:], key[at:], depth)
        if label is None or people is None:
            return None
        return [Item(Kind.LABEL, what, label), Item(Kind.SEPARATOR, ":"), *people]

    def _glued_source(self, text: str, key: str, depth: int) -> list[Item] | None:
        found = _GLUED_SOURCE.match(key)
        if not found or not self._is_unit(key[found.end() :]):
            return None
        label = label_of(Role.SOURCE)
        return [
            Item(Kind.LABEL, found[0], label),
            Item(Kind.SEPARATOR, ":"),
            Item(Kind.UNIT, text[found.end() :]),
        ]

    def _known_unit_first(self, text: str, key: str, depth: int) -> list[Item] | None:
        for size in self._unit_lengths:
            if size < len(key) and match_key(key[:size]) in self.units:
                rest = self._explain(text[size:], key[size:], depth)
                if rest is not None:
                    return [Item(Kind.UNIT, text[:size]), *rest]
        return None

    def _titled(self, text: str, key: str, depth: int) -> list[Item] | None:
        """大河社记者林晓, 记者林晓东山校园报导."""
        found = lex.TITLE.search(key)
        if not found:
            return None
        people = self._reporters(text[found.end() :], key[found.end() :])
        if people is None:
            return None
        before: list[Item] | None = []
        if outlet := key[: found.start()]:
            before = self._explain(text[: found.start()], outlet, 0)
            if before is None and 2 <= len(outlet) <= 16 and not lex.NOT_IN_UNITS.search(outlet):
                before = [Item(Kind.UNIT, text[: found.start()])]
        if before is None:
            return None
        return [*before, _title(text[found.start() : found.end()], found[0]), *people]

    def _reporters(self, text: str, key: str) -> list[Item] | None:
        if not key:
            return []
        people = self._explain(text, key, 2)
        if people and any(item.kind is not Kind.NOBODY for item in people):
            return people
        if ending := _WIRED.search(key):
            # After the name may stand where it was written: 林晓台北报导.
            for size in (4, 3, 2):
                if ending.start() != size + 1 and lex.is_strong_name(key[:size]):
                    return [Item(Kind.NAME, text[:size]), Item(Kind.NOBODY, text[size:])]
        if people:
            return people
        return [Item(Kind.NAME, text, sure=False)] if lex.is_weak_name(key) else None

    def _label_last(self, text: str, key: str, depth: int) -> list[Item] | None:
        """王晓供图, 计算机学院供稿, 虹影摄影."""
        cuts = [
            (at, label)
            for at in range(max(1, len(key) - 8), len(key))
            if (key[at:] == "摄" or len(key) - at > 1) and (label := lex.read_label(key[at:]))
        ]
        for at, label in cuts:
            before = self._explain(text[:at], key[:at], depth)
            if before and before[-1].kind in (Kind.NAME, Kind.UNIT, Kind.NOBODY):
                return [*before, Item(Kind.LABEL, text[at:], label, trailing=True)]
        for at, label in cuts:
            if lex.is_weak_name(key[:at]):
                name = Item(Kind.NAME, text[:at], sure=False)
                return [name, Item(Kind.LABEL, text[at:], label, trailing=True)]
        return None

    def _label_first(self, text: str, key: str, depth: int) -> list[Item] | None:
        """摄影王晓. One character is a label only before a full name: 图郭晓然."""
        if len(key) == 4 and key[0] in _ONE_CHARACTER_LABELS and lex.is_strong_name(key[1:]):
            label = lex.read_label(key[0])
            return [Item(Kind.LABEL, text[0], label), Item(Kind.NAME, text[1:])]
        for size in range(min(8, len(key) - 2), 1, -1):
            if label := lex.read_label(key[:size]):
                people = self._explain(text[size:], key[size:], depth)
                source = any(duty.role is Role.SOURCE for duty in label.duties)
                kinds = (Kind.UNIT,) if source else (Kind.NAME, Kind.UNIT, Kind.TITLE)
                if people and people[0].kind in kinds:
                    return [Item(Kind.LABEL, text[:size], label), *people]
        return None

    def _filed_from(self, text: str, key: str, depth: int) -> list[Item] | None:
        found = lex.FILED_FROM.search(key)
        if not found or not found.start():
            return None
        return self._explain(text[: found.start()], key[: found.start()], depth)

    def _unit_then_name(self, text: str, key: str, depth: int) -> list[Item] | None:
        for size in (2, 3, 4):
            at = len(key) - size
            if at > 1 and lex.is_unit(key[:at]) and lex.is_strong_name(key[at:]):
                return [Item(Kind.UNIT, text[:at]), Item(Kind.NAME, text[at:])]
        return None

    def _position(self, text: str, key: str, depth: int) -> list[Item] | None:
        """林晓老师, 主任林晓, 宣传部部长 (林晓)."""
        if found := lex.COURTESIES.search(key):
            name = key[: found.start()]
            if len(name) > 1 and lex.is_strong_name(name):
                return [
                    Item(Kind.NAME, text[: found.start()]),
                    Item(Kind.NOTE, text[found.start() :], note=text[found.start() :]),
                ]
        for found in lex.POSITION.finditer(key):
            after = key[found.end() :]
            if (after and not lex.is_strong_name(after)) or lex.NOT_IN_UNITS.search(key):
                continue
            unit, note = self._unit_and_position(text[: found.end()], found.start())
            items = [Item(Kind.UNIT, unit)] if unit else []
            items.append(Item(Kind.TITLE, note, note=note))
            return items + ([Item(Kind.NAME, text[found.end() :])] if after else [])
        return None

    def _unit_and_position(self, text: str, at: int) -> tuple[str | None, str]:
        """宣传部部长 names a unit; 学院院长 does not say which."""
        before = text[:at].rstrip(" ,、")
        if len(before) > 2 and self._is_unit(key_of(before)):
            return before, text[at:]
        return None, text

    def _status(self, text: str, key: str, depth: int) -> list[Item] | None:
        if (being := _IS.match(key)) and self._is_unit(key[being.end() :][:-2]):
            text, key = text[being.end() :], key[being.end() :]
        unit, note = self.unit_and_note(text)
        if not note or not lex.STATUS.fullmatch(key_of(note)) or (unit is None and note != text):
            return None
        label = label_of(Role.AUTHOR) if unit else None
        title = Item(Kind.TITLE, note, label, note=note)
        return [Item(Kind.UNIT, unit), title] if unit else [title]

    def _student(self, text: str, key: str, depth: int) -> list[Item] | None:
        """文学院2031级研究生林晓然."""
        found = lex.STUDENT_THEN_NAME.fullmatch(key)
        if not found or not lex.is_strong_name(found["name"]):
            return None
        at = found.end("who")
        told = self._status(text[:at], key[:at], depth)
        return told and [*told, Item(Kind.NAME, text[at:])]

    def _two_people(self, text: str, key: str, depth: int) -> list[Item] | None:
        """林晓和周远."""
        for found in _AND.finditer(key):
            names = key[: found.start()], key[found.end() :]
            if all(map(lex.is_strong_name, names)):
                return [
                    Item(Kind.NAME, text[: found.start()]),
                    Item(Kind.SEPARATOR, "、"),
                    Item(Kind.NAME, text[found.end() :]),
                ]
        return None

    def _wired(self, text: str, key: str, depth: int) -> list[Item] | None:
        """林晓然台北报道, without the title that stood before somebody else."""
        ending = _WIRED.search(key)
        if ending is None:
            return None
        for size in (3, 2):
            if key[size : ending.start()] in lex.PLACES and lex.is_strong_name(key[:size]):
                return [Item(Kind.NAME, text[:size]), Item(Kind.NOBODY, text[size:])]
        return None

    # What stands in brackets behind a name -------------------------------------------------

    def unit_and_note(self, text: str) -> tuple[str | None, str | None]:
        """Divide 化学学院2021级本科生 into the unit and what else it says of a person."""
        text = text.strip(" ,、;")
        key = key_of(text)
        unit, _, note = text.partition(",")
        if self._is_unit(key_of(unit)) or english.is_unit(unit):
            return unit, note.strip() or None
        for size in self._unit_lengths:
            if match_key(key[:size]) in self.units:
                return text[:size], text[size:].strip(" ,、") or None
        for found in lex.POSITION.finditer(key):
            if found.end() == len(key):
                return self._unit_and_position(text, found.start())
        for end in reversed([m.end() for m in lex.UNIT_END.finditer(key[:_LONGEST_CHUNK])]):
            rest = key[end:].strip(" ,、")
            told = lex.STATUS.match(rest) or lex.TITLE.match(rest)
            if told and end > 2 and lex.is_unit(key[:end]):
                return text[:end], text[end:].strip(" ,、")
        if (remark := _UNIT_AND_REMARK.fullmatch(key)) and lex.is_unit(remark["unit"]):
            return text[: remark.end("unit")], text[remark.end("unit") :]
        return None, text or None


def _padded_name(key: str) -> int:
    """Give the length of the first of the names that a run of single characters divides into."""
    for size in (2, 3):
        rest = key[size:]
        ends = not rest or rest[0] in _ONE_CHARACTER_LABELS
        if len(key) >= size and lex.is_strong_name(key[:size]) and (ends or _padded_name(rest)):
            return size
    return 0


def _title(text: str, key: str) -> Item:
    media = (role for word, role in lex.TITLE_MEDIA.items() if word in key)
    return Item(Kind.TITLE, text, label_of(next(media, Role.AUTHOR)), note=text)


def _pictures(text: str) -> Item:
    return Item(Kind.LABEL, text, label_of(Role.PHOTOGRAPHER, note=text))
