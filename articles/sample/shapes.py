"""What the sample newsroom is written in. Plain values; `load` puts them into the database."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    slug: str
    name: str
    name_en: str


@dataclass(frozen=True, kw_only=True)
class Unit:
    slug: str
    name: str
    name_en: str
    group: str
    aliases: tuple[str, ...] = ()
    ranked: bool = True


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A page around an event. `photo_of` is the headline of the article whose photo it shows.

    `placed` has headlines by slot; a slot that is none is a heading, with the tag that fills it.
    """

    slug: str
    title: str
    title_en: str
    introduction: str
    introduction_en: str
    tag: str
    photo_of: str
    began: int  # days ago
    concluded: int | None = None
    placed: tuple[tuple[str, str], ...] = ()
    headings: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Person:
    name: str
    unit: str
    student: bool = False


@dataclass(frozen=True, kw_only=True)
class Section:
    slug: str
    name: str
    name_en: str
    kind: str
    counts_for_leaderboard: bool = True


@dataclass(frozen=True)
class Credit:
    """A person's name is looked up in `unit`, so that homonyms stay apart."""

    role: str
    person: str
    unit: str
    note: str = ""
    stage: str = ""


@dataclass(frozen=True)
class Photo:
    scene: str
    caption: str
    photographer: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What an editor said, about a passage or about the whole piece."""

    by: str
    text: str
    passage: str = ""
    settled: bool = False


@dataclass(frozen=True, kw_only=True)
class Report:
    """An error that a reader reported, and how it was settled, if it was."""

    headline: str
    hours_ago: int
    text: str
    passage: str = ""
    contact: str = ""
    settled: str = ""


@dataclass(frozen=True, kw_only=True)
class Story:
    """A piece of news. `{day}` in its texts stands for the day of the event."""

    headline: str
    section: str
    unit: str
    days_ago: int
    summary: str
    body: str
    hour: int = 10
    kicker: str = ""
    subhead: str = ""
    form: str = "news"
    origin: str = "original"
    source: str = ""
    source_url: str = ""
    language: str = "zh-hans"
    translation_of: str = ""  # the headline of a story before it
    with_units: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    tags: tuple[str, ...] = ()
    photos: tuple[Photo, ...] = ()
    importance: str = "ordinary"
    # How far it got: "published", "changing", "corrected", "withdrawn", by force "forced" or
    # "forced_confirmed", or for what has never been out "draft", "first_review",
    # "final_review", "returned", "rejected", "approved", "scheduled".
    state: str = "published"
    misprint: tuple[str, str] = ("", "")  # what it says now, and what it said at first
    # The correction, the reason of the change, the force or the withdrawal, the reviewer's remark.
    note: str = ""
    reasons: tuple[str, ...] = ()  # what the reviewer ticked
    remarks: tuple[Remark, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """Name the contributing units, the leading one first: also of who wrote or took pictures."""
        made_it = {"author", "photographer", "videographer"}
        credited = (credit.unit for credit in self.credits if credit.role in made_it)
        return tuple(dict.fromkeys((self.unit, *self.with_units, *filter(None, credited))))
