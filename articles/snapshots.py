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
from typing import Any

from articles.models import Article

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
    return {
        "schema": SCHEMA,
        **{field: getattr(article, field) for field in FIELDS},
        "section": article.section_id,
        "unit": article.unit_id,
        "event_date": article.event_date.isoformat() if article.event_date else None,
        "displayed_at": article.displayed_at.isoformat() if article.displayed_at else None,
        "units": [
            {"unit": row.unit_id, "name": row.unit.name, "part": row.part}
            for row in article.units.select_related("unit").order_by(*in_order)
        ],
        "credits": list(
            article.credits.order_by(*in_order).values(
                "role", "person", "name", "unit", "unit_name", "stage", "note"
            )
        ),
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
            for use in article.photos.select_related("photo__photographer").order_by(*in_order)
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
            for row in article.attachments.order_by(*in_order)
        ],
        "tags": sorted(article.tags.names()),
        "corrections": list(article.corrections.order_by("written_at", "pk").values("id", "text")),
    }


def canonical(snapshot: Snapshot) -> str:
    """Write a snapshot as the one text that is hashed, the same on every machine."""
    return json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(snapshot: Snapshot) -> str:
    """Give the SHA-256 of a snapshot."""
    return hashlib.sha256(canonical(snapshot).encode()).hexdigest()
