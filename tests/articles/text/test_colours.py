"""Accent colours that can be read, and the reason where one cannot."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from articles.text import colours

SHEET = Path(settings.BASE_DIR) / "newsroom/static/css/site.css"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#000000", 21),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#8a1f2d", "#8a1f2d", 1),
    ],
)
def test_contrast_is_what_wcag_says(one, other, expected):
    assert colours.contrast(one, other) == pytest.approx(expected, abs=0.005)


def test_grounds_are_those_of_the_sheet():
    said = [
        {name: colours.spelt(value) for name, value in re.findall(r"(--\w+): (#\w+);", block)}
        for block in re.findall(r":root \{([^}]*)\}", SHEET.read_text(encoding="utf-8"))[:2]
    ]

    assert [{name: block[name] for name in colours.LIGHT} for block in said] == [
        colours.LIGHT,
        colours.DARK,
    ]
    assert said[0]["--accent"] == colours.HOUSE


@pytest.mark.parametrize("colour", ["#b3261e", "#8A1F2D", "#005", "#00539f"])
def test_readable_colour_is_taken(colour):
    colours.check_in_light(colour)


@pytest.mark.parametrize(
    ("check", "colour", "reason"),
    [
        (colours.check_in_light, "#ffd700", "On the light page its contrast is 1.22 : 1"),
        (colours.check_in_light, "#777777", "On the light page its contrast is 3.91 : 1"),
        (colours.check_in_dark, "#8a1f2d", "On the dark page its contrast is 1.72 : 1"),
        (colours.check_in_light, "red", "Please give a colour as"),
        (colours.check_in_light, "#12345", "Please give a colour as"),
        (colours.check_in_dark, "#fff;}", "Please give a colour as"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(check, colour, reason):
    with pytest.raises(ValidationError) as refused:
        check(colour)

    assert reason in refused.value.messages[0]


@pytest.mark.parametrize("colour", ["#b3261e", "#8a1f2d", "#000000", "#00539f", "#ffd700"])
def test_lightened_colour_can_be_read_on_dark(colour):
    assert colours.lowest_contrast(colours.lightened(colour), colours.DARK) >= colours.ENOUGH


def test_colour_that_is_light_enough_stays():
    assert colours.lightened("#ffd700") == "#ffd700"
