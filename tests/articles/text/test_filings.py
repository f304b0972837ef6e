"""Numbers of filings: read in any spelling of theirs, and refused where they cannot be one."""

import pytest
from django.core.exceptions import ValidationError

from articles.text import filings


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("京ICP备00000000号", "京ICP备00000000号"),
        ("京ICP备00000000号-1", "京ICP备00000000号-1"),
        ("沪icp备 2026000000号－12", "沪ICP备2026000000号-12"),
    ],
)
def test_icp_number_of_subject_or_site_is_taken(typed, number):
    filings.check_icp(typed)

    assert filings.spelt(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["00000000", "京ICP备000000号", "京ICP备00000000", "京ICP证000000号", "北ICP备00000000号"],
)
def test_other_icp_number_is_refused(typed):
    with pytest.raises(ValidationError, match="ICP filing number reads"):
        filings.check_icp(typed)


def test_police_number_leads_to_the_register_by_its_digits():
    typed = "京公网安备 00000000000000 号"
    filings.check_police(typed)

    link = filings.police_link(filings.spelt(typed))

    assert link == "https://beian.mps.gov.cn/#/query/webSearch?code=00000000000000"


@pytest.mark.parametrize("typed", ["00000000000000", "京公网安备0000号", "京ICP备00000000号"])
def test_other_police_number_is_refused(typed):
    with pytest.raises(ValidationError, match="police filing number reads"):
        filings.check_police(typed)
