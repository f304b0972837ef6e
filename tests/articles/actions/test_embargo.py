"""Nobody publishes before an embargo ends, and setting one asks no reviewer again."""

from datetime import timedelta

import pytest

from articles.actions import embargo, forcing, publishing
from articles.models import Article, LogEntry
from articles.rights.permissions import NotAllowed
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
JUST = timedelta(microseconds=1)
UNTIL = NOON + 3 * HOUR


def set_embargo(article, group="desk editor", until=UNTIL, note="期刊约定", at=NOON):
    user = factories.make_user(group)
    embargo.embargo(article, user=user, until=until, note=note, at=at)
    article.refresh_from_db()
    return article


def publish(article, **times):
    at = times.pop("at", NOON)
    return publishing.publish(article, user=factories.make_user("desk editor"), at=at, **times)


def actions(article) -> list[str]:
    return list(LogEntry.objects.filter(article=article).values_list("action", flat=True))


def test_embargo_is_kept_to_the_microsecond():
    article = set_embargo(factories.approve(factories.make_article()))

    for times in ({}, {"live_from": UNTIL - JUST}):
        with pytest.raises(NotAllowed, match="under embargo until"):
            publish(article, **times)

    assert article.editions.count() == 0
    assert publish(article, live_from=UNTIL).live_from == UNTIL


def test_nobody_gets_around_an_embargo_by_force():
    article = set_embargo(factories.make_article())
    chief = factories.make_user("chief editor")

    with pytest.raises(NotAllowed, match="under embargo until"):
        forcing.force_publish(article, user=chief, seen_version=1, reason="急稿", at=NOON)

    assert article.editions.count() == 0


def test_embargo_leaves_text_and_approval_alone():
    article = factories.approve(factories.make_article())
    before = article.version_number, article.status

    set_embargo(article)

    assert (article.version_number, article.status) == before
    assert article.embargo_until == UNTIL
    assert actions(article)[0] == LogEntry.Action.EMBARGOED


def test_plan_before_the_end_is_dropped_and_can_be_made_again():
    article = factories.publish(factories.make_article(), live_from=NOON + HOUR).article

    set_embargo(article)

    assert not article.editions.not_over(NOON).exists()
    assert article.status == Article.Status.APPROVED
    assert publish(article, live_from=UNTIL).live_from == UNTIL


def test_plan_after_the_end_stays():
    article = factories.publish(factories.make_article(), live_from=UNTIL).article

    set_embargo(article)

    assert article.status == Article.Status.PUBLISHED
    assert article.editions.not_over(NOON).get().live_from == UNTIL


def test_lifted_embargo_binds_nobody():
    article = set_embargo(factories.approve(factories.make_article()))

    embargo.lift(article, user=factories.make_user("desk editor"), at=NOON + HOUR)

    article.refresh_from_db()
    assert (article.embargo_until, article.embargo_note) == (None, "")
    assert actions(article)[0] == LogEntry.Action.FREED
    assert publish(article, at=NOON + HOUR).live_from == NOON + HOUR


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"group": "correspondent"}, "no such article"),
        ({"group": "head"}, "the desk's to set"),
        ({"until": NOON}, "ends in the future"),
        ({"note": " "}, "who asked for it"),
    ],
)
def test_embargo_is_refused(given, reason):
    article = factories.approve(factories.make_article())

    with pytest.raises(NotAllowed, match=reason):
        set_embargo(article, **given)

    article.refresh_from_db()
    assert article.embargo_until is None


def test_embargo_on_what_readers_see_is_refused():
    article = factories.publish(factories.make_article()).article

    with pytest.raises(NotAllowed, match="Readers see this article already"):
        set_embargo(article)


def test_lifting_what_is_over_is_refused():
    article = set_embargo(factories.approve(factories.make_article()))

    with pytest.raises(NotAllowed, match="under no embargo"):
        embargo.lift(article, user=factories.make_user("desk editor"), at=UNTIL)
