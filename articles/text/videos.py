"""Videos of other sites: which addresses are ones, and where their players are.

The providers are data in the settings. Page and player are made of the video's name alone, so an
address carries nothing else along. Nothing is ever fetched from there.
"""

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings


@dataclass(frozen=True)
class Video:
    provider: str
    page: str
    player: str  # empty where the provider has none that can stand in a page


@dataclass(frozen=True)
class _Provider:
    name: str
    addresses: tuple[re.Pattern[str], ...]
    page: str
    player: str


def find(address: str) -> Video | None:
    """Give the video at an address, of its page or of its player, if a provider is known."""
    for provider in _providers():
        for pattern in provider.addresses:
            if match := pattern.fullmatch(address):
                name = match["id"]
                return Video(
                    provider.name, provider.page.format(id=name), provider.player.format(id=name)
                )
    return None


def page_of(address: str) -> str | None:
    video = find(address)
    return video.page if video else None


def _providers() -> tuple[_Provider, ...]:
    return _compiled(
        tuple(
            (row["name"], tuple(row["addresses"]), row["page"], row.get("player", ""))
            for row in settings.VIDEO_PROVIDERS
        )
    )


@cache
def _compiled(rows: tuple[tuple[str, tuple[str, ...], str, str], ...]) -> tuple[_Provider, ...]:
    return tuple(
        _Provider(name, tuple(map(re.compile, addresses)), page, player)
        for name, addresses, page, player in rows
    )
