"""Which documents go with an article: by their endings, their beginnings and their size."""

from pathlib import PurePath

from django.utils.translation import gettext as _

from articles.importing import archives

MAX_BYTES = 30 * 1024 * 1024
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# Endings, and how such files begin.
DOCUMENTS = {
    ".pdf": b"%PDF-",
    ".docx": ZIP,
    ".xlsx": ZIP,
    ".pptx": ZIP,
    ".odt": ZIP,
    ".ods": ZIP,
    ".odp": ZIP,
    ".doc": OLE,
    ".xls": OLE,
    ".ppt": OLE,
    ".wps": OLE,
}


def ending(name: str) -> str:
    return PurePath(name).suffix.lower()


def problem(name: str, content: bytes) -> str | None:
    """Say in a sentence what is wrong with a document; None if nothing is."""
    told = {"name": name}
    beginning = DOCUMENTS.get(ending(name))
    if beginning is None:
        return _("“%(name)s” is not taken. A document may be one of: %(endings)s.") % {
            **told,
            "endings": " ".join(DOCUMENTS),
        }
    if len(content) > MAX_BYTES:
        return _("“%(name)s” is too large. A document may have up to %(limit)d MB.") % {
            **told,
            "limit": MAX_BYTES // 1024**2,
        }
    if not content.startswith(beginning):
        return _("“%(name)s” is not what its name says. Please open it and save it again.") % told
    found = archives.problem(content) if beginning == ZIP else None
    return found % told if found else None
