"""From the bytes of a file to its text."""

import codecs
import unicodedata

from django.utils.translation import gettext as _

# Twenty times the longest article; what is longer is no page of news.
MAX_BYTES = 2_000_000

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


class UnreadablePage(Exception):
    """The file is no page of news. The message tells the editor why, and in which line."""

    def __init__(self, message: str, line: int | None = None) -> None:
        self.line = line
        if line is not None:
            message = _("Line %(line)d: %(message)s") % {"line": line, "message": message}
        super().__init__(message)


def decode(content: bytes, *, limit: int = MAX_BYTES) -> str:
    """Read UTF-8, UTF-16 and GB18030, by what the bytes say of themselves."""
    if len(content) > limit:
        if limit > MAX_BYTES:
            raise UnreadablePage(
                _("The file is larger than %(limit).0f MB.") % {"limit": limit / 1e6}
            )
        raise UnreadablePage(
            _("The file is larger than %(limit).0f MB, the limit for one article.")
            % {"limit": MAX_BYTES / 1e6}
        )
    if not content.strip():
        raise UnreadablePage(_("The file is empty."))
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return _as_text(content.removeprefix(mark), [encoding])
    # Without a mark, only UTF-16 has zero bytes: before or after each ASCII character.
    if b"\0" in content:
        little = content[1::2].count(0) >= content[::2].count(0)
        return _as_text(content, ["utf-16-le" if little else "utf-16-be"])
    return _as_text(content, ["utf-8", "gb18030"])


def _as_text(content: bytes, encodings: list[str]) -> str:
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_writing(text):
            return text
    raise UnreadablePage(
        _("This is no text in UTF-8, UTF-16 or GB18030. Please save it as UTF-8 and try again.")
    )


def _is_writing(text: str) -> bool:
    """Tell text from other bytes, which nearly always make some control characters."""
    return not any(unicodedata.category(c) in {"Cc", "Cn"} for c in set(text) - set("\t\n\r\f\v"))
