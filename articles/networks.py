"""Where a request comes from: the reader's network, and whether a page of ours sent it."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import urlsplit

from django.conf import settings

type Headers = Mapping[str, str]  # as in `request.META`
Address = IPv4Address | IPv6Address
Networks = tuple[IPv4Network | IPv6Network, ...]


def reader_address(headers: Headers) -> Address | None:
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


def is_blocked(headers: Headers) -> bool:
    return is_in(reader_address(headers), networks(settings.BLOCKED_NETWORKS))


def is_shared(headers: Headers) -> bool:
    """Say whether many readers share the network, as those of a campus do."""
    return is_in(reader_address(headers), networks(settings.SHARED_NETWORKS))


def is_foreign(headers: Headers) -> bool:
    """Say whether a browser tells us that another site, or nobody's page, sent this."""
    if headers.get("HTTP_SEC_FETCH_SITE", "same-origin") != "same-origin":
        return True
    origin = headers.get("HTTP_ORIGIN")
    if origin is None or origin in {settings.SITE_URL, *settings.CSRF_TRUSTED_ORIGINS}:
        return False
    try:
        return urlsplit(origin).netloc != headers.get("HTTP_HOST", headers.get("SERVER_NAME"))
    except ValueError:  # no address at all
        return True
