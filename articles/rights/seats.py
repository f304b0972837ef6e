"""Where people decide: by their groups, as reviewers of a unit, by name, or for somebody else.

A seat is a place at a stage. It lets nobody decide on their own work: that is `ties`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from articles.models import (
    Article,
    Deputy,
    Membership,
    ReviewRound,
    ReviewSeat,
    ReviewStage,
    User,
)
from articles.models.reviews import Tie
from articles.rights.ties import Ties

MAY_REVIEW = "articles.review_article"


@dataclass(frozen=True)
class Chair:
    """Where one person decides of their own right."""

    holder: User
    groups: frozenset[str]
    units: frozenset[int]
    # Rounds and their stages, counted from 0.
    named: frozenset[tuple[int, int]]

    def is_at(self, review: ReviewRound, article: Article) -> bool:
        """Tell whether it stands at the current stage of a round, in time or overdue."""
        if (review.pk, review.stage) in self.named:
            return True
        stage = review.current_stage
        match stage["decider"]:
            case ReviewStage.Decider.UNIT_REVIEWERS:
                return article.unit_id in self.units
            case ReviewStage.Decider.GROUP:
                return stage["group"] in self.groups
            case ReviewStage.Decider.PEOPLE:
                return any(person["id"] == self.holder.pk for person in stage["people"])
        return False

    def is_above(self, review: ReviewRound) -> bool:
        """Tell whether the current stage would escalate to it."""
        return review.current_stage.get("escalates_to") in self.groups


@dataclass(frozen=True)
class Seats:
    """Where a user decides at a moment: on the own chair, and on those of whom they stand in for.

    What a superuser may do everywhere is not lent to a deputy.
    """

    own: Chair
    lent: Sequence[Chair]
    is_everywhere: bool
    at: datetime

    def include(self, review: ReviewRound, article: Article) -> bool:
        """Tell whether the current stage of a round is among them."""
        return bool(self.holders(review, article))

    def holders(self, review: ReviewRound, article: Article) -> list[User]:
        """Give those on whose chairs the user decides at the current stage, themself first."""
        escalates = review.is_overdue(self.at)
        held = [
            chair.holder
            for chair in (self.own, *self.lent)
            if chair.is_at(review, article) or (escalates and chair.is_above(review))
        ]
        by_office = review.current_stage["decider"] != ReviewStage.Decider.UNIT_REVIEWERS
        if self.is_everywhere and by_office and self.own.holder not in held:
            return [self.own.holder, *held]
        return held

    def are_escalated(self, review: ReviewRound, article: Article) -> bool:
        """Tell whether the user decides at the current stage only because it is overdue."""
        chairs = (self.own, *self.lent)
        return review.is_overdue(self.at) and (
            any(chair.is_above(review) for chair in chairs)
            and not any(chair.is_at(review, article) for chair in chairs)
        )


def seats_of(user: User, at: datetime) -> Seats:
    """Read where a user decides at a moment. Four queries."""
    day = timezone.localdate(at)
    lending = Deputy.objects.active(day).filter(deputy=user).select_related("represented")
    represented = [row.represented for row in lending.order_by("represented")]
    chairs = _chairs([user, *represented], at)
    lent = [chairs[person.pk] for person in dict.fromkeys(represented)]
    return Seats(chairs[user.pk], lent, user.is_superuser, at)


def deciders(reviews: Sequence[ReviewRound], at: datetime) -> dict[int, list[User]]:
    """Say who may decide now on each round, which has its article and version loaded.

    Superusers only where a seat is theirs as well: nobody waits for one. Eleven queries,
    however many rounds and people there are.
    """
    users = list(User.objects.with_perm(MAY_REVIEW).order_by("name", "pk"))
    day = timezone.localdate(at)
    chairs = _chairs(users, at)
    lent: dict[int, list[Chair]] = defaultdict(list)
    for represented, deputy in Deputy.objects.active(day).values_list("represented", "deputy"):
        if represented in chairs:
            lent[deputy].append(chairs[represented])
    everywhere = set(
        User.objects.with_perm("articles.view_every_unit").values_list("pk", flat=True)
    )
    members: dict[int, set[int]] = defaultdict(set)
    for member, unit in Membership.objects.active(day).values_list("user", "unit"):
        members[member].add(unit)
    ties = Ties(reviews)

    def sees(user: User, review: ReviewRound) -> bool:
        own, others = chairs[user.pk], lent[user.pk]
        unit = review.article.unit_id
        return (
            user.pk in everywhere
            or unit in members[user.pk]
            or any(unit in chair.units for chair in others)
            or any(number == review.pk for chair in (own, *others) for number, _ in chair.named)
            or ties.has_decided(user.pk, review)
        )

    def may(user: User, review: ReviewRound) -> bool:
        seats = Seats(chairs[user.pk], lent[user.pk], is_everywhere=False, at=at)
        holders = seats.holders(review, review.article)
        return (
            bool(holders)
            and sees(user, review)
            and ties.of(user.pk, review) == Tie.NONE
            and any(ties.of(holder.pk, review) == Tie.NONE for holder in holders)
        )

    return {review.pk: [user for user in users if may(user, review)] for review in reviews}


def _chairs(users: Iterable[User], at: datetime) -> dict[int, Chair]:
    people = {user.pk: user for user in users}
    groups: dict[int, set[str]] = defaultdict(set)
    for user, group in User.groups.through.objects.filter(user__in=people).values_list(
        "user", "group__name"
    ):
        groups[user].add(group)
    units: dict[int, set[int]] = defaultdict(set)
    reviewers = Membership.objects.active(timezone.localdate(at)).filter(
        user__in=people, role=Membership.Role.REVIEWER
    )
    for user, unit in reviewers.values_list("user", "unit"):
        units[user].add(unit)
    named: dict[int, set[tuple[int, int]]] = defaultdict(set)
    here = ReviewSeat.objects.filter(user__in=people, round__outcome=ReviewRound.Outcome.OPEN)
    for user, review, stage in here.values_list("user", "round", "stage"):
        named[user].add((review, stage))
    return {
        pk: Chair(
            holder=user,
            groups=frozenset(groups[pk]),
            units=frozenset(units[pk]),
            named=frozenset(named[pk]),
        )
        for pk, user in people.items()
    }


def appointable(review: ReviewRound) -> list[User]:
    """Give everybody with the right to review whom nothing ties to a round. Six queries."""
    seated = review.seats.filter(stage=review.stage).values("user")
    users = User.objects.with_perm(MAY_REVIEW).exclude(pk__in=seated).order_by("name", "pk")
    ties = Ties([review])
    return [user for user in users if ties.of(user.pk, review) == Tie.NONE]


def may_name_deputy_for(user: User, represented: User) -> bool:
    """Tell whether a user may say who stands in for somebody: for themself, or as their task."""
    return user == represented or user.has_perm("articles.add_deputy")
