"""A pin puts an article on top of a page until a moment."""

from datetime import timedelta

import pytest

from articles.actions import composing, pinning, publishing
from articles.models import LogEntry, Placement
from articles.public.lists import front, listed
from articles.rights.permissions import NotAllowed
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def pin(article, *, section=None, until=NOON + 3 * HOUR, at=NOON, group="desk editor"):
    user = factories.make_user(group)
    return pinning.pin(article, user=user, section=section, until=until, at=at)


def pinned(at, section=None) -> list[str]:
    placed = front.placed_on(section, at).get("heads", ())
    return [row.headline for row in listed.editions([place.pk for place in placed], at)]


def test_pin_heads_the_page_until_its_moment():
    edition = factories.make_edition("置顶")

    pin(edition.article)

    until = NOON + 3 * HOUR
    moments = (NOON - timedelta(microseconds=1), NOON, until - timedelta(microseconds=1), until)
    assert [pinned(moment) for moment in moments] == [[], ["置顶"], ["置顶"], []]
    assert pinned(NOON, edition.section) == []
    entry = LogEntry.objects.get(action=LogEntry.Action.PINNED)
    assert entry.article == edition.article


def test_newest_pin_comes_first():
    for hour, headline in enumerate(["先", "后"]):
        edition = factories.make_edition(headline)
        pin(edition.article, at=NOON + hour * HOUR)

    assert pinned(NOON + HOUR) == ["后", "先"]


def test_pinning_again_moves_the_end():
    edition = factories.make_edition()
    pin(edition.article)

    pin(edition.article, at=NOON + HOUR, until=NOON + 2 * HOUR)

    assert len(pinned(NOON + HOUR)) == 1
    assert pinned(NOON + 2 * HOUR) == []


def test_pinned_article_that_is_withdrawn_is_not_shown():
    edition = factories.make_edition()
    pin(edition.article, section=edition.section)
    chief = factories.make_user("chief editor")

    publishing.withdraw(edition.article, user=chief, reason="核实", at=NOON + HOUR)

    assert pinned(NOON + HOUR, edition.section) == []


def test_unpin_takes_an_article_off_every_page():
    edition = factories.make_edition()
    for section in (None, edition.section):
        pin(edition.article, section=section)
    edition.article.placements.create(slot="lead", live_from=NOON)

    editor = factories.make_user("desk editor")
    pinning.unpin(edition.article, user=editor, at=NOON + HOUR)

    left = Placement.objects.live(NOON + HOUR).values_list("slot", flat=True)
    assert list(left) == ["lead"]
    assert LogEntry.objects.filter(action=LogEntry.Action.UNPINNED).count() == 1
    with pytest.raises(NotAllowed, match="not pinned"):
        pinning.unpin(edition.article, user=editor, at=NOON + HOUR)


@pytest.mark.parametrize(
    ("given", "reason"),
    [({"group": "head"}, "may not pin"), ({"until": NOON}, "ends in the future")],
)
def test_pin_is_refused(given, reason):
    edition = factories.make_edition()

    with pytest.raises(NotAllowed, match=reason):
        pin(edition.article, **given)

    assert not Placement.objects.exists()


def test_draft_is_not_pinned():
    with pytest.raises(NotAllowed, match="that readers see"):
        pin(factories.make_article())


def test_pins_leave_topics_alone():
    edition = factories.make_edition(at=NOON - HOUR)
    topic, editor = factories.make_topic(), factories.make_user("desk editor")
    composing.place(edition.article, user=editor, page=topic, key="heads", at=NOON)
    with pytest.raises(NotAllowed, match="not pinned"):
        pinning.unpin(edition.article, user=editor, at=NOON + HOUR)

    pin(edition.article, at=NOON + HOUR)
    pinning.unpin(edition.article, user=editor, at=NOON + 2 * HOUR)

    left = Placement.objects.live(NOON + 2 * HOUR)
    assert [placement.topic for placement in left] == [topic]
