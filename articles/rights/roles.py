"""Who is the desk, and what those who decide are called where people read of them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import ReviewRound, ReviewStage, User
from articles.models.units import in_readers_language

# The groups that a migration makes.
GROUPS = {
    "correspondent": gettext_lazy("correspondents"),
    "unit reviewer": gettext_lazy("unit reviewers"),
    "desk editor": gettext_lazy("desk editors"),
    "chief editor": gettext_lazy("chief editors"),
    "proof-reader": gettext_lazy("proof-readers"),
    "head": gettext_lazy("heads"),
    "administrator": gettext_lazy("administrators"),
}


@dataclass(frozen=True)
class Undecided:
    """A stage of a round that did not decide, and who would have."""

    name: str
    who: str


def is_desk(user: User) -> bool:
    """Tell the desk, which sees every unit, from the units."""
    return user.has_perm("articles.view_every_unit")


def role_name(group: object) -> str:
    """Name a group of accounts in the reader's language."""
    return str(GROUPS.get(str(group), group))


def decider(review: ReviewRound, stage: dict[str, Any]) -> str:
    """Say who may decide at a stage of a round."""
    match stage["decider"]:
        case ReviewStage.Decider.UNIT_REVIEWERS:
            return _("reviewers of %(unit)s") % {"unit": review.article.unit}
        case ReviewStage.Decider.PEOPLE:
            return "、".join(person["name"] for person in stage["people"])
    return role_name(stage["group"])


def undecided(review: ReviewRound) -> list[Undecided]:
    return [
        Undecided(in_readers_language(stage["name"], stage["name_en"]), decider(review, stage))
        for stage in review.undecided_stages
    ]
