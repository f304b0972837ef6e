"""Side effects at the desk: seen by those who can help, and tried again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import outbox
from articles.actions import retrying
from articles.models import Article, Errand, LogEntry
from articles.rights.permissions import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db

ERROR = "HubRefused: hub.example.org answered 500."
HOUR = timedelta(hours=1)


def fail(article: Article | None = None, key: str = "a") -> Errand:
    outbox.put("ping hub", key, due_at=timezone.now() - HOUR, article=article)
    Errand.objects.filter(key=key).update(given_up_at=timezone.now(), attempts=6, last_error=ERROR)
    return Errand.objects.get(key=key)


def signed_in(*groups: str, **fields) -> Client:
    client = Client()
    client.force_login(factories.make_user(*groups, is_staff=True, **fields))
    return client


def test_retry_gives_all_attempts_again_and_is_logged():
    article, editor = factories.make_article(), factories.make_user("desk editor")
    errand, now = fail(article), timezone.now()

    retrying.retry(errand, user=editor, at=now)

    errand.refresh_from_db()
    assert (errand.attempts, errand.given_up_at) == (0, None)
    assert errand.next_at <= now
    entry = article.log_entries.get(action=LogEntry.Action.RETRIED)
    assert (entry.actor, entry.detail) == (editor, "ping hub a")


def test_retry_of_what_is_of_no_article_is_logged_too():
    retrying.retry(fail(), user=factories.make_user("administrator"), at=timezone.now())

    entry = LogEntry.objects.get(action=LogEntry.Action.RETRIED)
    assert (entry.article, entry.subject) == (None, "ping hub a")


@pytest.mark.parametrize(
    ("group", "fields", "reason"),
    [
        ("correspondent", {}, "You may not run side effects"),
        ("head", {}, "You may not run side effects"),
        ("desk editor", {"given_up_at": None, "done_at": timezone.now()}, "done already"),
        ("desk editor", {"given_up_at": None, "last_error": ""}, "has not failed"),
    ],
)
def test_retry_is_refused(group, fields, reason):
    errand = fail()
    Errand.objects.update(**fields)
    before = Errand.objects.values().get()

    with pytest.raises(NotAllowed, match=reason):
        retrying.retry(errand, user=factories.make_user(group), at=timezone.now())

    assert Errand.objects.values().get() == before


def test_desk_shows_what_failed_to_those_who_can_try_again():
    fail(factories.make_article("校庆开幕"))
    unit = factories.make_unit()
    shown = {
        group: ERROR in signed_in(group, unit=unit).get("/admin/").content.decode()
        for group in ("correspondent", "head", "desk editor", "chief editor", "administrator")
    }

    assert shown == {
        "correspondent": False,
        "head": False,
        "desk editor": True,
        "chief editor": True,
        "administrator": True,
    }


def test_desk_is_silent_when_nothing_failed():
    outbox.put("ping hub", "a", due_at=timezone.now() + HOUR)

    assert "Needs somebody" not in signed_in("desk editor").get("/admin/").content.decode()


def test_button_tries_again():
    errand, editor = fail(factories.make_article()), signed_in("desk editor")
    address = reverse("admin:articles_errand_retry", args=[errand.pk])

    answer = editor.post(address, follow=True)

    assert "It will be tried again in a moment." in answer.content.decode()
    assert ERROR not in answer.content.decode()
    errand.refresh_from_db()
    assert errand.given_up_at is None
    assert editor.get(address).status_code == 405


def test_list_and_page_say_what_it_was_and_offer_to_try_again():
    errand, editor = fail(factories.make_article("校庆开幕")), signed_in("desk editor")
    address = reverse("admin:articles_errand_retry", args=[errand.pk])

    listed = editor.get(reverse("admin:articles_errand_changelist")).content.decode()
    page = editor.get(reverse("admin:articles_errand_change", args=[errand.pk])).content.decode()

    assert all(text in listed for text in ("tell the hub", "校庆开幕", "given up", ERROR))
    assert f'formaction="{address}"' in page


def test_lists_cost_the_same_with_one_failure_and_with_five(django_assert_num_queries):
    editor = signed_in("desk editor")
    fail(factories.make_article(), key="first")
    pages = [reverse("admin:index"), reverse("admin:articles_errand_changelist")]
    for page in pages:
        editor.get(page)
    costs = [len(count(editor, page)) for page in pages]
    for key in "abcd":
        fail(factories.make_article(), key=key)

    for page, cost in zip(pages, costs, strict=True):
        with django_assert_num_queries(cost):
            editor.get(page)


def count(client: Client, page: str) -> list:
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    return list(queries)
