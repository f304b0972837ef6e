"""Readers without names: a keyed hash that changes every day.

Address and user agent go in and are forgotten; they reach neither a disk nor a log.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from django.conf import settings

from analytics.models import Salt
from articles.networks import network_of, reader_address

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
