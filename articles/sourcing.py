"""What may be said of who published an article first, and where."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from articles.addresses import is_own_host
from articles.models import Origin

WEB = ("http", "https")
# Browsers take a backslash for a slash, and feeds cannot print the others.
ODD = re.compile(r"[\x00-\x20\x7f-\x9f\\\ud800-\udfff\ufffe\uffff]")


def problems(origin: str, source: str, source_url: str) -> Mapping[str, str]:
    """Say what is wrong, by field. `source_url` is an address, of whatever kind."""
    if not source_url:
        return {}
    parts = urlsplit(source_url)
    if parts.scheme not in WEB:
        return {"source_url": _("The address of the source begins with https:// or http://.")}
    if "@" in parts.netloc or ODD.search(source_url):
        return {"source_url": _("Please copy the address from the address bar of a browser.")}
    if origin != Origin.MEDIA:
        return {}
    found = {}
    if is_own_host(parts.hostname or ""):
        found["source_url"] = _(
            "This is a page of our own site. Media coverage leads to the page of the medium."
        )
    if not source.strip():
        found["source"] = _("Please name the medium that readers are led to.")
    return found
