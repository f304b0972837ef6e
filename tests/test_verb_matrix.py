"""Who may do what: every verb × every role × every tie to the article × every way there is.

The table is written down from the rules of the house, not asked of the code. Each cell is
tried by the rule, by the button on the article's page, by a direct POST to the verb's page and
by the page for many articles, where the verb has these. `test_review_matrix` has the decisions
at every stage. No verb has a command: those that write articles only import.
"""

from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.db import transaction

from articles.actions import (
    embargo,
    forcing,
    joining,
    pinning,
    publishing,
    reviewing,
    writing,
)
from articles.admin.article.deciding.verbs import DEEDS
from articles.admin.desk.bulk import JOBS
from articles.models import Article, Person, ReviewPolicy, Role, User
from articles.rights.permissions import Verb, can
from tests import factories
from tests.factories import NOON
from tests.test_review_matrix import OF_A_UNIT, ROLES, _browser, act_as, buttons_for

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
# The pages answer by the clock of the machine, long after the scene; plans lie far behind that.
FAR = NOON + timedelta(days=3650)

UNIT = {"correspondent", "unit reviewer"}
DESK = {"desk editor", "chief editor", "superuser"}
CHIEF = {"chief editor", "superuser"}
FIRST = {"desk editor", "superuser"}
PROOF = {"proof-reader", "superuser"}
OVERSEE = {"head", "administrator", "superuser"}
HEAD = {"head", "superuser"}


class Rule(NamedTuple):
    """Where a verb is tried, who may, and who of them still may on an article of their own."""

    scene: str
    may: set[str]
    on_own: set[str]


NOBODY: set[str] = set()
TABLE = {
    Verb.CHANGE: Rule("draft", UNIT | DESK, UNIT | DESK),
    Verb.SUBMIT: Rule("draft", UNIT | DESK, UNIT | DESK),
    Verb.CLAIM: Rule("in review", FIRST, NOBODY),
    Verb.APPROVE: Rule("in review", FIRST, NOBODY),
    Verb.RETURN: Rule("in review", FIRST, NOBODY),
    Verb.REJECT: Rule("in review", FIRST, NOBODY),
    Verb.TAKE_BACK: Rule("in review", UNIT, UNIT),
    Verb.READMIT: Rule("rejected for good", CHIEF, NOBODY),
    Verb.RELEASE: Rule("claimed", OVERSEE, OVERSEE),
    Verb.HAND_OVER: Rule("in review", FIRST | OVERSEE, OVERSEE),
    Verb.APPOINT: Rule("stuck", OVERSEE, OVERSEE),
    Verb.PROOFREAD: Rule("wants a proof-reader", PROOF, NOBODY),
    Verb.MEND: Rule("approved", PROOF, NOBODY),
    Verb.PUBLISH: Rule("approved", DESK, DESK),
    Verb.RESCHEDULE: Rule("planned", DESK, DESK),
    Verb.UNSCHEDULE: Rule("planned", DESK, DESK),
    Verb.FORCE: Rule("draft", CHIEF, CHIEF),
    Verb.CONFIRM: Rule("forced", HEAD, NOBODY),
    Verb.OBJECT: Rule("forced", HEAD, NOBODY),
    Verb.CORRECT: Rule("live", DESK, DESK),
    Verb.WITHDRAW: Rule("live", CHIEF, CHIEF),
    Verb.RESTORE: Rule("withdrawn", CHIEF, CHIEF),
    Verb.COMMENT: Rule("draft", UNIT | DESK | PROOF, UNIT | DESK | PROOF),
    Verb.EMBARGO: Rule("approved", DESK, DESK),
    Verb.LIFT_EMBARGO: Rule("under embargo", DESK, DESK),
    Verb.PIN: Rule("live", DESK | {"administrator"}, DESK | {"administrator"}),
    Verb.UNPIN: Rule("pinned", DESK | {"administrator"}, DESK | {"administrator"}),
    Verb.PLACE: Rule("live", DESK | {"administrator"}, DESK | {"administrator"}),
    Verb.JOIN: Rule("draft", DESK, DESK),
    Verb.TRANSLATE: Rule("draft", UNIT | DESK, UNIT | DESK),
    Verb.PART: Rule("joined", DESK, DESK),
}
# Which members of a unit have a use for the pages for many articles.
OPEN_TO = {
    Verb.SUBMIT: UNIT,
    Verb.APPROVE: {"unit reviewer"},
    Verb.RETURN: {"unit reviewer"},
    Verb.PUBLISH: NOBODY,
    Verb.CHANGE: UNIT,
}
SCENES = sorted({rule.scene for rule in TABLE.values()})
# Ties that make an article somebody's own.
OWN = {"created it", "submitted it", "saved a version of it", "is credited as photographer"}
TIES = ("no tie", *sorted(OWN), "returned it before", "approved it", "belongs to another unit")
# Where somebody has approved the article at the last stage.
APPROVED = {"approved", "under embargo", "planned", "live", "withdrawn", "pinned"}


