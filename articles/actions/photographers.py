"""Whoever took the photos of an article is credited, unless its writer declines."""

from dataclasses import dataclass

from django.db.models import F

from articles.models import Article, Credit, Photo, Role
from articles.snapshots import Snapshot


@dataclass(frozen=True)
class Choice:
    """Whose credit a writer declined or asked for, by the photos that it was offered for."""

    declined: frozenset[int] = frozenset()
    accepted: frozenset[int] = frozenset()

    def apply(self, article: Article, before: Snapshot | None) -> None:
        """Credit each photographer once, when a version first has a photo of theirs.

        `before` is the version before. Nobody is ever taken off, and whoever was declined or
        taken off is not put in again by a later save.
        """
        uses = article.photos.select_related("photo__photographer").order_by("position", "pk")
        photos = [use.photo for use in uses if use.photo.credit]
        declined = {photo.credit for photo in photos if photo.pk in self.declined}
        accepted = {photo.credit for photo in photos if photo.pk in self.accepted}
        known = {row["credit"] for row in before["photos"]} if before else set()
        for photo in photos:
            if photo.credit in accepted or photo.credit not in known | declined:
                _credit(article, photo)


def _credit(article: Article, photo: Photo) -> None:
    credited = article.credits.filter(role=Role.PHOTOGRAPHER)
    known = credited.filter(name=photo.credit)
    if photo.photographer:
        known |= credited.filter(person=photo.photographer)
    if known.exists():
        return
    # Beside those of the same role: the line names each role once.
    in_order = article.credits.order_by("position", "pk")
    last = in_order.filter(role=Role.PHOTOGRAPHER).last() or in_order.last()
    position = last.position + 1 if last else 0
    article.credits.filter(position__gte=position).update(position=F("position") + 1)
    Credit.objects.create(
        article=article,
        role=Role.PHOTOGRAPHER,
        person=photo.photographer,
        name=photo.credit,
        position=position,
    )
