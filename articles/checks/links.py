"""Links that lead nowhere, or to places that nobody registered. Asks no network."""

import ipaddress
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from articles.checks.findings import Excerpt, Finding
from articles.checks.manuscripts import Link, Manuscript
from articles.checks.rules import Known, Rule

WEB = {"http", "https"}
# A text with more links than this is a list, and the rest of it is read by people.
MAX_LINKS = 300


def check(manuscript: Manuscript, rule: Rule, known: Known) -> Iterator[Finding]:
    """Find addresses that cannot be right: of this site with no page, or with no real host."""
    links = manuscript.links[:MAX_LINKS]
    paths = {path for link in links if (path := _own_path(link.address, known)) is not None}
    nowhere = known.lead_nowhere(paths)
    for link in links:
        what, mend = _wrong(link.address, known)
        if not what and _own_path(link.address, known) in nowhere:
            what = _("Readers find nothing at this address of our own site.")
            mend = _("Link to the page as readers see it, or take the link off.")
        if what:
            yield _finding(rule, link, what, mend)
    for link in manuscript.links[MAX_LINKS : MAX_LINKS + 1]:
        what = _("Only the first %(number)d links were looked at.") % {"number": MAX_LINKS}
        yield _finding(rule, link, what, _("Look at the rest yourself."))


def check_hosts(manuscript: Manuscript, rule: Rule, known: Known) -> Iterator[Finding]:
    """Find links to sites that are not on the list; an empty list allows every site."""
    if not rule.lines:
        return
    allowed = tuple(line.strip().lower().removeprefix("*.").strip(".") for line in rule.lines)
    for link in manuscript.links:
        host = _host(link.address)
        if not host or "." not in host or host in known.own_hosts:
            continue
        if not any(host == name or host.endswith(f".{name}") for name in allowed):
            what = _("%(host)s is not on the list of sites to link to.") % {"host": host}
            yield _finding(rule, link, what, _("Ask whether it may be linked to."), host)


def _wrong(address: str, known: Known) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
        _port = parts.port
    except ValueError:
        return _("This is no address."), _("Copy the address once more.")
    if parts.scheme == "mailto":
        _name, at, domain = parts.path.partition("@")
        if not at or "." not in domain:
            return _("This is no mail address."), _("Write it whole, as in name@example.edu.")
        return "", ""
    if parts.scheme and parts.scheme not in WEB:
        return "", ""
    if parts.scheme and not _is_plausible(host) and host not in known.own_hosts:
        return (
            _("“%(host)s” is no address that readers can reach.") % {"host": host},
            _("Write the whole name of the site, as in www.example.edu."),
        )
    return "", ""


def _own_path(address: str, known: Known) -> str | None:
    """Give the path of an address of this site."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    is_own = not parts.scheme or (parts.scheme in WEB and host in known.own_hosts)
    return unquote(parts.path) if is_own else None


def _is_plausible(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    return "." in host and all(
        0 < len(label) < 64 and not label.isspace() for label in host.split(".")
    )


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").rstrip(".").lower() if parts.scheme in WEB else ""
    except ValueError:
        return ""


def _finding(rule: Rule, link: Link, what: str, mend: str, lasting: str = "") -> Finding:
    where = Excerpt("", link.text or link.address, f" → {link.address}"[:120])
    return Finding(
        rule.check, what, mend, link.place, link.address, rule.level, where, lasting=lasting
    )
