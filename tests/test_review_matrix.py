"""Who decides in a review: every role × every tie to the article × every stage × every way.

The expectation is written down here from the rules of the house, not asked of the code: a role
has a seat at a stage or not, and a tie takes the seat away. Each cell is then tried on every
way there is: the rule itself, the button on the article's page, the page of the verb, a direct
POST to it, and the action as a command would call it. Strangers find nothing, colleagues
without the right are told why, and nothing has changed after a refusal.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest
from django.test import Client

from articles.actions import reviewing, writing
from articles.admin.article.deciding import progress
from articles.admin.article.deciding.offered import offered
from articles.admin.base import visible_articles
from articles.models import Article, Membership, Person, ReviewPolicy, ReviewStage, Role, User
from articles.rights.permissions import NotAllowed, Verb, can
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)

ROLES = (
    "correspondent",
    "unit reviewer",
    "desk editor",
    "chief editor",
    "proof-reader",
    "head",
    "administrator",
    "superuser",
)
# Roles that see the articles of one unit: their own.
OF_A_UNIT = {"correspondent", "unit reviewer"}
# The stages of the policy under test, and who has a seat there by role.
STAGES = (
    ("单位审核", {"unit reviewer"}),
    ("初审", {"desk editor", "superuser"}),
    ("终审", {"chief editor", "superuser"}),
)
DECISIONS = {
    Verb.APPROVE: reviewing.approve,
    Verb.RETURN: reviewing.return_for_changes,
    Verb.REJECT: reviewing.reject,
}


class Tie(NamedTuple):
    """What somebody has to do with an article, and at which stages that keeps them out."""

    name: str
    keeps_out: tuple[bool, bool, bool]


ALWAYS = (True, True, True)
TIES = (
    Tie("no tie", (False, False, False)),
    Tie("created it", ALWAYS),
    Tie("submitted it", ALWAYS),
    Tie("saved a version before it was submitted", ALWAYS),
    Tie("is credited as author", ALWAYS),
    Tie("is credited as photographer", ALWAYS),
    Tie("is credited as editor", (False, False, False)),
    # Whoever touches the text while reviewing may pass it on, but not finally.
    Tie("changed the text at this stage", (False, False, True)),
    # At the first stage nobody can have decided before.
    Tie("decided at the stage before", (False, True, True)),
    Tie("belongs to another unit", (False, False, False)),
)


class Scene(NamedTuple):
    article: Article
    somebody: User
    unit: Any


@pytest.fixture(autouse=True)
def policy() -> None:
    """Let every article pass three stages: the unit's own, then two of the desk."""
    policy = ReviewPolicy.objects.get(is_default=True)
    policy.stages.all().delete()
    deciders = (
        {"decider": ReviewStage.Decider.UNIT_REVIEWERS},
        *map(_by_group, ("desk editor", "chief editor")),
    )
    for position, ((name, _seats), decider) in enumerate(zip(STAGES, deciders, strict=True), 1):
        policy.stages.create(position=position, name=name, **decider)


def _by_group(name: str) -> dict[str, Any]:
    return {"decider": ReviewStage.Decider.GROUP, "group": Group.objects.get(name=name)}


def act_as(user: User, role: str, unit: Any) -> User:
    """Give somebody one role and no other, and forget what Django remembers of the last one."""
    user.groups.set(Group.objects.filter(name=role))
    user.is_superuser = role == "superuser"
    user.save()
    Membership.objects.filter(user=user).delete()
    if role in OF_A_UNIT:
        kind = Membership.Role.REVIEWER if role == "unit reviewer" else "correspondent"
        begins = (NOON - timedelta(days=365)).date()
        Membership.objects.create(user=user, unit=unit, role=kind, valid_from=begins)
    return User.objects.get(pk=user.pk)


def set_scene(tie: Tie, stage: int) -> Scene:
    """Bring an article to a stage, with one person who is tied to it."""
    unit = factories.make_unit()
    somebody = factories.make_user("desk editor", is_staff=True)
    writer = factories.make_user("correspondent", unit=unit)
    author = writer
    if tie.name == "created it":
        author = act_as(somebody, "correspondent", unit)
    article = factories.make_article(unit=unit, author=author)
    if tie.name.startswith("is credited"):
        role = {"author": Role.AUTHOR, "photographer": Role.PHOTOGRAPHER, "editor": Role.EDITOR}
        person = Person.objects.create(name="署名人", user=somebody)
        article.credits.create(role=role[tie.name.split()[-1]], person=person, position=5)
        writing.finish_change(article, author=writer, at=NOON)
        article.refresh_from_db()
    if tie.name == "saved a version before it was submitted":
        act_as(somebody, "desk editor", unit)
        article = factories.change(
            article, by=User.objects.get(pk=somebody.pk), at=NOON, headline="改过"
        )
    submitter = writer
    if tie.name == "submitted it":
        submitter = act_as(somebody, "correspondent", unit)
    reviewing.submit(article, user=submitter, at=NOON)
    for number in range(stage):
        is_before = tie.name == "decided at the stage before" and number == stage - 1
        decider = somebody if is_before else factories.make_user()
        role = min(STAGES[number][1])
        article.refresh_from_db()
        reviewing.approve(
            article,
            reviewer=act_as(decider, role, unit),
            seen_version=article.version_number,
            at=NOON,
        )
    article.refresh_from_db()
    if tie.name == "changed the text at this stage":
        by = act_as(somebody, "desk editor", unit)
        article = factories.change(article, by=by, at=NOON, headline="审稿时改过")
    article.refresh_from_db()
    return Scene(article, somebody, unit)


