"""What the page of an article has of the counting; `newsroom.apps` hands it over."""

from analytics.clicks import tokens
from analytics.models import TotalClicks
from articles import clock

# The clicks since publication of the article that `edition` is of.
CLICKS = (
    f"(SELECT total.clicks FROM {TotalClicks._meta.db_table} total"  # noqa: S608
    " WHERE total.article_id = edition.article_id)"
)


def token(article_id: int) -> str:
    """Give what the page carries as `data-seen`, and its picture as `p`."""
    return tokens.page_token(article_id, clock.today())
