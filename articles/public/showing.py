"""Photos as readers get them now: in which files, and whether they still may.

An edition names its photos and never changes; sizes are made after it, and rights end. So this
is asked when a page is made: one query for all photos on it, another for replaced files.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, Self

from django.core.files.storage import default_storage
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.addresses import of_file
from articles.models.editions import Edition
from articles.models.photos import EarlierFile, Photo, focus
from articles.models.topics import Topic
from articles.pictures.renditions import FORMATS

# The column of text is 40 rem wide, that of a photo story 56; on a phone both fill the screen.
SIZES = "(min-width: 44rem) 40rem, 100vw"
SIZES_OF_STORIES = "(min-width: 60rem) 56rem, 100vw"
# As `rendering` writes it.
FIGURE = re.compile(
    r'<figure data-photo="([0-9]+)"><img src="([^"]*)" ([^>]*)>(.*?)</figure>', re.DOTALL
)


class File(NamedTuple):
    """A file of a photo, as the library keeps it."""

    image: str
    width: int
    height: int
    renditions: list[dict[str, Any]]
    focal_point: str

    def cut_as(self, now: Self) -> Self:
        """Say where to look in a file that was replaced: as in the one of now, if nobody said."""
        return self._replace(focal_point=self.focal_point or now.focal_point)


COLUMNS = File._fields


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
    if not wanted:
        return Files({}, set())
    photos = Photo.objects.filter(pk__in={number for number, _src in wanted}).order_by()
    rows = [
        (number, expires_at is not None and expires_at <= at, File._make(file))
        for number, expires_at, *file in photos.values_list("pk", "expires_at", *COLUMNS)
    ]
    found = as_files(rows)
    now = {number: file for number, _has_ended, file in rows}
    if replaced := {number for number, _src in wanted - found.shown.keys() if number in now}:
        earlier = EarlierFile.objects.filter(photo__in=replaced).order_by("pk")
        found.shown.update(
            as_files(
                (number, False, File._make(file).cut_as(now[number]))
                for number, *file in earlier.values_list("photo", *COLUMNS)
            ).shown
        )
    return found


def as_files(rows: Iterable[tuple[int, bool, File]]) -> Files:
    """Read files of photos: the number of each, whether its rights have ended, and the file."""
    shown, gone = {}, set()
    for number, has_ended, file in rows:
        if has_ended:
            gone.add(number)
        shown[number, folder() + file.image] = as_shown(file)
    return Files(shown, gone)


@cache
def folder() -> str:
    """Give where all of them are. We name them so that nothing in a name has to be escaped."""
    return default_storage.url("-").removesuffix("-")


def as_shown(file: File) -> Shown:
    made = file.renditions
    there = of_file(folder())
    srcsets = {
        kind: ", ".join(f"{there}{size['files'][kind]} {size['width']}w" for size in made)
        for kind in FORMATS
        if made and kind in made[0]["files"]
    }
    jpeg = srcsets.pop("jpeg", "")
    return Shown(
        there + file.image,
        file.width,
        file.height,
        list(srcsets.items()),
        jpeg,
        focus(file.focal_point),
    )


def leads(editions: Iterable[Edition], at: datetime) -> list[Edition]:
    """Put to each edition the first of its photos, as `lead`. As many queries as `files`."""
    rows = list(editions)
    pictures = {edition.pk: edition.furniture.get("lead") for edition in rows}
    found = files(((p["photo"], p["src"]) for p in pictures.values() if p and "photo" in p), at)
    for edition in rows:
        edition.lead = found.of(pictures[edition.pk])
    return rows


def photos_of(topics: Iterable[Topic], at: datetime) -> list[Topic]:
    """Put to each topic its photo as it is now, as `picture`, while its rights last. One query."""
    rows = list(topics)
    photos = Photo.objects.filter(pk__in={topic.photo_id for topic in rows}).order_by()
    of_number = {
        number: as_files([(number, expires_at is not None and expires_at <= at, File._make(file))])
        for number, expires_at, *file in photos.values_list("pk", "expires_at", *COLUMNS)
    }
    for topic in rows:
        found = of_number.get(topic.photo_id or 0)
        topic.picture = None if found is None or found.gone else next(iter(found.shown.values()))
    return rows


def picture(photo: Shown, sizes: str, image: str) -> SafeString:
    """Print a photo in every format and size. `image` is what its own tag says besides.

    Pages print many, so no template does it. What stands in it is ours: nothing to escape.
    """
    sources = "".join(
        f'<source type="image/{kind}" srcset="{srcset}" sizes="{sizes}">'
        for kind, srcset in photo.sources
    )
    sized = f' srcset="{photo.srcset}" sizes="{sizes}"' if photo.srcset else ""
    return SafeString(f'<picture>{sources}<img src="{photo.src}"{sized} {image}></picture>')


def picture_beside_words(photo: Shown, sizes: str, *, lazy: bool = False) -> SafeString:
    """Print a photo that says nothing which does not stand beside it, cut around its focus."""
    cut = f' class="{photo.focus}"' if photo.focus else ""
    loading = 'loading="lazy" decoding="async"' if lazy else 'fetchpriority="high"'
    size = f'width="{photo.width}" height="{photo.height}"'
    return picture(photo, sizes, f'{size} alt=""{cut} {loading}')


class Body(NamedTuple):
    """A text with every size of its photos in it."""

    text: str
    gone: dict[int, str]  # addresses of photos that may no longer be shown, by number
    has_pictures: bool  # that readers may look at full screen


def numbers_and_addresses(text: str) -> dict[int, str]:
    """Say which photos stand in a text."""
    return {int(found[1]): found[2] for found in FIGURE.finditer(text)}


def body(text: str, found: Files, sizes: str = SIZES) -> Body:
    """Put every size to the photos in a text, and a link to look at each alone."""
    pictures: dict[int, str] = {}

    def figure(match: re.Match[str]) -> str:
        number, src, attributes, caption = int(match[1]), match[2], match[3], match[4]
        pictures[number] = src
        if number in found.gone:
            note = _("This photo is no longer shown, since the rights to it have ended.")
            return f'<figure class="gone"><p class="note">{note}</p></figure>'
        plain = Shown(of_file(src), 0, 0, [], "", "")
        photo = found.shown.get((number, src), plain)
        name = f' aria-label="{_("Photo")}"' if 'alt=""' in attributes else ""
        image = picture(photo, sizes, attributes)
        # js/viewer.js shows the largest file full screen instead.
        return (
            f'<figure><a class="view" href="{photo.largest}"{name}>{image}</a>{caption}</figure>'
        )

    shown = FIGURE.sub(figure, text)
    gone = {number: pictures[number] for number in found.gone & pictures.keys()}
    return Body(shown, gone, has_pictures=len(pictures) > len(gone))