def expected(role: str, tie: Tie, stage: int) -> str:
    """Say what the rules of the house answer: yes, no, or nothing there."""
    if role in OF_A_UNIT and tie.name == "belongs to another unit":
        return "hidden"
    return "yes" if role in STAGES[stage][1] and not tie.keeps_out[stage] else "no"


def by_rule(scene: Scene, user: User, verb: Verb) -> str:
    if not Article.objects.visible_to(user, NOON + HOUR).filter(pk=scene.article.pk).exists():
        return "hidden"
    return "yes" if can(user, verb, scene.article, NOON + HOUR) else "no"


def by_button(scene: Scene, user: User, verb: Verb) -> str:
    buttons = buttons_for(user, scene.article)
    if buttons is None:
        return "hidden"
    return "yes" if verb in buttons else "no"


def buttons_for(user: User, article: Article) -> set[Verb] | None:
    """Give what the page of an article has buttons for; nothing where there is no page.

    Asked as the page asks, without its form: `test_page_has_the_buttons_that_are_offered`.
    """
    request = HttpRequest()
    request.user = User.objects.get(pk=user.pk)
    if not visible_articles(request).filter(pk=article.pk).exists():
        return None
    offer = offered(request, article, progress.latest_round(article))
    return {deed.verb for deed, _button in offer.may}


def by_page(scene: Scene, user: User, verb: Verb) -> str:
    answer = _browser(user).get(_address(scene, verb))
    return {200: "yes", 403: "no", 404: "hidden"}[answer.status_code]


def by_post(scene: Scene, user: User, verb: Verb) -> str:
    typed = {"version": scene.article.version_number, "remark": "请看"}
    answer = _browser(user).post(_address(scene, verb), typed)
    return {302: "yes", 403: "no", 404: "hidden"}[answer.status_code]


def by_action(scene: Scene, user: User, verb: Verb) -> str:
    try:
        DECISIONS[verb](
            scene.article,
            reviewer=user,
            seen_version=scene.article.version_number,
            at=NOON + HOUR,
            remark="请看",
        )
    except NotAllowed as refused:
        return "hidden" if "no such article" in str(refused) else "no"
    return "yes"


# Way -> the verbs tried on it. One decision stands for all where only the rule is asked again.
WAYS: dict[Callable[[Scene, User, Verb], str], tuple[Verb, ...]] = {
    by_rule: tuple(DECISIONS),
    by_action: tuple(DECISIONS),
    by_post: (Verb.APPROVE,),
    by_page: (Verb.APPROVE,),
    by_button: (Verb.APPROVE,),
}


def _browser(user: User) -> Client:
    """Give the browser of somebody, who signs in once."""
    if "browser" not in user.__dict__:
        user.__dict__["browser"] = Client()
        user.__dict__["browser"].force_login(user)
    return user.__dict__["browser"]


def _address(scene: Scene, verb: Verb) -> str:
    return f"/admin/articles/article/{scene.article.pk}/{verb}/"


def _state(article: Article) -> tuple[Any, ...]:
    kept = Article.objects.get(pk=article.pk)
    review = kept.rounds.get()
    return kept.status, kept.version_number, review.stage, review.outcome, review.decisions.count()


SCENES = [
    pytest.param(tie, stage, id=f"{tie.name}, {name}")
    for tie in TIES
    for stage, (name, _seats) in enumerate(STAGES)
    # Nobody has decided before the first stage.
    if stage > 0 or tie.name != "decided at the stage before"
]


@pytest.mark.parametrize(("tie", "stage"), SCENES)
def test_every_role_on_every_way(tie: Tie, stage: int) -> None:
    scene = set_scene(tie, stage)
    before = _state(scene.article)
    unit = factories.make_unit() if tie.name == "belongs to another unit" else scene.unit

    found, wanted = {}, {}
    for role in ROLES:
        user = act_as(scene.somebody, role, unit)
        _browser(user)  # signed in before anything is rolled back
        for way, verbs in WAYS.items():
            for verb in verbs:
                cell = f"{role}, {verb}, {way.__name__}"
                wanted[cell] = expected(role, tie, stage)
                with transaction.atomic():
                    found[cell] = way(scene, user, verb)
                    has_changed = _state(scene.article) != before
                    transaction.set_rollback(True)
                does = way in (by_action, by_post) and wanted[cell] == "yes"
                if has_changed != does:
                    found[cell] += ", and changed it" if has_changed else ", and changed nothing"

    assert found == wanted


@pytest.mark.parametrize("belongs", [True, False])
@pytest.mark.parametrize("stage", range(len(STAGES)))
def test_page_has_the_buttons_that_are_offered(stage: int, belongs: bool) -> None:
    scene = set_scene(TIES[0], stage)
    unit = scene.unit if belongs else factories.make_unit()

    found, wanted = {}, {}
    for role in ROLES:
        user = act_as(scene.somebody, role, unit)
        page = _browser(user).get(f"/admin/articles/article/{scene.article.pk}/change/")
        is_there = page.status_code == 200
        found[role] = {deed.verb for deed, _ in page.context["may"]} if is_there else None
        wanted[role] = buttons_for(user, scene.article)

    assert found == wanted
    assert any(wanted.values())
