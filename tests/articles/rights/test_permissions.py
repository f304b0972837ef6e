"""Who may do what in which state: every verb for every role, in one table."""

from datetime import timedelta

import pytest

from articles.actions import joining, publishing, reviewing
from articles.models import Article
from articles.rights.permissions import Verb, can
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

UNIT = {"author", "colleague", "unit reviewer"}
DESK = {"desk editor", "chief editor", "superuser"}
PLACERS = DESK | {"administrator"}
CHIEFS = {"chief editor", "superuser"}
KEEPERS = {"head", "administrator"}
FIRST = {"desk editor", "superuser"}
DECISIONS = (Verb.CLAIM, Verb.APPROVE, Verb.RETURN, Verb.REJECT)

# State -> verb -> who may. What is not named here nobody may, in that state.
ALLOWED = {
    "draft": {
        Verb.CHANGE: UNIT | DESK,
        Verb.TRANSLATE: UNIT | DESK,
        Verb.SUBMIT: UNIT | DESK,
        Verb.JOIN: DESK,
        Verb.FORCE: CHIEFS,
        Verb.EMBARGO: DESK,
    },
    "returned": {
        Verb.CHANGE: UNIT | DESK,
        Verb.TRANSLATE: UNIT | DESK,
        Verb.SUBMIT: UNIT | DESK,
        Verb.JOIN: DESK,
        Verb.FORCE: CHIEFS,
        Verb.EMBARGO: DESK,
    },
    "first review": {
        Verb.CHANGE: DESK,
        Verb.TRANSLATE: DESK,
        Verb.TAKE_BACK: UNIT,
        **dict.fromkeys(DECISIONS, FIRST),
        Verb.HAND_OVER: FIRST | KEEPERS,
        Verb.JOIN: DESK,
        Verb.FORCE: CHIEFS,
        Verb.EMBARGO: DESK,
    },
    "final review": {
        Verb.CHANGE: DESK,
        Verb.TRANSLATE: DESK,
        Verb.TAKE_BACK: UNIT,
        **dict.fromkeys(DECISIONS, CHIEFS),
        Verb.HAND_OVER: CHIEFS | KEEPERS,
        Verb.JOIN: DESK,
        Verb.FORCE: CHIEFS,
        Verb.EMBARGO: DESK,
    },
    "approved": {
        Verb.CHANGE: DESK,
        Verb.TRANSLATE: DESK,
        Verb.MEND: {"superuser"},
        Verb.PUBLISH: DESK,
        Verb.JOIN: DESK,
        Verb.FORCE: CHIEFS,
        Verb.EMBARGO: DESK,
    },
    "planned": {
        Verb.CHANGE: DESK,
        Verb.TRANSLATE: DESK,
        Verb.RESCHEDULE: DESK,
        Verb.UNSCHEDULE: DESK,
        Verb.MEND: {"superuser"},
        Verb.EMBARGO: DESK,
        Verb.PIN: PLACERS,
        Verb.PLACE: PLACERS,
    },
    "published": {
        Verb.CHANGE: DESK,
        Verb.TRANSLATE: DESK,
        Verb.CORRECT: DESK,
        Verb.WITHDRAW: CHIEFS,
        Verb.PIN: PLACERS,
        Verb.PLACE: PLACERS,
    },
    "withdrawn": {
        Verb.CHANGE: DESK,
        Verb.TRANSLATE: DESK,
        Verb.RESTORE: CHIEFS,
        Verb.EMBARGO: DESK,
    },
    "rejected": {Verb.CHANGE: UNIT | DESK, Verb.TRANSLATE: UNIT | DESK},
    "rejected for good": {Verb.READMIT: CHIEFS},
    "joined": {Verb.PART: DESK},
}


def bring_to(article: Article, state: str) -> Article:
    desk, chief = factories.make_user("desk editor"), factories.make_user("chief editor")
    at = NOON
    match state:
        case "rejected for good":
            factories.submit(article)
            reviewing.reject(
                article, reviewer=desk, seen_version=1, at=at, remark="不用", not_again=True
            )
        case "returned" | "rejected" | "first review":
            factories.submit(article)
            decide = {
                "returned": reviewing.return_for_changes,
                "rejected": reviewing.reject,
            }.get(state)
            if decide:
                decide(article, reviewer=desk, seen_version=1, at=at, remark="请改")
        case "final review":
            factories.submit(article)
            reviewing.approve(article, reviewer=desk, seen_version=1, at=at)
        case "approved":
            factories.approve(article)
        case "joined":
            into = factories.make_article()
            joining.join(article, into=into, user=desk, seen_version=1, at=at)
        case "planned":
            factories.publish(article, live_from=at + timedelta(days=1))
        case "published" | "withdrawn":
            factories.publish(article)
            if state == "withdrawn":
                publishing.withdraw(article, user=chief, reason="核实", at=at)
    article.refresh_from_db()
    return article


@pytest.mark.parametrize("state", ALLOWED)
def test_every_verb_for_every_role(state):
    unit = factories.make_unit()
    article = bring_to(factories.make_article(unit=unit), state)
    people = {
        "author": article.created_by,
        "colleague": factories.make_user("correspondent", unit=unit),
        "unit reviewer": factories.make_user("unit reviewer", unit=unit),
        "stranger": factories.make_user("correspondent", unit=factories.make_unit()),
        "nobody": factories.make_user(),
        "left": factories.make_user("desk editor", is_active=False),
        "desk editor": factories.make_user("desk editor"),
        "chief editor": factories.make_user("chief editor"),
        "head": factories.make_user("head"),
        "administrator": factories.make_user("administrator"),
        "superuser": factories.make_user(is_superuser=True),
    }
    at = NOON + timedelta(hours=1)

    allowed = {
        verb: {name for name, user in people.items() if can(user, verb, article, at)}
        for verb in Verb
    }

    expected = dict.fromkeys(Verb, frozenset()) | ALLOWED[state]
    expected[Verb.COMMENT] = UNIT | DESK
    assert allowed == expected
