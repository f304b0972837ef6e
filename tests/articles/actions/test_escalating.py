"""What is overdue goes to the group above, once, whoever looks and how often."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import close_old_connections

from articles.actions import publishing, reviewing
from articles.models import LogEntry, ReviewPolicy
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=30)


@pytest.fixture(autouse=True)
def _first_stage_escalates(db):
    stage = ReviewPolicy.objects.get().stages.get(position=1)
    stage.escalates_to = Group.objects.get(name="chief editor")
    stage.save()


def escalations():
    rows = LogEntry.objects.filter(action="escalated").order_by("pk")
    return list(rows.values_list("article", "at", "actor", "actor_name", "detail"))


def test_overdue_review_is_escalated_once():
    article = factories.submit(factories.make_article())
    review = article.rounds.get()

    before = reviewing.escalate_overdue(at=review.due_at - timedelta(seconds=1))
    first = reviewing.escalate_overdue(at=review.due_at)
    again = reviewing.escalate_overdue(at=LATER)

    review.refresh_from_db()
    assert (before, first, again) == ([], [review], [])
    assert review.escalated_at == review.due_at
    assert escalations() == [(article.pk, review.due_at, None, "calendar", "初审")]


def test_stage_without_a_group_above_is_not_escalated():
    article = factories.submit(factories.make_article())
    reviewing.approve(
        article, reviewer=factories.make_user("desk editor"), seen_version=1, at=NOON
    )

    assert reviewing.escalate_overdue(at=LATER) == []
    assert escalations() == []


def test_what_left_review_is_not_escalated():
    article = factories.make_article()
    factories.publish(article)
    chief = factories.make_user("chief editor")
    factories.change(article, by=chief, at=NOON, headline="改")
    reviewing.submit(article, user=chief, at=NOON)
    publishing.withdraw(article, user=chief, reason="核实", at=NOON)

    assert reviewing.escalate_overdue(at=LATER) == []


def test_next_stage_begins_without_a_mark():
    article = factories.submit(factories.make_article())
    reviewing.escalate_overdue(at=LATER)

    reviewing.approve(
        article, reviewer=factories.make_user("desk editor"), seen_version=1, at=LATER
    )

    assert article.rounds.get().escalated_at is None


@pytest.mark.django_db(transaction=True)
def test_several_workers_escalate_once():
    for _number in range(3):
        factories.submit(factories.make_article())
    together, found = threading.Barrier(3), []

    def work():
        together.wait()
        found.extend(reviewing.escalate_overdue(at=LATER))
        close_old_connections()

    workers = [threading.Thread(target=work) for _number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(found) == len(escalations()) == 3


def test_command_says_what_it_did():
    article = factories.submit(factories.make_article("过期的稿"))
    second, third = StringIO(), StringIO()

    article.rounds.update(due_at=NOON - timedelta(days=900))
    call_command("escalate_overdue", stdout=second)
    call_command("escalate_overdue", stdout=third)

    assert second.getvalue() == ("“过期的稿”: “初审” is overdue, now with chief editor as well.\n")
    assert third.getvalue() == "Nothing to escalate.\n"
