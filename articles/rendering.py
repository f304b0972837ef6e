"""From a version to what readers get: what is dear about a page is done once, at publication."""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from html import unescape
from itertools import groupby
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from articles import credits
from articles.models import Photo, Unit, house_format
from articles.snapshots import Snapshot
from articles.text import richtext, videos

type Furniture = dict[str, Any]
type Picture = dict[str, Any]


class Known:
    """What snapshots name and do not hold: units, photos, the format of the house.

    Each is read once, when it is first asked for, however many snapshots are rendered.
    """

    def __init__(self, snapshots: Iterable[Snapshot]) -> None:
        self.snapshots = list(snapshots)

    @cached_property
    def units(self) -> dict[int, Unit]:
        """Units with all their names."""
        numbers = {number for snapshot in self.snapshots for number in _unit_ids(snapshot)}
        return Unit.objects.prefetch_related("names").in_bulk(numbers)

    @cached_property
    def photos(self) -> dict[int, Photo]:
        photos = (row["photo"] for snapshot in self.snapshots for row in snapshot["photos"])
        return Photo.objects.in_bulk(numbers) if (numbers := set(photos)) else {}

    @cached_property
    def house(self) -> credits.HouseFormat:
        return house_format()


def body(snapshot: Snapshot, known: Known | None = None) -> str:
    """Give the text as it goes on the page, cleaned once more, photos after their paragraph."""
    blocks = richtext.paragraphs(snapshot["body"])
    figures: dict[int, list[str]] = {}
    shown = _pictures(snapshot, known or Known([snapshot]))
    lead = snapshot["photos"][0]["photo"] if snapshot["photos"] else None
    for row in _placed(snapshot):
        place = min(row["paragraph"], len(blocks))
        first = row["photo"] == lead
        figures.setdefault(place, []).append(_figure(shown[row["photo"]], first=first))
    pieces = figures.get(0, [])
    for number, block in enumerate(blocks, 1):
        pieces = [*pieces, _block(block, shown, lead), *figures.get(number, [])]
    return "\n".join(filter(None, pieces))


def _placed(snapshot: Snapshot) -> list[dict[str, Any]]:
    return [row for row in snapshot["photos"] if not row.get("in_body")]


def _block(block: str, shown: dict[int, Picture], lead: int | None) -> str:
    """Put photos and videos to the figures of a block, wherever in it they stand."""
    if "<figure" not in block:
        return block
    with_photos = richtext.FIGURE.sub(lambda found: _photos_of(found, shown, lead), block)
    return richtext.VIDEO.sub(_video, with_photos)


def _photos_of(found: re.Match[str], shown: dict[int, Picture], lead: int | None) -> str:
    images = [
        (shown[number], unescape(image["alt"] or ""))
        for image in richtext.IMAGE.finditer(found["images"])
        if (number := int(image["number"])) in shown
    ]
    caption = mark_safe(found["caption"] or "")  # noqa: S308 (cleaned)
    if not images:
        return f"<p>{caption}</p>" if caption else ""
    is_gallery = len(images) > 1
    figures = "".join(
        _figure(
            picture | ({"alt": alt} if alt else {}) | {"caption": "" if is_gallery else caption},
            first=picture["photo"] == lead,
        )
        for picture, alt in images
    )
    if is_gallery:
        below = f"<figcaption>{caption}</figcaption>" if caption else ""
        figures = f'<figure class="gallery">{figures}{below}</figure>'
    return f'<div class="{found["size"]}">{figures}</div>' if found["size"] else figures


def _video(found: re.Match[str]) -> str:
    video = videos.find(unescape(found["href"]))
    if video is None:
        return f"<p>{found[0].removeprefix('<figure>').removesuffix('</figure>')}</p>"
    return format_html(
        '<figure class="video" data-player="{}"><a href="{}" rel="noopener">{}</a>'
        "<figcaption>{}</figcaption></figure>",
        video.player,
        video.page,
        mark_safe(found["words"]),  # noqa: S308 (cleaned)
        video.provider,
    )