def set_scene(name: str, somebody: User, tie: str) -> Article:
    """Bring an article to where the verbs of a scene are tried, with one who is tied to it."""
    unit = factories.make_unit()
    hand_in = factories.make_user("correspondent", unit=unit)
    created = tie == "created it"
    author = act_as(somebody, "correspondent", unit) if created else hand_in
    article = _tied(factories.make_article(unit=unit, author=author), somebody, tie)
    if tie == "submitted it":
        hand_in = act_as(somebody, "correspondent", unit)
        reviewing.submit(article, user=hand_in, at=NOON)
        reviewing.take_back(article, user=hand_in, at=NOON)
    if tie == "returned it before":
        reviewing.submit(article, user=hand_in, at=NOON)
        returning = {"reviewer": act_as(somebody, "desk editor", unit), "remark": "请补充"}
        seen = article.version_number
        reviewing.return_for_changes(article, seen_version=seen, at=NOON, **returning)
    chief = factories.make_user("chief editor")
    stage = ReviewPolicy.objects.get(is_default=True).stages.get(position=1)
    stage.wants_proofreader = name == "wants a proof-reader"
    stage.save()
    if name == "forced":
        seen = article.version_number
        forcing.force_publish(article, user=chief, seen_version=seen, reason="急", at=NOON)
    elif name == "joined":
        into = factories.make_article()
        joining.join(article, into=into, user=chief, seen_version=1, at=NOON)
    elif name != "draft":
        reviewing.submit(article, user=hand_in, at=NOON)
        if name not in {"stuck", "wants a proof-reader"}:
            last = act_as(somebody, "chief editor", unit) if tie == "approved it" else None
            _decide(name, article, chief, last or factories.make_user("chief editor"))
    article.refresh_from_db()
    return article


def _tied(article: Article, somebody: User, tie: str) -> Article:
    if tie == "saved a version of it":
        editor = act_as(somebody, "desk editor", article.unit)
        return factories.change(article, by=editor, at=NOON, headline="改过")
    if tie == "is credited as photographer":
        person = Person.objects.create(name="署名人", user=somebody)
        article.credits.create(role=Role.PHOTOGRAPHER, person=person, position=5)
        writing.finish_change(article, author=article.created_by, at=NOON)
        article.refresh_from_db()
    return article


def _decide(name: str, article: Article, chief: User, last: User) -> None:
    first = factories.make_user("desk editor")
    seen = article.version_number
    if name == "in review":
        return
    if name == "claimed":
        reviewing.claim(article, reviewer=first, at=NOON)
        return
    if name == "rejected for good":
        reviewing.reject(
            article, reviewer=first, seen_version=seen, remark="不用", not_again=True, at=NOON
        )
        return
    for reviewer in (first, last):
        reviewing.approve(article, reviewer=reviewer, seen_version=seen, at=NOON)
    if name == "under embargo":
        embargo.embargo(article, user=chief, until=FAR, note="约定", at=NOON)
    if name in {"planned", "live", "withdrawn", "pinned"}:
        start = FAR if name == "planned" else NOON
        publishing.publish(article, user=chief, live_from=start, at=NOON)
    if name == "withdrawn":
        publishing.withdraw(article, user=chief, reason="有误", at=NOON + HOUR)
    if name == "pinned":
        pinning.pin(article, user=chief, section=None, until=FAR, at=NOON)


