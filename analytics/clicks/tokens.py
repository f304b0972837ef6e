"""The token that a page carries, so that a click comes from somebody who had the page.

It lives in cached pages and is no secret: friction, not security.
"""

import hashlib
from base64 import urlsafe_b64encode
from datetime import date, timedelta
from functools import lru_cache
from hmac import compare_digest

from django.conf import settings

from analytics.periods import week_of


@lru_cache(maxsize=4)
def key_of(secret: str) -> bytes:
    return hashlib.sha256(b"analytics.page-token:" + secret.encode()).digest()


def page_token(article_id: int, day: date) -> str:
    """Make the token of an article for the ISO week of a day."""
    said = f"{article_id}:{week_of(day)}".encode()
    hashed = hashlib.blake2b(said, digest_size=12, key=key_of(settings.SECRET_KEY))
    return urlsafe_b64encode(hashed.digest()).decode()


def is_valid(token: str, article_id: int, day: date) -> bool:
    """Accept tokens of this week and the last, for pages that were cached or left open."""
    weeks = (day, day - timedelta(days=7))
    return token.isascii() and any(
        compare_digest(token, page_token(article_id, week)) for week in weeks
    )
