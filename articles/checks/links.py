"""Links that lead nowhere, or to places that nobody registered. Asks no network."""

import ipaddress
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from articles.checks.findings import Excerpt, Finding
from articles.checks.manuscripts import Link, Manuscript
from articles.checks.rules import Known, Rule

WEB = {"http", "https"}


def check(manuscript: Manuscript, rule: Rule, known: Known) -> Iterator[Finding]:
    """Find addresses that cannot be right: of this site with no page, or with no real host."""
    for link in manuscript.links:
        what, mend = _wrong(link.address, known)
        if what:
            yield _finding(rule, link, what, mend)


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
    is_own = not parts.scheme or host in known.own_hosts
    if is_own and known.leads_nowhere(unquote(parts.path)):
        return (
            _("Readers find nothing at this address of our own site."),
            _("Link to the page as readers see it, or take the link off."),
        )
    return "", ""


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