def typed(article: Article) -> dict[str, Any]:
    """Give what all forms of the verbs ask for."""
    others = User.objects.filter(is_staff=False)
    colleague = (
        others.filter(groups__name="desk editor").last()
        or others.filter(groups__name="chief editor").last()
    )
    edition = article.editions.last()
    review = article.rounds.order_by("number").last()
    return {
        "version": article.version_number,
        "holder": review.claimed_by_id or "" if review else "",
        "edition": edition.number if edition else "",
        "planned": edition.pk if edition else "",
        "live_from": "2035-06-01T12:00",
        "to": colleague.pk if colleague else "",
        "until": "2035-01-01T12:00",
        "place": "home",
        **dict.fromkeys(("remark", "reason", "text", "note"), "请看"),
    }


def expected(verb: Verb, role: str, tie: str) -> str:
    if tie == "belongs to another unit" and role in OF_A_UNIT:
        return "hidden"
    rule = TABLE[verb]
    may = rule.on_own if tie in OWN else rule.may
    if (verb, tie) == (Verb.TAKE_BACK, "submitted it"):
        may = may | DESK  # whoever handed it in, wherever they work now
    if (verb, tie) == (Verb.MEND, "approved it"):
        may = NOBODY  # the text changes after the last approval: not by who gave it
    return "yes" if role in may else "no"


def tried(scene: str, article: Article, user: User) -> dict[tuple[Verb, str], str]:
    """Try all verbs of a scene on all their ways; each leaves everything as it was."""
    verbs = [verb for verb, rule in TABLE.items() if rule.scene == scene]
    seen = Article.objects.visible_to(user, NOON + HOUR).filter(pk=article.pk).exists()
    browser, found = _browser(user), {}
    buttons = buttons_for(user, article)
    for verb in verbs:
        may = can(user, verb, article, NOON + HOUR)
        found[verb, "rule"] = ("yes" if may else "no") if seen else "hidden"
        if verb in DEEDS:
            shown = "yes" if buttons and verb in buttons else "no"
            found[verb, "button"] = "hidden" if buttons is None else shown
            with transaction.atomic():
                answer = browser.post(
                    f"/admin/articles/article/{article.pk}/{verb}/", typed(article)
                )
                transaction.set_rollback(True)
            words = {302: "yes", 403: "no", 404: "hidden"}
            found[verb, "post"] = words.get(answer.status_code, str(answer.status_code))
            if found[verb, "post"] == "no" and answer.context and "problem" in answer.context:
                found[verb, "post"] = "no" if str(answer.context["problem"]) else "no reason"
        for job in JOBS.values():
            if job.verb == verb:
                with transaction.atomic():
                    answer = browser.get(job.address, {"id": article.pk})
                    transaction.set_rollback(True)
                found[verb, f"many: {job.name}"] = _of_many(answer)
    return found


def _of_many(answer: Any) -> str:
    if answer.status_code == 403:
        return "no"
    if not answer.context["rows"]:
        return "hidden"
    return "yes" if answer.context["possible"] else "no"


def wanted(found: dict[tuple[Verb, str], str], role: str, tie: str) -> dict[Any, str]:
    """Give what the table says for the same cells."""
    should = {(verb, way): expected(verb, role, tie) for verb, way in found}
    for verb, way in should:
        # The page for many articles is closed as a whole to whoever has nothing to do there.
        if way.startswith("many") and role in OF_A_UNIT and role not in OPEN_TO[verb]:
            should[verb, way] = "no"
    return should


def test_table_names_every_verb() -> None:
    assert set(TABLE) == set(Verb)


@pytest.mark.parametrize(
    ("scene", "tie"),
    [(scene, tie) for scene in SCENES for tie in TIES
     if tie != "approved it" or scene in APPROVED],
)  # fmt: skip
def test_every_verb_for_every_role(scene: str, tie: str) -> None:
    somebody = factories.make_user(is_staff=True)
    article = set_scene(scene, somebody, tie)
    unit = factories.make_unit() if tie == "belongs to another unit" else article.unit

    found, should = {}, {}
    # Units are all the same to the desk.
    for role in sorted(OF_A_UNIT) if tie == "belongs to another unit" else ROLES:
        cells = tried(scene, article, act_as(somebody, role, unit))
        found[role] = cells
        should[role] = wanted(cells, role, tie)

    differ = {
        (role, verb, way): (answer, should[role][verb, way])
        for role, cells in found.items()
        for (verb, way), answer in cells.items()
        if answer != should[role][verb, way]
    }
    assert differ == {}
    article.refresh_from_db()
