"""What stands around the text: the headline, the pictures, who contributed."""

import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checks.findings import Excerpt, Finding, Place
from articles.checks.manuscripts import Manuscript, Picture
from articles.checks.rules import Known, Rule


def width(text: str) -> float:
    """Measure a line in Chinese characters; letters and digits take half of one."""
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def check_headline(manuscript: Manuscript, rule: Rule, known: Known) -> Iterator[Finding]:
    length = width(manuscript.headline)
    if length > rule.limit:
        numbers = {"length": round(length), "limit": rule.limit}
        yield Finding(
            rule.check,
            _("The headline is %(length)d characters wide; lists show %(limit)d.") % numbers,
            _("Shorten it, or move a part into the kicker or the subhead."),
            Place("headline"),
            manuscript.headline,
            rule.level,
        )


def _of_pictures(
    manuscript: Manuscript, rule: Rule, name: str, what: str, mend: str
) -> Iterator[Finding]:
    for picture in manuscript.pictures:
        if not getattr(picture, name).strip():
            subject = f"{picture.photo or picture.place.number}"
            yield Finding(
                rule.check, what, mend, picture.place, subject, rule.level, _named(picture)
            )


def _named(picture: Picture) -> Excerpt:
    label = _("Photo %(number)s") % {"number": picture.place.number}
    return Excerpt("", label, f": {picture.caption}" if picture.caption else "")


def check_captions(manuscript: Manuscript, rule: Rule, known: Known) -> Iterator[Finding]:
    what = _("This photo has no caption.")
    return _of_pictures(manuscript, rule, "caption", what, _("Say who and what is seen."))


def check_alts(manuscript: Manuscript, rule: Rule, known: Known) -> Iterator[Finding]:
    what = _("This photo has no text for those who cannot see it.")
    mend = _("Open the photo in the library and describe it in a sentence.")
    return _of_pictures(manuscript, rule, "alt", what, mend)


def check_photographers(manuscript: Manuscript, rule: Rule, known: Known) -> Iterator[Finding]:
    what = _("Nobody is named as the photographer.")
    mend = _("Open the photo in the library and name who took it.")
    return _of_pictures(manuscript, rule, "credit", what, mend)


def check_units(manuscript: Manuscript, rule: Rule, known: Known) -> Iterator[Finding]:
    """Find texts of our own without a contributing unit, and credits of units that are none."""
    if manuscript.origin == "original" and not manuscript.units:
        yield Finding(
            rule.check,
            _("No contributing unit is named."),
            _("Add the unit that counts this article."),
            Place("units"),
            "",
            rule.level,
        )
        return
    for number, row in enumerate(manuscript.credits, 1):
        name = row["unit_name"]
        is_writing = row["role"] in {"author", "photographer", "videographer"}
        if name and is_writing and manuscript.units and name not in manuscript.units:
            yield Finding(
                rule.check,
                _("%(unit)s is credited, but is no contributing unit.") % {"unit": name},
                _("Add it to the contributing units if the article is to count for it."),
                Place("credits", number),
                name,
                rule.level,
            )


def check_reviewers(manuscript: Manuscript, rule: Rule, known: Known) -> Iterator[Finding]:
    has_reviewer = any(row["role"] == "reviewer" for row in manuscript.credits)
    if manuscript.origin == "original" and not has_reviewer:
        yield Finding(
            rule.check,
            _("No reviewer of the unit is named."),
            _("Add a credit with the role of a reviewer."),
            Place("credits"),
            "",
            rule.level,
        )
