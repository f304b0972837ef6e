"""English bylines: "Text and photos by", "Photo credit:", "Jane Roe, News Office"."""

import re
from collections.abc import Callable

from articles.credits.items import Item, Kind
from articles.credits.lexicon import PLACEHOLDERS, Duty, Label, any_of, label_of
from articles.credits.roles import Role, Stage

LETTER = r"A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1eff\u0300-\u036f"
_ORDINAL = r"[0-9]{1,2}(?:st|nd|rd|th)\b"
WORD = rf"(?:[A-Z]{{2,6}}/(?=[A-Z]{{2,6}}-))?[{LETTER}][{LETTER}0-9.'’-]*|{_ORDINAL}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
DATE = (
    rf"(?:on[ ])?(?:{_MONTH}[ ][0-9]{{1,2}}(?:st|nd|rd|th)?|[0-9]{{1,2}}[ ]{_MONTH})"
    r"(?:,?[ ]?[0-9]{4})?(?![0-9A-Za-z])"
)
RUN = re.compile(rf"(?:©|{WORD})(?:[ ]{{1,8}}(?!{DATE})(?:&[ ]?)?(?:{WORD}|[0-9]{{4}}\b))*")

Known = Callable[[str], bool]

_WORDS = {
    Role.AUTHOR: "text texts word words story stories article report reporting written author "
    "authors interview interviewed interviews interviewer reporter reporters reported "
    "correspondent correspondents contributed contributor contributors contribution "
    "contributions byline writer writers",
    Role.EDITOR: "edited editor editors editing edit editor-in-chief editors-in-chief compiled",
    Role.PHOTOGRAPHER: "photo photos photograph photographs photography photographer "
    "photographers photographed image images picture pictures pic pics",
    Role.VIDEOGRAPHER: "video videos filmed videographer videographers videography footage film",
    Role.REVIEWER: "reviewed review reviewer reviewers approved approval",
    Role.PROOFREADER: "proofread proofreader proofreaders proofreading copyedited reviser revised",
    Role.TRANSLATOR: "translated translation translator translators",
    Role.ILLUSTRATOR: "illustration illustrations illustrated illustrator illustrators artwork "
    "drawing drawings",
    Role.DESIGNER: "design designed designer designers layout graphic graphics typesetting",
    Role.PRODUCER: "produced producer producers",
    Role.PRESENTER: "presented presenter host hosted narrated narrator narration voice voiceover",
    Role.PUBLISHER: "published publisher posted",
    Role.SOURCE: "source sources reprinted republished reposted",
}
_PHRASES = {
    "photo editor": Role.EDITOR, "picture editor": Role.EDITOR, "copy editor": Role.EDITOR,
    "news editor": Role.EDITOR, "art director": Role.DESIGNER,
    "web editor": Role.EDITOR, "editor in chief": Role.EDITOR,
    "contributing unit": Role.CONTRIBUTING_UNIT,
    "contributing department": Role.CONTRIBUTING_UNIT,
    "photo illustration": Role.ILLUSTRATOR,
    "editorial assistant": Role.EDITOR, "video editor": Role.VIDEOGRAPHER,
}  # fmt: skip
_ROLES = {word: role for role, words in _WORDS.items() for word in words.split()} | _PHRASES
_STAGES = {
    "first": Stage.FIRST, "initial": Stage.FIRST, "second": Stage.SECOND,
    "third": Stage.THIRD, "final": Stage.FINAL,
}  # fmt: skip
_PLAIN_MODIFIERS = (
    "student staff senior chief executive contributing cover lead guest managing deputy copy "
    "associate assistant additional special"
)
_CORE = any_of(_ROLES)
_MODIFIER = any_of([*_STAGES, *_PLAIN_MODIFIERS.split()])
_JOIN = r"(?:[ ]+(?:and[ ]+|&[ ]*)?)"
_LINK = (
    r"(?:from[ ]+(?:the[ ]+)?[A-Z][a-z]{1,12}[ ]+|was[ ]+|were[ ]+)?by"
    r"|courtesy(?:[ ]+of)?|credits?"
    r"|(?:provided|supplied|taken|shot|submitted)[ ]+by|from|to[ ]+this[ ]+\w{1,12}"
)
_LABEL = re.compile(
    rf"(?<![{LETTER}'’-])(?:(?P<trailing>contributed[ ]+reporting)"
    rf"|(?P<mods>(?:{_MODIFIER}[ ]+){{0,2}})"
    rf"(?P<cores>{_CORE}(?:{_JOIN}{_CORE}){{0,3}})(?![{LETTER}'’-])(?:[ ]+(?P<link>{_LINK}))?"
    r"|(?P<by>(?<!ed[ ])by|as[ ]told[ ]to|courtesy[ ]+of)"
    r"|(?P<marked>(?:photo[ ]+)?(?:courtesy|credits?)$)"
    rf"|(?P<copy>©)(?:[ ]*[0-9]{{4}})?)(?![{LETTER}'’-])",
    re.IGNORECASE,
)

