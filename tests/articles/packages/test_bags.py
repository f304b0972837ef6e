import tracemalloc

import pytest

from articles.packages.bags import Bag
from tests.factories import NOON


@pytest.mark.parametrize("name", ["bag", "bag.zip"])
def test_large_files_pass_through(tmp_path, name):
    def content():
        for number in range(64):
            yield number.to_bytes(4) * 250_000

    tracemalloc.start()
    with Bag(tmp_path / name, at=NOON) as bag:
        for number in range(3):
            bag.add(f"large-{number}.bin", content())
        bag.close([])
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert bag.size == 3 * 64_000_000
    assert most < 16_000_000


def test_words_of_the_bag_stay_on_their_line(tmp_path):
    with Bag(tmp_path / "bag", at=NOON) as bag:
        bag.close([("Contact-Name", "一\nBag-Size: 二")])

    assert (tmp_path / "bag/bag-info.txt").read_text() == (
        "Contact-Name: 一 Bag-Size: 二\nPayload-Oxum: 0.0\n"
    )


def test_bag_that_is_not_closed_is_not_there(tmp_path):
    with Bag(tmp_path / "bag.zip", at=NOON) as bag:
        bag.add("x.txt", [b"x"])

    assert list(tmp_path.iterdir()) == []
