"""Readers without names: a keyed hash that changes every day.

Address and user agent go in and are forgotten; they reach neither a disk nor a log.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from django.conf import settings

from analytics.models import Salt

Address = IPv4Address | IPv6Address
Networks = tuple[IPv4Network | IPv6Network, ...]

SALTS_STAY = timedelta(hours=48)


def visitor_key(headers: Mapping[str, str], day: date) -> int:
    """Give the reader's key: 64 bits, signed, the same all day for one browser and network."""
    address = reader_address(headers)
    said = (
        settings.SITE_URL,
        network_of(address) if address else "",
        headers.get("HTTP_USER_AGENT", ""),
        headers.get("HTTP_ACCEPT_LANGUAGE", ""),
    )
    # Lengths go in, too, so that no two different answers make the same text.
    text = "".join(f"{len(part)}:{part}" for part in said)
    hashed = hashlib.blake2b(text.encode(errors="replace"), digest_size=8, key=salt_of(day))
    return int.from_bytes(hashed.digest(), signed=True)


@lru_cache(maxsize=4)
def salt_of(day: date) -> bytes:
    """Give the salt of a local day. Whichever process comes first makes it for all."""
    Salt.objects.bulk_create([Salt(day=day, value=secrets.token_bytes(32))], ignore_conflicts=True)
    return bytes(Salt.objects.get(day=day).value)


def delete_salts(before: date) -> int:
    """Forget the salts of the days before one; nobody can tell their readers again."""
    return Salt.objects.filter(day__lt=before).delete()[0]


def reader_address(headers: Mapping[str, str]) -> Address | None:
    """Give the address of the reader, believing only the proxies of the settings.

    Read from the right: the first address that is no proxy of ours is the reader. What
    stands left of it anybody may have written.
    """
    address = parsed(headers.get("REMOTE_ADDR", ""))
    trusted = networks(settings.TRUSTED_PROXIES)
    for text in reversed(headers.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        if address is None or not is_in(address, trusted):
            break
        address = parsed(text) or address
    return address


def parsed(text: str) -> Address | None:
    try:
        address = ip_address(text.strip().removeprefix("[").removesuffix("]").partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def network_of(address: Address) -> str:
    """Give the address itself, or the /64 that one household or phone has in IPv6."""
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False))
    return str(address)


def networks(texts: Iterable[str]) -> Networks:
    return parsed_networks(tuple(texts))


@lru_cache(maxsize=16)
def parsed_networks(texts: tuple[str, ...]) -> Networks:
    return tuple(ip_network(text.strip(), strict=False) for text in texts)


def is_in(address: Address | None, among: Networks) -> bool:
    return address is not None and any(
        address.version == network.version and address in network for network in among
    )