_UNIT_WORDS = re.compile(
    r"\b(?:university|office|school|department|college|team|press|cent(?:er|re)|institute|"
    r"magazine|associations?|associates|news|committee|library|society|army|navy|studios?|agency|"
    r"inc|ltd|corps|union|faculty|group|company|services?|academy|hospital|bureau|division|"
    r"museum|foundation|council|laboratory|lab|times|post|daily|journal|weekly|club|network|"
    r"communications|affairs|relations|media|images|ministry|board|reuters|xinhua|afp|getty|"
    r"nasa|unsplash|istock|shutterstock|newsroom|photos)\b",
    re.IGNORECASE,
)
_BRAND = re.compile(r"i[A-Z]")
_ACRONYM = re.compile(r"[A-Z]{2,6}(?:/[A-Z]{2,6}-[A-Za-z]+)?")
_HONORIFIC = re.compile(
    r"(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sgt|Lt|Col|Capt|Cpl|Maj|Gen|Pfc|Spc|Sir)\.?[ ]+"
    r"(?:(?:1st|2nd|3rd)[ ]+(?:Class|Lt\.?)[ ]+)?"
)
_TITLE = re.compile(
    r"(?:(?:student|staff|contributing|special)[ ]+)?"
    r"(?:reporter|correspondent|writer|editor|photographer|intern)[ ]+",
    re.IGNORECASE,
)
_PARTICLE = r"(?:de|da|do|dos|del|della|di|van|von|der|den|la|le|bin|ibn|al|el|y|ter|ten|zu)"
_CAPITALISED = rf"(?:(?:d'|O'|al-|el-)?[{LETTER}][{LETTER}.'’-]*)"
_NAME = re.compile(rf"{_CAPITALISED}(?:[ ]+(?:{_PARTICLE}|{_CAPITALISED})){{0,5}}")
_LAST_DOT = re.compile(r"(?<![ .][A-Za-z])(?<!Jr)(?<!Sr)(?<!Inc)(?<!Ltd)(?<!Co)\.$")
_AMPERSAND = re.compile(
    rf"{_CAPITALISED}(?:[ ]+{_CAPITALISED})+[ ]*&[ ]*{_CAPITALISED}(?:[ ]+{_CAPITALISED})+[ ]*"
)
_DEGREE = re.compile(r"Ph\.?D\.?|M\.?D\.?|M\.?A\.?|M\.?Sc\.?|B\.?A\.?|Jr\.?|Sr\.?")
_JOB = re.compile(
    r"(?:(?:student|staff|contributing|special|senior|campus)[ ]+){0,2}"
    r"(?:reporter|correspondent|writer|photographer|intern)",
    re.IGNORECASE,
)
_NOBODY = {"staff", "staff report", "staff reports", "staff writers"}
_TITLED = re.compile(r"reporters?|correspondents?|interview(?:ed|s)?|contributed")

# What stands before a colon and asks for no credit.
_LONGEST_OTHER_LABEL = 40
_OTHER_LABEL = re.compile(
    rf"(?:{WORD}[ ])?(?:contacts?|inquiries|enquiries|e-?mail|tel|telephone|phone|tags?|keywords|"
    r"date|views|hits|category|qq|wechat|updated|time|copyright|follow|subscribe)$"
    rf"|(?<=[a-z]\.[ ])(?!{_CORE}$)[{LETTER}]+$",
    re.IGNORECASE,
)
# Words Ana Poe Photos Lee Kim
_UNLINKED = re.compile(
    rf"(?:(?:{_CORE})(?:[ ]+(?!{_CORE}\b){_CAPITALISED}){{2,3}}(?:[ ]+|$)){{2,4}}",
    re.IGNORECASE,
)


def read_run(run: str, *, mark: str, known_unit: Known, known_person: Known) -> list[Item]:
    """Read words between two marks; `mark` is the one that follows."""
    if mark == ":" and (other := _OTHER_LABEL.search(run[-_LONGEST_OTHER_LABEL:])):
        before = run[: -len(other[0])].rstrip()
        items = read_run(before, mark=".", known_unit=known_unit, known_person=known_person)
        return [*items, Item(Kind.NO_CREDIT, other[0], latin=True)]
    items = []
    at = 0
    unlinked = bool(_UNLINKED.fullmatch(run))
    for found in _LABEL.finditer(run):
        last = mark in tuple(":/|-—") and not run[found.end() :].strip()
        label = _label(found, last=last or unlinked)
        if label is None:
            continue
        items += _people(run[at : found.start()], known_unit, known_person)
        link = (found["link"] or "").lower()
        trailing = bool(found["trailing"]) or link.startswith("to")
        items.append(Item(Kind.LABEL, found[0], label, latin=True, trailing=trailing))
        at = found.end()
    if mark == ":" and not items:
        return [Item(Kind.NO_CREDIT, run, latin=True)]
    return items + _people(run[at:], known_unit, known_person)


