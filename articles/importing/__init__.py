"""Reading stories that came from elsewhere. Knows no database."""

from articles.importing.page import PastedPage, Remark, read_page
from articles.text.encoding import UnreadablePage, decode

__all__ = ["PastedPage", "Remark", "UnreadablePage", "decode", "read_page"]
