"""Figures of a body and the rows of photos: what is shown in a text is a use of the photo."""

from typing import Any

from articles.models import Article, Photo
from articles.text import richtext

# After those that are placed by number; the first of these leads the article.
AFTER_PLACED = 1000
LONGEST_CAPTION = 300


def of_body(body: str) -> dict[int, dict[str, Any]]:
    """Say what the row of each photo that a cleaned text shows is to hold."""
    return {
        number: {
            "in_body": True,
            "position": position,
            "paragraph": 0,
            "caption": words[:LONGEST_CAPTION],
        }
        for position, (number, words) in enumerate(richtext.captions(body).items(), AFTER_PLACED)
    }


def settle(article: Article) -> None:
    """Let the rows of photos agree with the body, which the caller has saved and locked."""
    shown = of_body(article.body)
    article.photos.filter(in_body=True).exclude(photo__in=shown).delete()
    if not shown:
        return
    library = Photo.objects.in_bulk(shown)
    rows = {row.photo_id: row for row in article.photos.all()}
    for number, values in shown.items():
        if number not in library:
            continue
        if number not in rows:
            article.photos.create(photo=library[number], **values)
        elif any(getattr(rows[number], name) != value for name, value in values.items()):
            article.photos.filter(pk=rows[number].pk).update(**values)
