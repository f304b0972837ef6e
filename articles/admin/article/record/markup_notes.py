"""What changed besides words between two versions of a passage, put into sentences."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from articles.text.differences import Markup, Passage, Row

KINDS: dict[str, str | Promise] = {
    "p": pgettext_lazy("kind of passage", "paragraph"),
    "h2": pgettext_lazy("kind of passage", "heading"),
    "h3": pgettext_lazy("kind of passage", "subheading"),
    "quote": pgettext_lazy("kind of passage", "quotation"),
    "ul": pgettext_lazy("kind of passage", "list entry"),
    "ol": pgettext_lazy("kind of passage", "numbered list entry"),
    "caption": pgettext_lazy("kind of passage", "caption of a table"),
    "row": pgettext_lazy("kind of passage", "row of a table"),
    "figure": pgettext_lazy("kind of passage", "picture in the text"),
    "rule": pgettext_lazy("kind of passage", "line across"),
}
# What words are now, and what they are no longer.
IS_NOW: dict[str, str | Promise] = {
    "strong": gettext_lazy("“%(text)s” is now bold."),
    "em": gettext_lazy("“%(text)s” is now in italics."),
    "sub": gettext_lazy("“%(text)s” is now subscript."),
    "sup": gettext_lazy("“%(text)s” is now superscript."),
    "a": gettext_lazy("“%(text)s” is now a link to %(value)s."),
    "th": gettext_lazy("“%(text)s” now stands in a heading cell."),
    "colspan": gettext_lazy("The cell “%(text)s” is now %(value)s columns wide."),
    "rowspan": gettext_lazy("The cell “%(text)s” is now %(value)s rows high."),
    "scope": gettext_lazy("The cell “%(text)s” now heads: %(value)s."),
}
IS_NO_LONGER: dict[str, str | Promise] = {
    "strong": gettext_lazy("“%(text)s” is no longer bold."),
    "em": gettext_lazy("“%(text)s” is no longer in italics."),
    "sub": gettext_lazy("“%(text)s” is no longer subscript."),
    "sup": gettext_lazy("“%(text)s” is no longer superscript."),
    "a": gettext_lazy("“%(text)s” is no longer a link; it led to %(value)s."),
    "th": gettext_lazy("“%(text)s” no longer stands in a heading cell."),
    "colspan": gettext_lazy("The cell “%(text)s” is now one column wide."),
    "rowspan": gettext_lazy("The cell “%(text)s” is now one row high."),
    "scope": gettext_lazy("The cell “%(text)s” no longer says what it heads."),
}
# What a heading cell heads, for those who hear a table.
SCOPES: dict[str, str | Promise] = {
    "row": pgettext_lazy("what a cell heads", "its row"),
    "col": pgettext_lazy("what a cell heads", "its column"),
    "rowgroup": pgettext_lazy("what a cell heads", "a group of rows"),
    "colgroup": pgettext_lazy("what a cell heads", "a group of columns"),
}
# How large a figure stands.
SIZES: dict[str, str | Promise] = {
    "": pgettext_lazy("size of a figure", "as wide as the text"),
    "full": pgettext_lazy("size of a figure", "wider than the text"),
    "side": pgettext_lazy("size of a figure", "at the side"),
}


def notes(row: Row) -> Iterator[str]:
    if row.kinds and KINDS.keys() >= set(row.kinds):
        was, now = (KINDS[kind] for kind in row.kinds)
        yield _("This was a %(was)s and is now a %(now)s.") % {"was": was, "now": now}
    if row.old and row.new and "figure" in (row.old.kind, row.new.kind):
        yield from _about_figures(row.old, row.new)
    for change in row.markup:
        yield from _sentences(change)


def _about_figures(old: Passage, new: Passage) -> Iterator[str]:
    was, now = dict(old.facts), dict(new.facts)
    sizes = {"was": SIZES[was.get("size", "")], "now": SIZES[now.get("size", "")]}
    if was.get("size") != now.get("size"):
        yield _("The figure stood %(was)s and stands %(now)s now.") % sizes
    yield from _about_pictures(old.things, new.things)
    for number in new.things:
        alt = f"alt {number}"
        if number not in old.things or was.get(alt) == now.get(alt):
            continue
        if alt in now:
            said = _("The text for those who cannot see the picture is now “%(value)s”.")
            yield said % {"value": now[alt]}
        else:
            said = _("The text for those who cannot see the picture is gone: “%(value)s”.")
            yield said % {"value": was[alt]}


def _about_pictures(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[str]:
    if len(old) == len(new) == 1 and old != new:
        yield _("It is another picture now.")
        return
    if sorted(old) == sorted(new):
        if old != new:
            yield _("Its pictures stand in another order now.")
        return
    if len(old) < 2 <= len(new):
        yield _("It is a gallery now.")
    elif len(new) < 2 <= len(old):
        yield _("It is no gallery any more.")
    if gone := len({*old} - {*new}):
        yield ngettext("%(count)d picture is gone.", "%(count)d pictures are gone.", gone) % {
            "count": gone
        }
    if came := len({*new} - {*old}):
        yield ngettext("%(count)d picture is new.", "%(count)d pictures are new.", came) % {
            "count": came
        }


def _sentences(change: Markup) -> Iterator[str]:
    text = Truncator(change.text.replace("\t", " ")).chars(40)
    lost, gained = dict(change.lost), dict(change.gained)
    for name, value in sorted(lost.items()):
        if name == "a" and name in gained:
            yield _("The link on “%(text)s” led to %(was)s and leads to %(now)s now.") % {
                "text": text,
                "was": value,
                "now": gained["a"],
            }
        elif name not in gained:
            yield str(IS_NO_LONGER[name]) % {"text": text, "value": value}
    for name, value in sorted(gained.items()):
        if not (name == "a" and name in lost):
            said = SCOPES[value] if name == "scope" else value
            yield str(IS_NOW[name]) % {"text": text, "value": said}
