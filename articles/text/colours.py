"""Colours that text can be read in: contrast as WCAG 2.2 reckons it."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HEX = re.compile(r"\A#[0-9a-f]{6}\Z")
ENOUGH = 4.5
# What `site.css` begins with: the accent, and what it stands on and bears text of.
HOUSE = "#b3261e"
LIGHT = {"--paper": "#fbfaf7", "--sheet": "#ffffff", "--wash": "#f4efe7"}
DARK = {"--paper": "#151413", "--sheet": "#1d1b1a", "--wash": "#262320"}
STEPS = 50


def spelt(colour: str) -> str:
    """Give the one spelling of a colour: #abc is #aabbcc."""
    colour = colour.strip().lower()
    if re.fullmatch("#[0-9a-f]{3}", colour):
        return "#" + "".join(digit * 2 for digit in colour[1:])
    return colour


def contrast(one: str, other: str) -> float:
    """Reckon how far apart two colours are, from 1 to 21; whether text or ground is the same."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lightened(colour: str) -> str:
    """Mix in white until a colour can be read on the dark page."""
    for step in range(STEPS + 1):
        parts = (round(part + (255 - part) * step / STEPS) for part in _parts(colour))
        mixed = "#" + "".join(f"{part:02x}" for part in parts)
        if lowest_contrast(mixed, DARK) >= ENOUGH:
            return mixed
    return mixed


def lowest_contrast(colour: str, grounds: dict[str, str]) -> float:
    return min(contrast(colour, ground) for ground in grounds.values())


def check_in_light(colour: str) -> None:
    _check(colour, LIGHT, _("the light page"))


def check_in_dark(colour: str) -> None:
    _check(colour, DARK, _("the dark page"))


def _check(colour: str, grounds: dict[str, str], where: object) -> None:
    """Refuse what is no colour, or cannot be read as text on the page or under text of it."""
    colour = spelt(colour)
    if not HEX.match(colour):
        raise ValidationError(_("Please give a colour as #8a1f2d."))
    found = lowest_contrast(colour, grounds)
    if found < ENOUGH:
        raise ValidationError(
            _(
                "On %(where)s its contrast is %(found).2f : 1. Text in this colour, and on it, "
                "can only be read from 4.5 : 1 on."
            ),
            # Not rounded up to what it does not reach.
            params={"where": where, "found": int(found * 100) / 100},
        )


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
