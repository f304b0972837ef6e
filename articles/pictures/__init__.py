"""Photos as bytes: taken in, read for their notes, cleaned and sized. Knows no database."""

from articles.pictures.intake import MAX_BYTES, TakenPicture
from articles.pictures.metadata import Note
from articles.pictures.refusals import PictureRefused

__all__ = ["MAX_BYTES", "Note", "PictureRefused", "TakenPicture"]
