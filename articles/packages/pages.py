"""An article, and its approval sheets, as pages: no script, nothing from elsewhere."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import nh3
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from articles import rendering
from articles.addresses import absolute
from articles.evidence import approval_sheets
from articles.models import Article, Edition, Role
from articles.snapshots import Snapshot
from articles.text import richtext

TEMPLATE = "packages/article.html"
STYLE = Path(__file__).parent.parent / "static/articles/css/package.css"
# As `rendering` writes it.
PICTURE = re.compile(r'<figure data-photo="([0-9]+)"><img src="[^"]*"')
TAGS = richtext.TAGS | {"div", "b"}
ATTRIBUTES = richtext.ATTRIBUTES | {
    "img": {"src", "alt", "width", "height"},
    "div": {"class"},
    "figure": {"class"},
}
ROLES = dict(Role.choices)


@dataclass(frozen=True)
class Text:
    """What the page shows: an edition, or a version where there is none."""

    snapshot: Snapshot
    body: str
    version: int
    sha256: str
    edition: Edition | None = None


def text_of(article: Article, editions: list[Edition], at: datetime) -> Text | None:
    """Choose what readers see, else what they saw last, else what was saved last."""
    went_out = [
        edition
        for edition in editions
        if edition.live_from <= at and edition.live_until != edition.live_from
    ]
    if went_out:
        edition = max(went_out, key=lambda one: one.number)
        version = edition.version
        return Text(version.snapshot, edition.body, version.number, version.sha256, edition)
    last = article.versions.order_by("-number").first()
    if last is None:
        return None
    return Text(last.snapshot, rendering.body(last.snapshot), last.number, last.sha256)


def render(
    article: Article, text: Text, record: Mapping[str, Any], files: Mapping[str, str]
) -> str:
    """Give the page. `files` says where in the package a photo or a document lies, by its hash."""
    snapshot = text.snapshot
    own = {row["photo"]: files.get(row["sha256"], "") for row in snapshot["photos"]}
    context = {
        "article": article,
        "language": snapshot["language"],
        "said": snapshot,
        "body": mark_safe(body(text.body, own)),  # noqa: S308 (cleaned)
        "text": text,
        "record": record,
        "section": text.edition.section if text.edition else article.section,
        "credits": [
            (ROLES.get(row["role"], row["role"]), row["unit_name"], row["name"], row["note"])
            for row in snapshot["credits"]
        ],
        "documents": [
            (row["title"], row["name"], files.get(row["sha256"], ""))
            for row in snapshot["attachments"]
        ],
        "decisions": _decided(article),
        "sheets": [(row["number"], row["sheet"]) for row in record["editions"]],
    }
    return _alone(TEMPLATE, context, STYLE.read_text(encoding="utf-8"))


def render_sheet(printed: Mapping[str, Any]) -> str:
    """Give an approval sheet of which `approval_sheets` says what is printed."""
    return _alone(approval_sheets.TEMPLATE, printed, approval_sheets.style())


def _alone(template: str, context: Mapping[str, Any], style: str) -> str:
    # In the page, since a package is no site: its policy names this very style.
    own = {
        "style": mark_safe(f"<style>{style}</style>"),  # noqa: S308 (ours)
        "style_hash": base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    }
    return render_to_string(template, {**context, **own}).lstrip()


def body(html: str, own: Mapping[int, str]) -> str:
    """Let the pictures of a text come from the package, and clean it a last time."""

    def picture(found: re.Match[str]) -> str:
        return f'<figure><img src="{own.get(int(found[1]), "")}"'

    places = set(filter(None, own.values()))

    def kept(tag: str, name: str, value: str) -> str | None:
        return None if (tag, name) == ("img", "src") and value not in places else value

    def elsewhere(address: str) -> str | None:
        if address in places:
            return address
        return absolute(address) if re.match("/(?!/)", address) else None

    return nh3.clean(
        PICTURE.sub(picture, html),
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=kept,
        url_schemes=richtext.SCHEMES,
        url_relative=elsewhere,
        link_rel="noopener noreferrer",
    )


def _decided(article: Article) -> list[dict[str, Any]]:
    rounds = article.rounds.order_by("number").prefetch_related("decisions__version")
    return [
        {
            "stage": row.stage_name,
            "verdict": row.get_verdict_display(),
            "name": row.reviewer_name,
            "version": row.version.number,
            "at": timezone.localtime(row.decided_at),
        }
        for review in rounds
        for row in review.decisions.all()
    ]
