import pytest

from articles.checks.rules import Rule
from tests.articles.checks.manuscripts import CREDIT, PHOTO, find, hits


@pytest.mark.parametrize(
    ("headline", "is_found"),
    [("字" * 30, False), ("字" * 31, True), ("a" * 60, False), ("a" * 62, True)],
)
def test_headline_is_measured_in_characters_that_fit(headline, is_found):
    assert len(find("headline", headline=headline)) == is_found


@pytest.mark.parametrize(
    ("code", "name"), [("caption", "caption"), ("alt", "alt"), ("photographer", "credit")]
)
def test_photo_lacks_what_readers_need(code, name):
    photos = [PHOTO, PHOTO | {"photo": 8, name: " "}]

    assert hits(find(code, photos=photos)) == [("photos", 2, "Photo 2")]
    assert find(code, photos=[PHOTO]) == []


def test_original_needs_a_contributing_unit():
    assert [one.place.field for one in find("unit", units=[])] == ["units"]
    assert find("unit", units=[], origin="reprint") == []
    assert find("unit") == []


def test_unit_that_is_credited_contributes():
    credits = [
        CREDIT,
        CREDIT | {"unit_name": "宣传部"},
        CREDIT | {"role": "other", "unit_name": "x"},
    ]

    [one] = find("unit", credits=credits)

    assert (one.what, one.place.number) == ("宣传部 is credited, but is no contributing unit.", 2)


def test_reviewer_is_expected_of_originals():
    reviewer = CREDIT | {"role": "reviewer"}

    assert len(find("reviewer", rule=Rule("reviewer"))) == 1
    assert find("reviewer", rule=Rule("reviewer"), credits=[reviewer]) == []
    assert find("reviewer", rule=Rule("reviewer"), origin="media") == []
