"""Links on the pages of an old site: those within it lead to where its addresses lead now."""

import re
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

HREF = re.compile(
    r"""(?P<before><a\b[^<>]*?\shref\s*=\s*)(?P<mark>["'])(?P<address>[^"'<>]*)(?P=mark)""",
    re.IGNORECASE,
)


def own_path(address: str, page: str) -> str:
    """Give path and query of what a page refers to on its own site; nothing for other sites."""
    try:
        there, here = urlsplit(urljoin(page, address.strip())), urlsplit(page)
    except ValueError:
        return ""
    hosts = {one.netloc.lower().removeprefix("www.") for one in (there, here)}
    if there.scheme not in {"", "http", "https"} or len(hosts) > 1 or not here.path:
        return ""
    return there._replace(scheme="", netloc="", path=f"/{there.path.lstrip('/')}").geturl()


def lead_home(markup: str, page: str) -> str:
    """Make the links of a text that stay on its site paths of this one.

    The old addresses of articles and files lead on from there, whichever of them came first.
    """
    return HREF.sub(lambda link: _home(link, page), markup)


def _home(link: re.Match[str], page: str) -> str:
    address = unescape(link["address"]).strip()
    path = "" if address.startswith("#") else own_path(address, page)
    mark = link["mark"]
    return f"{link['before']}{mark}{escape(path)}{mark}" if path else link[0]
