"""The content of a version: the whole working copy as plain data, and its hash.

Schema 1. Keys: `schema`, the text fields of `FIELDS`, `section` (id), `unit` (id),
`event_date` and `displayed_at` (ISO 8601 or None), `units` [{unit, name, part}],
`credits` [{role, person, name, unit, unit_name, stage, note}],
`photos` [{photo, sha256, caption, alt, credit, paragraph}], with `in_body` where it is a figure
of the body,
`attachments` [{attachment, title, sha256, size, file, name}], `tags` [name],
`corrections` [{id, text}].
All ids are numbers, lists are in printing order.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from articles.models import (
    Article,
    ArticlePhoto,
    ArticleUnit,
    Attachment,
    Correction,
    Credit,
)

SCHEMA = 1
FIELDS = (
    "kicker",
    "headline",
    "subhead",
    "summary",
    "body",
    "slug",
    "form",
    "language",
    "origin",
    "source",
    "source_url",
    "importance",
)

type Snapshot = dict[str, Any]


def take(article: Article) -> Snapshot:
    """Read the whole working copy from the database."""
    in_order = ("position", "pk")
    return of(
        article,
        units=article.units.select_related("unit").order_by(*in_order),
        credits=article.credits.order_by(*in_order),
        photos=article.photos.select_related("photo__photographer").order_by(*in_order),
        attachments=article.attachments.order_by(*in_order),
        tags=article.tags.names(),
        corrections=article.corrections.order_by("written_at", "pk"),
    )


def of(
    article: Article,
    *,
    units: Iterable[ArticleUnit],
    credits: Iterable[Credit],
    photos: Iterable[ArticlePhoto],
    attachments: Iterable[Attachment],
    tags: Iterable[str],
    corrections: Iterable[Correction] = (),
) -> Snapshot:
    """Write down a working copy whose rows, each kind in order, are at hand and on file."""
    return {
        "schema": SCHEMA,
        **{field: getattr(article, field) for field in FIELDS},
        "section": article.section_id,
        "unit": article.unit_id,
        "event_date": article.event_date.isoformat() if article.event_date else None,
        # In UTC, as the database gives it.
        "displayed_at": article.displayed_at.astimezone(UTC).isoformat()
        if article.displayed_at
        else None,
        "units": [{"unit": row.unit_id, "name": row.unit.name, "part": row.part} for row in units],
        "credits": [
            {
                "role": row.role,
                "person": row.person_id,
                "name": row.name,
                "unit": row.unit_id,
                "unit_name": row.unit_name,
                "stage": row.stage,
                "note": row.note,
            }
            for row in credits
        ],
        "photos": [
            {
                "photo": use.photo_id,
                "sha256": use.photo.sha256,
                "caption": use.caption or use.photo.caption,
                "alt": use.photo.alt,
                "credit": use.photo.credit,
                "paragraph": use.paragraph,
                **({"in_body": True} if use.in_body else {}),
            }
            for use in photos
        ],
        "attachments": [
            {
                "attachment": row.pk,
                "title": row.title,
                "sha256": row.sha256,
                "size": row.size,
                "file": row.file.name,
                "name": row.download_name,
            }
            for row in attachments
        ],
        "tags": sorted(tags),
        "corrections": [{"id": row.pk, "text": row.text} for row in corrections],
    }


def canonical(snapshot: Snapshot) -> str:
    """Write a snapshot as the one text that is hashed, the same on every machine."""
    return json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(snapshot: Snapshot) -> str:
    """Give the SHA-256 of a snapshot."""
    return hashlib.sha256(canonical(snapshot).encode()).hexdigest()
