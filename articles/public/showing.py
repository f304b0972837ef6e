"""Photos as readers get them now: in which files, and whether they still may.

An edition names its photos and never changes; sizes are made after it, and rights end. So this
is asked when a page is made: one query for all photos on it, another for replaced files.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from articles.addresses import of_file
from articles.models.editions import Edition
from articles.models.photos import EarlierFile, Photo, focus
from articles.pictures.renditions import FORMATS

# The column of text is 40 rem wide, that of a photo story 56; on a phone both fill the screen.
SIZES = "(min-width: 44rem) 40rem, 100vw"
SIZES_OF_STORIES = "(min-width: 60rem) 56rem, 100vw"
# As `rendering` writes it.
FIGURE = re.compile(
    r'<figure data-photo="([0-9]+)"><img src="([^"]*)" ([^>]*)>(.*?)</figure>', re.DOTALL
)


class Shown(NamedTuple):
    """A photo's files, best format first, and where to look in it when it is cut."""

    src: str
    width: int
    height: int
    sources: list[tuple[str, str]]  # (format, srcset)
    srcset: str  # of JPEG
    focus: str  # classes of the style sheet

    @property
    def largest(self) -> str:
        """Where every browser finds the largest file that was made for readers."""
        return self.srcset.split(", ")[-1].split(" ")[0] or self.src


class Files(NamedTuple):
    """What is known of the photos of a page at a moment."""

    shown: dict[tuple[int, str], Shown]  # by number and address of the master
    gone: set[int]

    def of(self, picture: dict[str, Any] | None) -> Shown | None:
        """Give the files of a picture of an edition, unless it may no longer be shown."""
        if picture is None or picture.get("photo") in self.gone:
            return None
        plain = Shown(of_file(picture["src"]), picture["width"], picture["height"], [], "", "")
        return self.shown.get((picture.get("photo", 0), picture["src"]), plain)


def files(pictures: Iterable[tuple[int, str]], at: datetime) -> Files:
    """Look photos up by their numbers and addresses.

    One query if there are any, and another one if a photo has a better file by now.
    """
    wanted = set(pictures)
    numbers = {number for number, _src in wanted}
    found = {p.pk: p for p in Photo.objects.filter(pk__in=numbers).for_readers()} if wanted else {}
    shown = {(photo.pk, photo.image.url): as_shown(photo, photo) for photo in found.values()}
    if replaced := {number for number, src in wanted if (number, src) not in shown} & set(found):
        for file in EarlierFile.objects.filter(photo__in=replaced).for_readers():
            shown[file.photo_id, file.image.url] = as_shown(file, found[file.photo_id])
    return Files(shown, {photo.pk for photo in found.values() if not photo.is_shown(at)})


def as_shown(file: Photo | EarlierFile, photo: Photo) -> Shown:
    renditions = file.renditions
    # We name them so that nothing in a name has to be escaped: the storage is asked once.
    folder = of_file(file.image.storage.url("-")).removesuffix("-")
    srcsets = {
        kind: ", ".join(f"{folder}{made['files'][kind]} {made['width']}w" for made in renditions)
        for kind in FORMATS
        if renditions and kind in renditions[0]["files"]
    }
    jpeg = srcsets.pop("jpeg", "")
    return Shown(
        of_file(file.image.url),
        file.width,
        file.height,
        list(srcsets.items()),
        jpeg,
        focus(file.focal_point or photo.focal_point),
    )


def leads(editions: Iterable[Edition], at: datetime) -> list[Edition]:
    """Put to each edition the first of its photos, as `lead`. As many queries as `files`."""
    rows = list(editions)
    pictures = {edition.pk: edition.furniture.get("lead") for edition in rows}
    found = files(((p["photo"], p["src"]) for p in pictures.values() if p and "photo" in p), at)
    for edition in rows:
        edition.lead = found.of(pictures[edition.pk])
    return rows


class Body(NamedTuple):
    """A text with every size of its photos in it."""

    text: str
    gone: dict[int, str]  # addresses of photos that may no longer be shown, by number
    has_pictures: bool  # that readers may look at full screen


def body(text: str, at: datetime, sizes: str = SIZES) -> Body:
    """Put every size to the photos in a text, and a link to look at each alone."""
    pictures = {int(found[1]): found[2] for found in FIGURE.finditer(text)}
    found = files(pictures.items(), at)

    def figure(match: re.Match[str]) -> str:
        number, src, attributes, caption = int(match[1]), match[2], match[3], match[4]
        if number in found.gone:
            note = _("This photo is no longer shown, since the rights to it have ended.")
            return f'<figure class="gone"><p class="note">{note}</p></figure>'
        plain = Shown(of_file(src), 0, 0, [], "", "")
        photo = found.shown.get((number, src), plain)
        picture = render_to_string(
            "components/figure.html",
            {"photo": photo, "sizes": sizes, "attributes": attributes},
        )
        return f"<figure>{picture}{caption}</figure>"

    gone = {number: pictures[number] for number in found.gone}
    return Body(FIGURE.sub(figure, text), gone, has_pictures=len(pictures) > len(gone))
