"""Reading stories that came from elsewhere. Knows no database."""

from articles.importing.encoding import UnreadablePage, decode
from articles.importing.page import PastedPage, Remark, read_page

__all__ = ["PastedPage", "Remark", "UnreadablePage", "decode", "read_page"]
