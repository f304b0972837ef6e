"""What follows from a publication is put once, moves with it, and lapses with it."""

from datetime import timedelta

import pytest

from articles.actions import publishing, reviewing
from articles.errands import running
from articles.models import Article, EditionPage, Errand
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def pinged(settings, monkeypatch) -> list[int]:
    """Have a hub that only notes which editions it is told of."""
    settings.WEBSUB_HUB = "https://hub.example.org/"
    pinged: list[int] = []
    monkeypatch.setattr("articles.errands.hub.ping", lambda edition: pinged.append(edition.number))
    return pinged


def waiting(article: Article) -> set[tuple]:
    """Give what is to be done yet: which kind, for which edition, at its begin or end, when."""
    numbers = dict(article.editions.values_list("pk", "number"))
    found = set()
    for errand in Errand.objects.filter(article=article, key__startswith="edition/", done_at=None):
        moment = errand.key.rpartition("/")[2]
        number = numbers[errand.payload["edition"]]
        found.add((errand.kind, number, moment, (errand.due_at - NOON) // HOUR))
    return found


def run(at) -> int:
    # Whom to tell what happened is another matter.
    Errand.objects.filter(kind="tell").delete()
    return running.run_due(at, worker="worker")


def begins(number: int, hour: int) -> set[tuple]:
    return {(kind, number, "begins", hour) for kind in ("renew pages", "ping hub")}


def ends(number: int, hour: int) -> set[tuple]:
    return {("ping hub", number, "ends", hour)}


def publish_again(article: Article, *, at, **times) -> None:
    """Change the headline, and take the change through review to a new edition."""
    desk = factories.make_user("desk editor")
    article = factories.change(article, by=desk, at=at, headline="改后的标题")
    if article.status == Article.Status.DRAFT:
        reviewing.submit(article, user=desk, at=at)
        approve(article, "desk editor", at)
    approve(article, "chief editor", at)
    publishing.publish(article, user=desk, at=at, **times)


def approve(article: Article, group: str, at) -> None:
    reviewer = factories.make_user(group)
    reviewing.approve(article, reviewer=reviewer, seen_version=2, at=at)


def test_publishing_puts_what_follows_at_begin_and_end():
    edition = factories.publish(factories.make_article(), expires_at=NOON + 3 * HOUR)

    assert waiting(edition.article) == begins(1, 0) | ends(1, 3)


def test_without_a_hub_only_pages_are_renewed(settings):
    settings.WEBSUB_HUB = ""
    edition = factories.publish(factories.make_article(), expires_at=NOON + 3 * HOUR)

    assert waiting(edition.article) == {("renew pages", 1, "begins", 0)}


def test_what_follows_runs_at_the_moment_and_once(pinged):
    factories.publish(factories.make_article(), live_from=NOON + HOUR, expires_at=NOON + 2 * HOUR)
    moments = [NOON + HOUR, NOON + 2 * HOUR]
    ran = []
    for moment in moments:
        ran += [run(moment - timedelta(microseconds=1)), run(moment), run(moment)]

    assert ran == [0, 2, 0, 0, 1, 0]
    assert pinged == [1, 1]


def test_new_edition_takes_over_the_end_of_the_one_before():
    article = factories.publish(factories.make_article(), expires_at=NOON + 9 * HOUR).article
    run(NOON)

    publish_again(article, at=NOON + HOUR, live_from=NOON + 2 * HOUR)

    assert waiting(article) == begins(2, 2)


def test_plan_that_is_dropped_takes_what_follows_with_it():
    article = factories.publish(factories.make_article(), expires_at=NOON + 9 * HOUR).article
    run(NOON)
    publish_again(article, at=NOON + HOUR, live_from=NOON + 2 * HOUR)

    chief = factories.make_user("chief editor")
    publishing.take_off_schedule(article, actor=chief, at=NOON + HOUR)

    assert waiting(article) == ends(1, 9)


def test_plan_that_is_moved_moves_what_follows(pinged):
    article = factories.publish(factories.make_article(), live_from=NOON + HOUR).article
    publish_again(article, at=NOON, live_from=NOON + 5 * HOUR)

    assert waiting(article) == begins(2, 5)
    run(NOON + 6 * HOUR)
    assert pinged == [2]


def test_withdrawing_tells_the_end_at_once_and_no_begin(pinged):
    edition = factories.publish(factories.make_article(), expires_at=NOON + 9 * HOUR)
    chief = factories.make_user("chief editor")

    publishing.withdraw(edition.article, user=chief, reason="核实", at=NOON + HOUR)

    assert waiting(edition.article) == ends(1, 1)
    run(NOON + HOUR)
    assert pinged == [1]


def test_taking_a_plan_off_the_schedule_tells_nothing():
    edition = factories.publish(factories.make_article(), live_from=NOON + 2 * HOUR)
    chief = factories.make_user("chief editor")

    publishing.unschedule(edition.article, user=chief, seen_edition=edition.pk, at=NOON + HOUR)

    assert waiting(edition.article) == set()


def test_restoring_tells_of_the_new_edition():
    edition = factories.publish(factories.make_article())
    article, chief = edition.article, factories.make_user("chief editor")
    publishing.withdraw(article, user=chief, reason="核实", at=NOON + HOUR)
    run(NOON + HOUR)

    article.refresh_from_db()
    publishing.restore(article, user=chief, reason="已核实", at=NOON + 2 * HOUR)

    assert waiting(article) == begins(2, 2)


def test_pages_of_an_older_recipe_are_renewed_when_the_edition_begins():
    edition = factories.publish(factories.make_article(), live_from=NOON + HOUR)
    EditionPage.objects.update(recipe="old", head="old")

    run(NOON + HOUR)

    assert not edition.pages.filter(head="old").exists()
    assert edition.pages.count() == 3  # a page for each language
