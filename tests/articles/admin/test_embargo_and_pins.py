"""The desk holds articles back and pins them, each on a page of the article."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.actions import embargo
from articles.models import Article
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(factories.make_user("desk editor", is_staff=True))
    return client


def page_of(article: Article, verb: str) -> str:
    return reverse(f"admin:articles_article_{verb}", args=[article.pk])


def tomorrow() -> datetime:
    day = timezone.localtime() + timedelta(days=1)
    return day.replace(hour=8, minute=0, second=0, microsecond=0)


def typed(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")


def test_embargo_is_set_shown_offered_and_lifted(editor):
    article = factories.approve(factories.make_article(), at=timezone.now())
    form = reverse("admin:articles_article_change", args=[article.pk])
    given = {"version": 1, "until": typed(tomorrow()), "note": "期刊约定"}

    answer = editor.post(page_of(article, "embargo"), given, follow=True)
    offered = editor.get(page_of(article, "publish")).content.decode()

    article.refresh_from_db()
    assert article.embargo_until == tomorrow()
    assert "under embargo until" in answer.content.decode()
    assert f'value="{typed(tomorrow())}"' in offered
    now = {"version": 1, "live_from": "", "expires_at": ""}
    refused = editor.post(page_of(article, "publish"), now)
    assert (refused.status_code, article.editions.count()) == (200, 0)
    assert "This article is under embargo until" in refused.content.decode()
    editor.post(page_of(article, "lift_embargo"), {"version": 1})
    assert "under embargo until" not in editor.get(form).content.decode()


@pytest.mark.parametrize("place", ["home", "section"])
def test_article_is_pinned_and_unpinned(editor, place):
    edition = factories.make_edition(at=timezone.now() - timedelta(hours=1))
    article = edition.article
    given = {"version": 1, "place": place, "until": typed(tomorrow())}

    editor.post(page_of(article, "pin"), given)

    pin = article.placements.get()
    section = edition.section if place == "section" else None
    assert (pin.slot, pin.section, pin.live_until) == ("heads", section, tomorrow())
    assert editor.get(page_of(article, "unpin")).status_code == 200
    editor.post(page_of(article, "unpin"), {"version": 1})
    assert not article.placements.live(timezone.now()).exists()
    assert editor.get(page_of(article, "unpin")).status_code == 403


def test_moment_that_is_past_is_refused_where_it_was_typed(editor):
    edition = factories.make_edition(at=timezone.now() - timedelta(hours=1))
    given = {"version": 1, "place": "home", "until": "2020-01-01T08:00"}

    answer = editor.post(page_of(edition.article, "pin"), given)

    assert answer.status_code == 200
    assert ">Pin</button>" in answer.content.decode()
    assert "A pin ends in the future." in answer.content.decode()
    assert 'value="2020-01-01T08:00"' in answer.content.decode()


def test_note_of_an_embargo_is_read_by_the_desk_alone(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    desk, editor = sign_in("desk editor")
    article = factories.make_article(author=user, unit=unit)
    at = timezone.now()
    embargo.embargo(
        article, user=editor, until=at + timedelta(days=3), note="校长办公室要求", at=at
    )
    form = f"/admin/articles/article/{article.pk}/change/"
    asked = "/admin/articles/article/?embargo_note__startswith=校长"

    read = ["校长办公室要求" in row.get(form).content.decode() for row in (browser, desk)]
    answers = [row.get(asked).status_code for row in (browser, desk)]

    assert read == [False, True]
    assert answers == [400, 200]
