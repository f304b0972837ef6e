"""Every address that the site answers, as its URL patterns have it."""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver


class Address(NamedTuple):
    route: str
    name: str


def addresses(prefix: str = "") -> list[Address]:
    """List all patterns below a prefix, in the site's own language."""
    return [a for a in _walk(get_resolver(), "", "") if a.route.startswith(prefix)]


def _walk(resolver: URLResolver, route: str, namespace: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, (namespace, pattern.namespace)))
            yield from _walk(pattern, here, inner)
        elif isinstance(pattern, URLPattern):
            yield Address(here, ":".join(filter(None, (namespace, pattern.name or ""))))
