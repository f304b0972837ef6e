"""Whether a review policy can work with the people there are: warnings for whoever edits it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Membership, ReviewPolicy, ReviewStage, Unit, User, WorkingHours
from articles.rights.seats import MAY_REVIEW

# So many units are named; the others are counted.
NAMED = 8


@dataclass(frozen=True)
class Staff:
    """Who there is to decide, under whatever policy."""

    reviewers: dict[int, User]
    # Units where somebody writes and nobody reviews.
    lacking: list[str]
    has_hours: bool


def staff_now(at: datetime) -> Staff:
    """Ask who there is. Four queries."""
    users = User.objects.with_perm(MAY_REVIEW).prefetch_related("groups")
    reviewers = {user.pk: user for user in users}
    lacking = _units_without_reviewers(reviewers, at)
    return Staff(reviewers, lacking, WorkingHours.objects.exists())


def everywhere(at: datetime) -> list[str]:
    """Say the same of all policies, each by its name. Eight queries."""
    there = staff_now(at)
    in_full = Prefetch("stages", queryset=ReviewStage.objects.in_full())
    return [
        f"{policy}: {sentence}"
        for policy in ReviewPolicy.objects.prefetch_related(in_full)
        for sentence in warnings(policy, there)
    ]


def warnings(policy: ReviewPolicy, there: Staff) -> list[str]:
    """Say in sentences why articles would get stuck under a policy, loaded with its stages."""
    stages = list(policy.stages.all())
    reviewers = there.reviewers
    found = []
    if not there.has_hours:
        found.append(_("The calendar has no working hours, so no deadline would ever end."))
    staff: dict[ReviewStage, set[int]] = {}
    for stage in stages:
        match stage.decider:
            case ReviewStage.Decider.UNIT_REVIEWERS:
                found += _without_reviewers(stage, there.lacking)
                continue
            case ReviewStage.Decider.PEOPLE:
                named = list(stage.people.all())
                found += [
                    _("“%(stage)s”: %(name)s may not decide in reviews.")
                    % {"stage": stage, "name": person}
                    for person in named
                    if person.pk not in reviewers
                ]
                staff[stage] = {person.pk for person in named} & reviewers.keys()
            case ReviewStage.Decider.GROUP:
                staff[stage] = _members(stage.group_id, reviewers.values())
        if not staff[stage]:
            found.append(_("“%(stage)s”: nobody can decide there now.") % {"stage": stage})
    for stage in stages:
        if stage.escalates_to and not _members(stage.escalates_to_id, reviewers.values()):
            text = _("“%(stage)s” escalates to a group in which nobody may decide in reviews.")
            found.append(text % {"stage": stage})
    return found + _too_few(staff, reviewers)


def _members(group: int | None, users: Iterable[User]) -> set[int]:
    return {user.pk for user in users if group in {one.pk for one in user.groups.all()}}


def _units_without_reviewers(reviewers: dict[int, User], at: datetime) -> list[str]:
    day = timezone.localdate(at)
    active = Membership.objects.active(day)
    reviewed = active.filter(role=Membership.Role.REVIEWER, user__in=reviewers)
    # A unit where nobody writes hands nothing in.
    writing = active.filter(user__is_active=True)
    lacking = (
        Unit.objects.active(day)
        .filter(pk__in=writing.values("unit"))
        .exclude(pk__in=reviewed.values("unit"))
    )
    return [str(unit) for unit in lacking]


def _without_reviewers(stage: ReviewStage, names: list[str]) -> list[str]:
    if not names:
        return []
    listed = "、".join(names[:NAMED])
    if len(names) > NAMED:
        text = _("“%(stage)s”: no reviewer in %(units)s and %(more)d other units.")
        return [text % {"stage": stage, "units": listed, "more": len(names) - NAMED}]
    return [_("“%(stage)s”: no reviewer in %(units)s.") % {"stage": stage, "units": listed}]


def _too_few(staff: dict[ReviewStage, set[int]], reviewers: dict[int, User]) -> list[str]:
    """Find stages that have fewer people between them than they are: nobody decides twice."""
    for number in range(2, len(staff) + 1):
        for together in combinations(staff, number):
            people = set[int]().union(*(staff[stage] for stage in together))
            if people and len(people) < number and all(staff[stage] for stage in together):
                text = _(
                    "%(stages)s have only %(people)s between them. Nobody decides at two "
                    "stages, so no article can pass."
                )
                stages = "、".join(f"“{stage}”" for stage in together)
                names = "、".join(sorted(str(reviewers[person]) for person in people))
                return [text % {"stages": stages, "people": names}]
    return []
