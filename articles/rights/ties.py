"""What keeps somebody from deciding on an article: the separation of duties, read for many.

`ReviewRound.objects.with_ties_to` reads the same of one user in the query of a list.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Max
from django.utils.translation import gettext as _

from articles.models import Credit, Person, ReviewDecision, ReviewRound, User, Version
from articles.models.articles import CREATORS
from articles.models.reviews import Tie


def sentence(tie: str) -> str | None:
    """Say why somebody with a tie may not decide; None if they may."""
    match tie:
        case Tie.DECIDED:
            return _("You decided at an earlier stage, so somebody else must decide at this one.")
        case Tie.EDITED:
            return _("You edited this text, so somebody else must give the final approval.")
    return own_work(tie)


def own_work(tie: str) -> str | None:
    """Say what makes an article somebody's own; None if it is not."""
    match tie:
        case Tie.WROTE:
            return _("You wrote this article, so somebody else must review it.")
        case Tie.SUBMITTED:
            return _("You submitted this article, so somebody else must review it.")
        case Tie.CREDITED:
            return _("You are credited on this article, so somebody else must review it.")
    return None


def makers(review: ReviewRound) -> set[int]:
    """Give the people credited as makers in the version that was submitted."""
    credited = review.version.snapshot["credits"]
    return {row["person"] for row in credited if row["role"] in CREATORS} - {None}


class Ties:
    """The ties of everybody to some rounds, each loaded with article and version. Five queries."""

    def __init__(self, reviews: Sequence[ReviewRound]) -> None:
        articles = {review.article_id for review in reviews}
        versions = Version.objects.filter(article__in=articles)
        self.saved: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for article, number, author in versions.values_list("article", "number", "author"):
            self.saved[article].append((number, author))
        # What was forced out has not been reviewed: who edited it is still tied to the text.
        went_out = versions.filter(editions__isnull=False, forced=None)
        published = went_out.order_by().values_list("article")
        self.published = dict(published.annotate(last=Max("number")))
        self.decided: dict[int, list[tuple[int, int, set[int | None]]]] = defaultdict(list)
        # Of each decision the round, the version submitted to it and the one decided on.
        self.reviewed: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for (
            article,
            round_number,
            submitted,
            stage,
            version,
            *deciders,
        ) in ReviewDecision.objects.filter(round__article__in=articles).values_list(
            "round__article",
            "round__number",
            "round__version__number",
            "stage",
            "version__number",
            "reviewer",
            "on_behalf_of",
        ):
            self.decided[article].append((round_number, stage, set(deciders)))
            self.reviewed[article].append((round_number, submitted, version))
        self.credited = set(
            Credit.objects.filter(
                article__in=articles, role__in=CREATORS, person__user__isnull=False
            ).values_list("article", "person__user")
        )
        people = set().union(*map(makers, reviews))
        self.accounts = dict(
            Person.objects.filter(pk__in=people, user__isnull=False).values_list("pk", "user")
        )

    def has_decided(self, user: int, review: ReviewRound) -> bool:
        """Tell whether a user, or a deputy for them, decided on the article at any time."""
        return any(user in row[2] for row in self.decided[review.article_id])

    def of(self, user: int, review: ReviewRound) -> Tie:
        article = review.article_id
        published = self.published.get(article, 0)
        own = [number for number, author in self.saved[article] if author == user]
        if user == review.article.created_by_id or any(
            number <= review.version.number and not self._was_reviewed(number, review)
            for number in own
        ):
            return Tie.WROTE
        if user == review.submitted_by_id:
            return Tie.SUBMITTED
        if (article, user) in self.credited or user in {
            self.accounts.get(person) for person in makers(review)
        }:
            return Tie.CREDITED
        if any(
            number == review.number and stage != review.stage and user in deciders
            for number, stage, deciders in self.decided[article]
        ):
            return Tie.DECIDED
        if review.is_last_stage and any(number > published for number in own):
            return Tie.EDITED
        return Tie.NONE

    def _was_reviewed(self, number: int, review: ReviewRound) -> bool:
        """Tell whether a version was saved in an earlier review, and decided on there."""
        return any(
            earlier < review.number and submitted < number <= decided
            for earlier, submitted, decided in self.reviewed[review.article_id]
        )


def free_holder(
    holders: list[User], review: ReviewRound, theirs: Ties | None = None
) -> User | None:
    """Give the first of those represented who could decide themself: a chair is no better."""
    known = theirs or Ties([review])
    for holder in holders:
        if known.of(holder.pk, review) == Tie.NONE:
            return holder
    return None