def _label(found: re.Match[str], *, last: bool) -> Label | None:
    if found["trailing"]:
        return label_of(Role.AUTHOR, note="contributed")
    if found["by"]:
        by = not found["by"].lower().startswith("courtesy")
        return label_of(Role.AUTHOR) if by else label_of(Role.PHOTOGRAPHER, note="courtesy")
    if found["marked"]:
        return label_of(Role.PHOTOGRAPHER, note=found["marked"].lower()) if last else None
    if found["copy"]:
        return label_of(Role.PHOTOGRAPHER, note="©")
    if not (found["link"] or last):
        return None
    mods = found["mods"].lower().split()
    stage = next((_STAGES[word] for word in mods if word in _STAGES), None)
    roles = [_ROLES[w] for w in re.findall(_CORE, found["cores"].lower())]
    note = None
    if (mods and not stage) or _TITLED.match(found["cores"].lower()):
        note = f"{found['mods']}{found['cores']}"
    elif found["link"] and found["link"].lower().startswith(
        ("courtesy", "provided", "supplied", "submitted")
    ):
        note = found["link"].split()[0].lower()
    return Label(
        tuple(
            Duty(role, stage if role in (Role.REVIEWER, Role.PROOFREADER) else None, note)
            for role in dict.fromkeys(roles)
        )
    )


def _people(words: str, known_unit: Known, known_person: Known) -> list[Item]:
    """Divide "Ann Poe and Lee Kim for the News Office" into names and units."""
    items: list[Item] = []
    if (
        _AMPERSAND.fullmatch(words.strip())
        and not _UNIT_WORDS.search(words)
        and not known_unit(words)
    ):
        words = words.replace("&", " and ")
    pieces = re.split(r"[ ]+(and|with|for|from|via|on|in)[ ]+(?![a-z]+$)", f" {words.strip()} ")
    joined = None
    for number, piece in enumerate(pieces):
        if number % 2:
            joined = piece
            continue
        item = _person(piece.strip(), known_unit, known_person)
        if item is None:
            continue
        if joined == "in" and items:
            item = Item(Kind.NOBODY, item.text, latin=True)
        if joined in ("for", "from", "via", "on") and item.kind is Kind.UNIT and items:
            item = Item(Kind.NOTE, item.text, unit=item.text, latin=True)
        elif joined in ("and", "with") and items:
            items.append(Item(Kind.SEPARATOR, "、"))
        items.append(item)
    return items


def _person(piece: str, known_unit: Known, known_person: Known) -> Item | None:
    piece = _LAST_DOT.sub("", piece).strip(" &-'’")
    if piece.startswith("the "):
        piece = piece[4:].strip()
    if not piece or piece.lower() in PLACEHOLDERS | _NOBODY:
        return None
    if known_unit(piece):
        return Item(Kind.UNIT, piece, latin=True)
    if known_person(piece):
        return Item(Kind.NAME, piece, latin=True)
    if is_unit(piece):
        return Item(Kind.UNIT, piece, latin=True)
    if not piece[0].isupper() and not _JOB.fullmatch(piece):
        return Item(Kind.UNKNOWN, piece, latin=True)
    if _DEGREE.fullmatch(piece):
        return Item(Kind.NOTE, piece, note=piece, latin=True)
    if _JOB.fullmatch(piece):
        role = Role.PHOTOGRAPHER if piece.lower().endswith("photographer") else Role.AUTHOR
        return Item(Kind.NOTE, piece, label_of(role), note=piece, latin=True)
    honorific = _HONORIFIC.match(piece) or _TITLE.match(piece)
    name = piece[honorific.end() :] if honorific else piece
    capitals = all(w[0].isupper() or re.fullmatch(_PARTICLE, w) for w in name.split())
    if not _NAME.fullmatch(name) or not (capitals or name.lower().startswith(("d'", "al-"))):
        return Item(Kind.UNKNOWN, piece, latin=True)
    note = honorific[0].strip() if honorific else None
    return Item(Kind.NAME, name, note=note, sure=" " in name, latin=True)


def is_unit(text: str) -> bool:
    """Say whether it is called like an office, a school or an agency."""
    if not text[:1].isascii() or not (text[:1].isupper() or _BRAND.match(text)):
        return False
    return bool(_UNIT_WORDS.search(text) or "&" in text or _ACRONYM.fullmatch(text))
