import pytest
from django.utils.html import format_html

from articles.text.cells import FORMULA, cell, text_of


@pytest.mark.parametrize("first", FORMULA)
def test_formula_is_marked_as_text(first):
    assert cell(f"{first}1+1") == f"'{first}1+1"


@pytest.mark.parametrize("value", ["1-1", "a=b", "'=1", " =1", -5, 1.5, True])
def test_what_is_no_formula_stays(value):
    assert cell(value) == value


def test_nothing_is_an_empty_cell():
    assert cell(None) == ""


def test_markup_of_a_page_goes_and_what_was_typed_stays():
    made = format_html('<b class="late">{}</b>  <br>{}', "逾期 <3", "=A1 & B1")

    assert text_of(made) == "逾期 <3 =A1 & B1"
    assert text_of("a <b> c") == "a <b> c"
