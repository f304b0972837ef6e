"""Whose word is believed about where a request comes from."""

from ipaddress import ip_address

import pytest

from articles import networks


@pytest.mark.parametrize(
    ("peer", "forwarded", "reader"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # no proxy of ours
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),  # the left one is anybody's
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("2001:db8::1", "[2001:db8:1::5]", "2001:db8::1"),
    ],
)
def test_address_is_believed_only_from_listed_proxies(settings, peer, forwarded, reader):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]

    found = networks.reader_address({"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded})

    assert found == ip_address(reader)


def test_address_that_is_missing_is_nobody():
    assert networks.reader_address({"REMOTE_ADDR": ""}) is None