def furniture(
    snapshot: Snapshot, correction_times: dict[int, datetime], known: Known | None = None
) -> Furniture:
    """Give what the page prints around the text; the keys are described at `Edition`.

    `correction_times` says since when readers see each correction, by its id.
    """
    known = known or Known([snapshot])
    units = known.units
    shown = _pictures(snapshot, known)
    lead = snapshot["photos"][0] if snapshot["photos"] else None
    return {
        "lead": shown[lead["photo"]] if lead else None,
        "credits": [
            {
                "role": role,
                "entries": [
                    {
                        "name": row["name"],
                        "person": row["person"],
                        "unit": row["unit_name"],
                        "unit_slug": units[row["unit"]].slug if row["unit"] else "",
                        "note": row["note"],
                        "stage": row["stage"],
                    }
                    for row in rows
                ],
            }
            for role, rows in groupby(snapshot["credits"], key=lambda row: row["role"])
        ],
        "units": [
            {
                "name": row["name"],
                "name_en": units[row["unit"]].name_en,
                "slug": units[row["unit"]].slug,
                "part": row["part"],
            }
            for row in snapshot["units"]
        ],
        "attachments": [
            {key: row[key] for key in ("title", "size", "file", "name")}
            for row in snapshot["attachments"]
        ],
        "tags": tags(snapshot),
        "corrections": [
            {
                "id": row["id"],
                "text": row["text"],
                "at": correction_times[row["id"]].isoformat(),
            }
            for row in snapshot["corrections"]
        ],
    }


def credit_line(snapshot: Snapshot, known: Known | None = None) -> str:
    """Give the credits as one line in the house format."""
    return credits.print_line(
        tuple(
            credits.ParsedCredit(
                role=credits.Role(row["role"]),
                name=row["name"] or None,
                unit=row["unit_name"] or None,
                stage=credits.Stage(row["stage"]) if row["stage"] else None,
                note=row["note"] or None,
            )
            for row in snapshot["credits"]
        ),
        known.house if known else house_format(),
    )


def tags(snapshot: Snapshot) -> list[dict[str, str]]:
    """Give the tags with their addresses; two that share one address are one tag."""
    by_slug = {slugify(name, allow_unicode=True): name for name in reversed(snapshot["tags"])}
    return [{"name": name, "slug": slug} for slug, name in reversed(by_slug.items()) if slug]


def _pictures(snapshot: Snapshot, known: Known) -> dict[int, Picture]:
    """Give each photo as the page shows it, by id, with the words that the version has."""
    return {
        row["photo"]: _picture(known.photos[row["photo"]], row)
        for row in snapshot["photos"]
        if row["photo"] in known.photos
    }


def _picture(photo: Photo, row: dict[str, Any]) -> Picture:
    file = photo.file_of(row["sha256"])
    return {
        "photo": photo.pk,
        "src": file.image.url,
        "width": file.width,
        "height": file.height,
        "alt": row["alt"] or row["caption"],
        "caption": row["caption"],
        "credit": row["credit"],
    }


def _figure(picture: Picture, *, first: bool) -> SafeString:
    # The first picture is what the reader waits for; the others come when scrolled to.
    loading = 'fetchpriority="high"' if first else 'loading="lazy"'
    image = format_html(
        '<img src="{src}" alt="{alt}" width="{width}" height="{height}" {loading}>',
        **picture,
        loading=mark_safe(loading),  # noqa: S308 one of the two constants above
    )
    if not picture["caption"] and not picture["credit"]:
        return format_html('<figure data-photo="{}">{}</figure>', picture["photo"], image)
    credit = format_html(" <b>{}</b>", picture["credit"]) if picture["credit"] else ""
    return format_html(
        '<figure data-photo="{}">{}<figcaption>{}{}</figcaption></figure>',
        picture["photo"],
        image,
        picture["caption"],
        credit,
    )


def _unit_ids(snapshot: Snapshot) -> set[int]:
    credited = {row["unit"] for row in snapshot["credits"] if row["unit"]}
    return credited | {row["unit"] for row in snapshot["units"]}
