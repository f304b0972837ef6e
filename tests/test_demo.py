from collections import Counter

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.utils import timezone

from analytics.models import Board, Click, Statement
from articles.models import (
    Article,
    Edition,
    ForcedPublication,
    Photo,
    ProofSignature,
    User,
    Version,
)
from articles.rights.permissions import Verb, can
from articles.rights.waiting import waiting_for_proof
from articles.sample import load
from articles.sample.accounts import PERSONAS, password_of
from articles.sample.stories import desk, focus
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_newsroom(monkeypatch):
    """One story with small photos is enough for most of what `demo` promises.

    What readers report and what topics show is of other stories; `make demo` has all.
    """
    monkeypatch.setattr(load, "STORIES", focus.STORIES[:1])
    monkeypatch.setattr(load, "REPORTS", ())
    monkeypatch.setattr(load, "TOPICS", ())
    monkeypatch.setattr(load, "PHOTO_SIZE", (480, 320))


@pytest.fixture
def _every_state(monkeypatch):
    monkeypatch.setattr(load, "STORIES", (focus.STORIES[0], *desk.STORIES))


def content() -> dict[str, list]:
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Article, Click, Edition, Photo, User, Version)
    }


@pytest.mark.usefixtures("_every_state")
def test_demo_fills_a_newsroom_with_articles_in_every_state():
    call_command("demo", no_serve=True)

    statuses = Counter(Article.objects.values_list("status", flat=True))
    live = Edition.objects.live(timezone.now()).values_list("headline", flat=True)
    assert statuses == {
        "draft": 2,
        "in_review": 6,
        "returned": 1,
        "rejected": 1,
        "approved": 1,
        "published": 6,
        "withdrawn": 1,
    }
    assert sorted(live) == sorted(
        (
            focus.STORIES[0].headline,
            "体育馆改造完成，周末起恢复开放",
            "我校在省大学生艺术展演中获奖七项",
            "教职工代表大会通过新的薪酬办法",
            "主管道抢修，今天下午起西区停水六小时",
            "台风临近，周末户外活动全部取消",
        )
    )
    assert Click.objects.filter(counted=True).exists()
    assert Click.objects.exclude(reason="").exists()
    assert Statement.objects.filter(board=Board.MONTHLY_UNITS).exists()


@pytest.mark.usefixtures("_every_state")
def test_demo_has_work_for_the_proofreader_and_the_head():
    call_command("demo", no_serve=True)

    now = timezone.now()
    reader, head = (User.objects.get(username=name) for name in ("jianjing", "helanzhou"))
    signed = ProofSignature.objects.get()
    waiting, confirmed = ForcedPublication.objects.order_by("-forced_at")
    to_sign = [str(review.article) for review in waiting_for_proof(reader, now)]
    assert to_sign == ["学校发布未来五年学科建设规划"]
    assert str(signed.round.article) == "教职工代表大会通过新的薪酬办法"
    assert (signed.proofreader, signed.round.outcome) == (reader, "approved")
    assert str(waiting) == "主管道抢修，今天下午起西区停水六小时"
    assert not waiting.is_overdue(now)
    assert can(head, Verb.CONFIRM, waiting.article, now)
    assert str(confirmed) == "台风临近，周末户外活动全部取消"
    assert (confirmed.answer.verdict, confirmed.answer.answered_by) == ("confirmed", head)


@pytest.mark.usefixtures("_every_state")
def test_demo_shows_readers_the_old_text_of_a_change_under_review():
    call_command("demo", no_serve=True)

    article = Article.objects.get(headline="体育馆改造完成，周末起恢复开放")
    edition = Edition.objects.live(timezone.now()).get(article=article)
    assert "晚上十点" in article.body
    assert "晚上九点" in edition.body


def test_demo_again_keeps_what_is_there():
    call_command("demo", no_serve=True)
    before = content()

    call_command("demo", no_serve=True)

    assert content() == before
    assert [len(rows) > 0 for rows in before.values()] == [True] * 6


def test_demo_lets_each_persona_sign_in():
    call_command("demo", no_serve=True)

    for persona in PERSONAS:
        user = authenticate(username=persona.username, password=password_of(persona.username))
        assert user is not None
        assert list(user.groups.values_list("name", flat=True)) == [persona.group]


def test_demo_prints_addresses_accounts_and_passwords(capsys):
    call_command("demo", no_serve=True, port=8123)

    said = capsys.readouterr().out
    assert "http://localhost:8123/admin/" in said
    missing = [
        persona.username
        for persona in PERSONAS
        if persona.username not in said or password_of(persona.username) not in said
    ]
    assert missing == []


def test_demo_leaves_a_site_of_real_people_alone():
    make_user(name="真人", email="someone@university.example")

    with pytest.raises(CommandError, match="left alone"):
        call_command("demo", no_serve=True)

    assert Article.objects.count() == 0


def test_demo_reset_deletes_nothing_once_real_people_have_accounts():
    call_command("demo", no_serve=True)
    make_user(name="真人", email="someone@university.example")
    before = content()

    with pytest.raises(CommandError, match="left alone"):
        call_command("demo", no_serve=True, reset=True)

    assert content() == before
