"""What the page of an article offers to whoever reads it."""

from typing import NamedTuple

from articles.admin.article.deciding.verbs import DEEDS, Deed
from articles.admin.base import DeskRequest, refusal
from articles.models import Article, ReviewRound


class Offer(NamedTuple):
    may: list[tuple[Deed, str]]  # with the words of its button
    refused: list[tuple[str, str]]  # the words of a button that would be next, and why it is not


def offered(request: DeskRequest, article: Article, review: ReviewRound | None) -> Offer:
    """Say what the user can do next with an article, and its latest round."""
    offer = Offer([], [])
    for deed in DEEDS.values():
        if article.status not in deed.offered_in or not request.user.has_perm(deed.permission):
            continue
        reason = refusal(request, deed.verb, article)
        if reason is None:
            offer.may.append((deed, deed.button(article, review)))
        elif deed.is_next:
            offer.refused.append((deed.button(article, review), reason))
    return offer
