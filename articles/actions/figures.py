"""Figures of a body and the rows of photos: what is shown in a text is a use of the photo."""

from articles.models import Article, Photo
from articles.text import richtext

# After those that are placed by number; the first of these leads the article.
AFTER_PLACED = 1000
LONGEST_CAPTION = 300


def settle(article: Article) -> None:
    """Let the rows of photos agree with the body, which the caller has saved and locked."""
    captions = richtext.captions(article.body)
    article.photos.filter(in_body=True).exclude(photo__in=captions).delete()
    if not captions:
        return
    library = Photo.objects.in_bulk(captions)
    rows = {row.photo_id: row for row in article.photos.all()}
    for position, number in enumerate(captions, AFTER_PLACED):
        if number not in library:
            continue
        values = {
            "in_body": True,
            "position": position,
            "paragraph": 0,
            "caption": captions[number][:LONGEST_CAPTION],
        }
        if number not in rows:
            article.photos.create(photo=library[number], **values)
        elif any(getattr(rows[number], name) != value for name, value in values.items()):
            article.photos.filter(pk=rows[number].pk).update(**values)
