"""The one style sheet of readers' pages, which stands before their first paint.

Where a house has accents of its own they are part of it, not a second one to wait for.
"""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.gzip import gzip_page

from articles import site

NAME = "css/site.css"
KEPT = f"public, max-age={365 * 24 * 60 * 60}, immutable"


def address() -> str:
    """Give the address of the sheet, which tells all that is in it."""
    colours = site.current().settings.colours()
    if not colours:
        return of_the_house()
    return reverse("sheet", kwargs={"colours": colours, "stamp": release()})


@cache
def of_the_house() -> str:
    return static(NAME)


@cache
def rules() -> str:
    return Path(str(finders.find(NAME))).read_text(encoding="utf-8")


@cache
def release() -> str:
    return blake2b(rules().encode(), digest_size=6).hexdigest()


@gzip_page
def sheet(request: HttpRequest, colours: str, stamp: str) -> HttpResponse:
    """Give the sheet with the accents that an address names, for light and dark.

    An address of another release gets what there is now, which nobody may keep under it.
    """
    light, dark = colours.split("-")
    # On paper the accent stays black.
    accents = f"""
@media screen {{ :root {{ --accent: #{light}; }} }}
@media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: #{dark}; }} }}
"""
    return HttpResponse(
        rules() + accents,
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": KEPT if stamp == release() else "no-cache"},
    )
