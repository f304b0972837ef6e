"""Whatever the desk does in whatever order, the public sees one approved text or none."""

from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from django.db import IntegrityError, connection, transaction

from articles.actions import publishing, reviewing
from articles.models import Article, Edition, ReviewDecision, User
from articles.rights.permissions import NotAllowed
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


class Newsroom:
    """One article and everybody who may act on it."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.at = NOON
        self.writer = factories.make_user("desk editor")
        self.desk = factories.make_user("desk editor")
        self.chief = factories.make_user("chief editor")
        self.article = factories.make_article(author=self.writer)

    def act(self) -> None:
        step = self.random.choice(
            (self.change, self.review, self.review, self.publish, self.withdraw, self.restore)
        )
        self.at += timedelta(minutes=self.random.randrange(1, 90))
        self.article.refresh_from_db()
        # What is not possible now is refused; that it is, is tested elsewhere.
        with suppress(NotAllowed):
            step()

    def change(self) -> None:
        headline = f"标题 {self.at:%d %H:%M}"
        factories.change(self.article, by=self.writer, at=self.at, headline=headline)

    def review(self) -> None:
        if self.article.status in (Article.Status.DRAFT, Article.Status.RETURNED):
            reviewing.submit(self.article, user=self.writer, at=self.at)
        stage = self.article.rounds.order_by("-number")[0].stage
        reviewer = (self.desk, self.chief)[stage]
        reviewing.approve(
            self.article,
            reviewer=reviewer,
            seen_version=self.article.version_number,
            at=self.at,
        )

    def publish(self) -> None:
        start = self.random.choice((None, self.at + 2 * HOUR))
        end = self.random.choice((None, None, self.at + 5 * HOUR))
        publishing.publish(
            self.article, user=self.chief, at=self.at, live_from=start, expires_at=end
        )

    def withdraw(self) -> None:
        publishing.withdraw(self.article, user=self.chief, reason="事实有误", at=self.at)

    def restore(self) -> None:
        publishing.restore(self.article, user=self.chief, reason="已核实", at=self.at)


def live_at(article: Article, at) -> list[Edition]:
    return list(Edition.objects.live(at).filter(article=article))


@pytest.mark.parametrize("seed", range(12))
def test_never_two_live_editions_and_never_an_unapproved_one(seed):
    newsroom = Newsroom(Random(seed))
    for _ in range(40):
        newsroom.act()

    editions = list(newsroom.article.editions.all())
    moments = {m for e in editions for m in (e.live_from, e.live_until) if m}
    approved = set(
        ReviewDecision.objects.filter(stage=1, verdict="approve").values_list("sha256", flat=True)
    )
    assert editions
    assert {len(live_at(newsroom.article, moment)) for moment in moments} <= {0, 1}
    assert {edition.version.sha256 for edition in editions} <= approved
    assert len({edition.first_published_at for edition in editions if went_out(edition)}) <= 1


def went_out(edition: Edition) -> bool:
    return edition.live_until is None or edition.live_until > edition.live_from


def test_overlap_is_refused_by_the_database_or_the_action():
    edition = factories.make_edition()
    twin = Edition.objects.get(pk=edition.pk)
    twin.pk, twin.number = None, 2
    twin._state.adding = True

    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError, match="never_overlap"), transaction.atomic():
            twin.save()
    else:
        twin.save()
        with pytest.raises(publishing.EditionsOverlap):
            publishing._refuse_overlap(twin)


def test_restore_does_not_put_out_what_was_only_planned():
    article = factories.make_article("计划中")
    chief = factories.make_user("chief editor")
    factories.publish(article, live_from=NOON + 5 * HOUR)
    # As plans could be withdrawn once: today they are taken off the schedule.
    publishing.take_off_schedule(article, actor=chief, at=NOON + HOUR)
    article.withdrawals.create(
        headline="计划中", reason="取消", withdrawn_at=NOON + HOUR, withdrawn_by=chief
    )
    Article.objects.filter(pk=article.pk).update(status=Article.Status.WITHDRAWN)

    restored = publishing.restore(article, user=chief, reason="已核实", at=NOON + 2 * HOUR)

    article.refresh_from_db()
    assert (restored, article.status) == (None, Article.Status.DRAFT)
    assert live_at(article, NOON + 6 * HOUR) == []


def test_restore_brings_back_what_readers_saw_not_the_plan_that_lapsed():
    article = factories.make_article("已发")
    factories.publish(article)
    chief = factories.make_user("chief editor")
    editor = factories.make_user("desk editor")
    article = factories.change(article, by=editor, at=NOON + HOUR, headline="计划的修改")
    reviewing.submit(article, user=editor, at=NOON + HOUR)
    for group in ("desk editor", "chief editor"):
        reviewing.approve(
            article, reviewer=factories.make_user(group), seen_version=2, at=NOON + HOUR
        )
    publishing.publish(article, user=chief, at=NOON + HOUR, live_from=NOON + 50 * HOUR)
    article.units.all().delete()
    publishing.withdraw(article, user=chief, reason="核实", at=NOON + 2 * HOUR)

    restored = publishing.restore(article, user=chief, reason="已核实", at=NOON + 3 * HOUR)

    assert restored is not None
    assert restored.headline == "已发"
    # Readers see the unit confirmed as before, whatever became of the working copy.
    assert [row.confirmed for row in restored.units.all()] == [True]


def test_restored_text_is_the_one_that_was_live_even_with_a_newer_draft():
    article = factories.make_article("已发")
    factories.publish(article)
    editor: User = factories.make_user("desk editor")
    chief: User = factories.make_user("chief editor")
    factories.change(article, by=editor, at=NOON + HOUR, headline="新稿")
    publishing.withdraw(article, user=chief, reason="核实", at=NOON + 2 * HOUR)

    publishing.restore(article, user=chief, reason="已核实", at=NOON + 3 * HOUR)

    article.refresh_from_db()
    assert [edition.headline for edition in live_at(article, NOON + 4 * HOUR)] == ["已发"]
    assert (article.headline, article.status) == ("新稿", Article.Status.DRAFT)
