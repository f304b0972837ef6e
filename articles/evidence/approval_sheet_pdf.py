"""The approval sheet as a PDF, by WeasyPrint: the same template and style as the page.

The library wants Pango on the machine and a font with Chinese characters. It is asked only when
somebody wants a PDF; where something is missing, everything else goes on and this says so.
"""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from articles.evidence.approval_sheets import NAME, TEMPLATE, style


class NotPossible(Exception):
    """The PDF cannot be made on this machine. The text is for the user."""


def render(context: dict[str, Any]) -> bytes:
    """Give the sheet as PDF with its fonts inside; raises `NotPossible` with the reason."""
    try:
        import weasyprint  # noqa: PLC0415 (loads Pango, which a machine may lack)
    except (ImportError, OSError) as missing:
        raise NotPossible(
            _(
                "This server cannot make PDF files: Pango is missing. "
                "Please print the page instead."
            )
        ) from missing
    html = render_to_string(TEMPLATE, context)
    # No protocol is allowed, files included: the document holds all that it prints.
    nothing = weasyprint.URLFetcher(allowed_protocols=(), allow_redirects=False)
    sheet_style = weasyprint.CSS(string=style(), url_fetcher=nothing)
    document = weasyprint.HTML(string=html, url_fetcher=nothing).render(stylesheets=[sheet_style])
    content: bytes = document.write_pdf()
    if any(chr(code) in NAME for font in document.fonts.values() for code in font.missing):
        raise NotPossible(
            _(
                "This server has no font with Chinese characters for PDF files. "
                "Please print the page instead."
            )
        )
    return content
