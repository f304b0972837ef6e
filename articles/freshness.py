"""Copies that are kept for a moment. Nothing lasts longer than what it was made of.

But for frames: what stands around pages may be older than they are, and is kept for its own time.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import inf
from time import monotonic

MOST_COPIES = 500
MOST_BYTES = 64 * 1024 * 1024
# The part of its time after which a copy is renewed, while it is still good enough to be shown.
RENEWAL = 0.75


@dataclass
class Span:
    """From when something is made, and until when it is good."""

    since: float
    until: float = inf


_being_made: ContextVar[Span | None] = ContextVar("being_made", default=None)


@contextmanager
def making() -> Iterator[Span]:
    """Make something, and learn until when all of it is good."""
    span = Span(monotonic())
    token = _being_made.set(span)
    try:
        yield span
    finally:
        _being_made.reset(token)


def made_of(until: float) -> None:
    """Say that what is being made has something in it that is good until a moment."""
    span = _being_made.get()
    if span is not None and until < span.until:
        span.until = until


@dataclass
class Copy[Value]:
    value: Value
    renew_at: float
    expires_at: float


class Copies[Key: Hashable, Value]:
    """What this process made a moment ago, by key. Nothing that has expired is given out."""

    def __init__(
        self, *, frames: bool = False, size: Callable[[Value], int] = lambda _value: 0
    ) -> None:
        self.are_frames = frames
        self._size = size
        self._bytes = 0  # of all that was kept since it was last cleared
        self._copies: dict[Key, Copy[Value]] = {}

    def get(self, key: Key) -> Value | None:
        """Give a copy, or nothing to whoever is to make one.

        When a copy is due, one thread is told to make the next one and all others still get
        the old one, so that in a rush nobody waits and nothing is made twice.
        """
        copy = self._copies.get(key)
        now = monotonic()
        if copy is None or now >= copy.expires_at:
            return None
        if now >= copy.renew_at:
            copy.renew_at = copy.expires_at
            return None
        if not self.are_frames:
            made_of(copy.expires_at)
        return copy.value

    def keep(self, key: Key, value: Value, span: Span, seconds: float) -> None:
        """Keep what was made for so many seconds since then, or as long as its parts."""
        until = span.since + seconds
        if not self.are_frames:
            until = min(until, span.until)
        now = monotonic()
        if now >= until:
            return
        size = self._size(value)
        if len(self._copies) >= MOST_COPIES or self._bytes + size > MOST_BYTES:
            self.clear()  # they would be thrown away in a moment anyway
        self._bytes += size
        if not self.are_frames:
            made_of(until)
        self._copies[key] = Copy(value, now + RENEWAL * (until - now), until)

    def give(self, key: Key, seconds: float, make: Callable[[], Value]) -> Value:
        """Give the copy; make it, and keep it, where there is none."""
        value = self.get(key)
        if value is None:
            with making() as span:
                value = make()
            self.keep(key, value, span, seconds)
        return value

    def clear(self) -> None:
        self._copies.clear()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._copies)
