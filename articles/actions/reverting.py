"""Going back to an earlier version: its content becomes the working copy, as a new version."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from articles import snapshots
from articles.actions import writing
from articles.models import (
    Article,
    Attachment,
    Person,
    Photo,
    Section,
    Unit,
    User,
    Version,
)
from articles.rights.permissions import NotAllowed
from articles.rights.writing import OF_THE_DESK, may_write_for, shorten_review
from articles.snapshots import Snapshot


@dataclass
class Plan:
    """What of an earlier version can come back, and what cannot, in sentences for the user."""

    fields: dict[str, Any] = field(default_factory=dict)
    units: list[Snapshot] = field(default_factory=list)
    credits: list[Snapshot] = field(default_factory=list)
    photos: list[Snapshot] = field(default_factory=list)
    attachments: list[Snapshot] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def restore_version(
    article: Article, *, number: int, seen_version: int, author: User, at: datetime
) -> tuple[Version, list[str]]:
    """Make an earlier version the working copy, and say what of it could not come back.

    It is a change like any other: the same people may, a stale one is refused, an approval
    lapses. Corrections are public and stay.
    """
    article = writing.begin_change(article, seen_version=seen_version, author=author, at=at)
    version = article.versions.filter(number=number).first()
    if version is None or number == article.version_number:
        raise NotAllowed(_("There is no earlier version with this number."))
    wanted = plan(article, version, author=author, at=at)
    _write(article, version.snapshot, wanted)
    reason = _("version %(number)d restored") % {"number": number}
    return writing.finish_change(article, author=author, at=at, reason=reason), wanted.left_out


def plan(article: Article, version: Version, *, author: User, at: datetime) -> Plan:
    """Find out what of a version can come back, changing nothing."""
    content = version.snapshot
    found = Plan()
    found.left_out += _plan_fields(found, article, content, author, at)
    units = Unit.objects.in_bulk(
        {row["unit"] for row in (*content["units"], *content["credits"]) if row["unit"]}
    )
    people = Person.objects.in_bulk({row["person"] for row in content["credits"]} - {None})
    photos = Photo.objects.select_related("photographer").in_bulk(
        {row["photo"] for row in content["photos"]}
    )
    found.left_out += _plan_units(found, content, units)
    found.left_out += _plan_credits(found, content, units, people)
    found.left_out += _plan_photos(found, content, photos)
    found.left_out += _plan_attachments(found, article, content)
    return found


def _plan_fields(
    found: Plan, article: Article, content: Snapshot, author: User, at: datetime
) -> Iterator[str]:
    found.fields = {name: content[name] for name in snapshots.FIELDS}
    found.fields["event_date"] = parse_date(content["event_date"] or "")
    found.fields["displayed_at"] = parse_datetime(content["displayed_at"] or "")
    if not author.has_perm("articles.view_every_unit"):
        kept = [name for name in OF_THE_DESK if getattr(article, name) != found.fields[name]]
        for name in OF_THE_DESK:
            del found.fields[name]
        for name in kept:
            label = Article._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            yield _("“%(field)s” is the desk's to set and stays as it is.") % {"field": label}
    if Section.objects.filter(pk=content["section"]).exists():
        found.fields["section_id"] = content["section"]
    else:
        yield _("Its section no longer exists, so the article stays in “%(section)s”.") % {
            "section": article.section
        }
    was = article.section_id, article.importance
    now = found.fields.get("section_id", article.section_id), content["importance"]
    refused = shorten_review(author, article, was, now)
    if refused is not None:
        found.fields["section_id"], found.fields["importance"] = was
        yield refused
    if content["unit"] == article.unit_id:
        return
    unit = Unit.objects.filter(pk=content["unit"]).first()
    if unit is None:
        yield _("Its owning unit no longer exists, so the article stays with “%(unit)s”.") % {
            "unit": article.unit
        }
    elif not may_write_for(author, unit, at):
        yield _(
            "You may not write for “%(other)s”, which owned it then, so the article stays with "
            "“%(unit)s”."
        ) % {"other": unit, "unit": article.unit}
    else:
        found.fields["unit_id"] = unit.pk


def _plan_units(found: Plan, content: Snapshot, units: dict[int, Unit]) -> Iterator[str]:
    for row in content["units"]:
        if row["unit"] in units:
            found.units.append(row)
        else:
            yield _("The contributing unit “%(name)s” no longer exists.") % {"name": row["name"]}


def _plan_credits(
    found: Plan, content: Snapshot, units: dict[int, Unit], people: dict[int, Person]
) -> Iterator[str]:
    for row in content["credits"]:
        person, unit = row["person"], row["unit"]
        if person and person not in people:
            yield _(
                "“%(name)s” is no longer among the people; the credit keeps the printed name."
            ) % {"name": row["name"]}
        if unit and unit not in units:
            yield _(
                "“%(name)s” is no longer among the units; the credit keeps the printed name."
            ) % {"name": row["unit_name"]}
        found.credits.append(
            row
            | {
                "person": person if person in people else None,
                "unit": unit if unit in units else None,
            }
        )


def _plan_photos(found: Plan, content: Snapshot, photos: dict[int, Photo]) -> Iterator[str]:
    for row in content["photos"]:
        photo = photos.get(row["photo"])
        if photo is None:
            yield _("The photo “%(caption)s” is no longer in the library.") % {
                "caption": row["caption"]
            }
            continue
        own = "" if row["caption"] == photo.caption else row["caption"]
        found.photos.append(row | {"caption": own})
        if (row["credit"], row["alt"]) != (photo.credit, photo.alt):
            yield _(
                "The credit and the text for those who cannot see the photo “%(caption)s” are "
                "those of the library now."
            ) % {"caption": row["caption"]}


def _plan_attachments(found: Plan, article: Article, content: Snapshot) -> Iterator[str]:
    storage: Any = Attachment._meta.get_field("file").storage
    there = set(article.attachments.values_list("pk", flat=True))
    for row in content["attachments"]:
        if row["attachment"] in there or storage.exists(row["file"]):
            found.attachments.append(row)
        else:
            yield _("The file of the attachment “%(title)s” is gone.") % {"title": row["title"]}


def _write(article: Article, content: Snapshot, wanted: Plan) -> None:
    for name, value in wanted.fields.items():
        setattr(article, name, value)
    article.save(update_fields=[name.removesuffix("_id") for name in wanted.fields])
    article.tags.set(content["tags"])
    _write_units(article, wanted.units)
    article.credits.all().delete()
    for position, row in enumerate(wanted.credits):
        names = ("role", "name", "unit_name", "stage", "note")
        article.credits.create(
            position=position,
            person_id=row["person"],
            unit_id=row["unit"],
            **{name: row[name] for name in names},
        )
    article.photos.all().delete()
    for position, row in enumerate(wanted.photos):
        article.photos.create(
            position=position,
            photo_id=row["photo"],
            caption=row["caption"],
            paragraph=row["paragraph"],
            in_body=row.get("in_body", False),
        )
    _write_attachments(article, wanted.attachments)


def _write_units(article: Article, rows: list[Snapshot]) -> None:
    """Keep the rows of units that stay: an editor may have confirmed them."""
    article.units.exclude(unit__in=[row["unit"] for row in rows]).delete()
    for position, row in enumerate(rows):
        article.units.update_or_create(
            unit_id=row["unit"], defaults={"part": row["part"], "position": position}
        )


def _write_attachments(article: Article, rows: list[Snapshot]) -> None:
    """Hang documents on again; their files stayed when they were taken off."""
    article.attachments.exclude(pk__in=[row["attachment"] for row in rows]).delete()
    for position, row in enumerate(rows):
        stored = {
            "title": row["title"],
            "file": row["file"],
            "sha256": row["sha256"],
            "size": row["size"],
            "position": position,
        }
        if not article.attachments.filter(pk=row["attachment"]).update(**stored):
            article.attachments.create(**stored)
