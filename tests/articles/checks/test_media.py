import pytest

from articles.checks.rules import Rule
from tests.articles.checks.manuscripts import body, find

WHOLE = {"origin": "media", "source": "江城晚报", "source_url": "https://paper.example.com/a"}


def places(**changes):
    return [one.place.field for one in find("media", **{**WHOLE, **changes})]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"source": ""}, ["source"]),
        ({"source_url": ""}, ["source_url"]),
        ({"source": "", "source_url": ""}, ["source", "source_url"]),
        ({"body": body("文" * 200, "字" * 200)}, []),
        ({"body": body("文" * 200, "字" * 201)}, ["body"]),
        ({"body": body("文" * 999), "source_url": ""}, ["source_url"]),  # nowhere else to read it
        ({"body": body("文" * 999), "origin": "reprint"}, []),
        ({"source": "", "source_url": "", "origin": "original"}, []),
    ],
)
def test_coverage_says_whose_it_is_and_quotes_little(changes, found):
    assert places(**changes) == found


def test_newsroom_says_how_much_may_be_quoted():
    [finding] = find(
        "media", rule=Rule("media", limit=10), **{**WHOLE, "body": body("一二三四五六七八九十百")}
    )

    assert finding.what == "11 characters stand here of what a medium wrote."
