"""Two people act on one article at the same moment: one clear result."""

from datetime import timedelta

import pytest

from articles.actions import publishing, reviewing
from articles.models import Article, LogEntry
from tests import factories
from tests.at_once import at_once, in_one
from tests.factories import NOON

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

LATER = NOON + timedelta(hours=1)


def logged(article: Article) -> list[str]:
    entries = LogEntry.objects.filter(article=article).order_by("pk")
    return list(entries.values_list("action", flat=True))


def test_taking_back_while_the_last_stage_approves():
    article = factories.submit(factories.make_article())
    reviewing.approve(
        article, reviewer=factories.make_user("desk editor"), seen_version=1, at=NOON
    )
    chief = factories.make_user("chief editor")

    outcomes = at_once(
        lambda: reviewing.approve(article, reviewer=chief, seen_version=1, at=LATER),
        lambda: reviewing.take_back(article, user=article.created_by, at=LATER),
    )

    article.refresh_from_db()
    last = logged(article)[-1]
    assert outcomes == ["NotAllowed", "done"]
    assert (article.status, last) in {("approved", "approved"), ("draft", "taken_back")}


def test_two_reviewers_approve_one_stage():
    article = factories.submit(factories.make_article())
    one, other = factories.make_user("desk editor"), factories.make_user("desk editor")

    outcomes = at_once(
        lambda: reviewing.approve(article, reviewer=one, seen_version=1, at=LATER),
        lambda: reviewing.approve(article, reviewer=other, seen_version=1, at=LATER),
    )

    assert outcomes == ["NotAllowed", "done"]
    assert article.rounds.get().decisions.count() == 1
    assert logged(article) == ["created", "submitted", "approved"]


def test_two_editors_save_the_same_version():
    article = factories.make_article()
    one, other = factories.make_user("desk editor"), factories.make_user("desk editor")

    def save(user, headline):
        return lambda: factories.change(article, by=user, at=LATER, headline=headline)

    # `change` is begun and finished in one transaction, as the desk's form does it.
    outcomes = at_once(in_one(save(one, "甲")), in_one(save(other, "乙")))

    article.refresh_from_db()
    saved = list(article.versions.order_by("number").values_list("snapshot__headline", flat=True))
    assert outcomes == ["StaleArticle", "done"]
    assert saved == [saved[0], article.headline]


def test_two_publishers_make_one_edition():
    article = factories.approve(factories.make_article())
    one, other = factories.make_user("chief editor"), factories.make_user("chief editor")

    outcomes = at_once(
        lambda: publishing.publish(article, user=one, at=LATER),
        lambda: publishing.publish(article, user=other, at=LATER),
    )

    assert outcomes == ["NotAllowed", "done"]
    assert article.editions.count() == 1


def test_two_heads_hand_over_what_somebody_had():
    owner, third, fourth = (factories.make_user("desk editor") for _ in range(3))
    article = factories.submit(factories.make_article())
    reviewing.claim(article, reviewer=owner, at=NOON)
    heads = factories.make_user("head"), factories.make_user("head")

    def give(head, to):
        return lambda: reviewing.hand_over(
            article, reviewer=head, to=to, seen_holder=owner.pk, at=LATER
        )

    outcomes = at_once(give(heads[0], third), give(heads[1], fourth))

    entry = LogEntry.objects.get(article=article, action="handed_over")
    holder = article.rounds.get().claimed_by
    assert outcomes == ["NotAllowed", "done"]
    assert (entry.actor, holder) in {(heads[0], third), (heads[1], fourth)}


def test_two_heads_appoint_where_nobody_can_decide():
    article = factories.submit(factories.make_article())
    desk = factories.make_user("desk editor")
    reviewing.approve(article, reviewer=desk, seen_version=1, at=NOON)
    one, other = factories.make_user("desk editor"), factories.make_user("desk editor")
    heads = factories.make_user("head"), factories.make_user("head")

    outcomes = at_once(
        lambda: reviewing.appoint(article, user=heads[0], to=one, at=LATER),
        lambda: reviewing.appoint(article, user=heads[1], to=other, at=LATER),
    )

    seat, review = article.rounds.get().seats.get(), article.rounds.get()
    assert outcomes == ["NotAllowed", "done"]
    assert (seat.appointed_by, seat.user) in {(heads[0], one), (heads[1], other)}
    assert review.claimed_by == seat.user
    assert logged(article).count("appointed") == 1
