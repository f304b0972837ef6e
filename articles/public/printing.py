"""What an article page prints beside the text. Asked for once per edition and language."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from articles.models.editions import Edition, EditionCredit
from articles.public import sharing
from articles.public.addresses import absolute

ROLES = dict(EditionCredit._meta.get_field("role").flatchoices)
STAGES = dict(EditionCredit._meta.get_field("stage").flatchoices)
# What `</script>` or `<!--` in a headline must not become inside a block of data.
UNSAFE_IN_SCRIPTS = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@dataclass
class Print:
    """An edition as an article page prints it. Each method does its work when a page asks."""

    edition: Edition
    address: str

    def credits(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """Name each role and review stage in the reader's language."""
        return [
            (
                ROLES[line["role"]],
                [entry | {"stage": STAGES.get(entry["stage"], "")} for entry in line["entries"]],
            )
            for line in self.edition.furniture["credits"]
        ]

    def corrections(self) -> list[dict[str, Any]]:
        return [
            {"text": correction["text"], "at": datetime.fromisoformat(correction["at"])}
            for correction in self.edition.furniture["corrections"]
        ]

    def share(self) -> dict[str, str]:
        return sharing.links(self.edition.headline, self.address)

    def structured(self) -> SafeString:
        """Describe the article to machines, as https://schema.org/NewsArticle."""
        edition, furniture = self.edition, self.edition.furniture
        lead = furniture["lead"]
        authors = [
            {"@type": "Person", "name": entry["name"]}
            for line in furniture["credits"]
            if line["role"] == "author"
            for entry in line["entries"]
            if entry["name"]
        ]
        units = [{"@type": "Organization", "name": unit["name"]} for unit in furniture["units"]]
        description = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": edition.headline,
            "inLanguage": edition.language,
            "datePublished": edition.displayed_at.isoformat(),
            "dateModified": max(edition.live_from, edition.displayed_at).isoformat(),
            "mainEntityOfPage": self.address,
            "image": [absolute(lead["src"])] if lead else [],
            "author": authors or units,
            "publisher": {"@type": "NewsMediaOrganization", "name": settings.SITE_NAME},
        }
        text = json.dumps(description, ensure_ascii=False)
        return mark_safe(text.translate(UNSAFE_IN_SCRIPTS))  # noqa: S308 escaped right here
