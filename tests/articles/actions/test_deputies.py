from datetime import date, timedelta

import pytest

from articles.actions import deputies
from articles.models import Deputy
from articles.rights.permissions import NotAllowed
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


def name(represented, deputy, user=None, *, first=TODAY, until=TODAY + DAY):
    return deputies.name(
        represented,
        deputy=deputy,
        valid_from=first,
        valid_until=until,
        user=user or represented,
        at=NOON,
    )


def test_somebody_names_their_own_deputy():
    chief, desk = factories.make_user("chief editor"), factories.make_user("desk editor")

    row = name(chief, desk)

    assert (row.represented, row.deputy, row.named_by) == (chief, desk, chief)
    assert list(Deputy.objects.active(TODAY)) == [row]
    assert list(Deputy.objects.active(TODAY + DAY)) == []


def test_administrator_names_for_others_and_colleagues_do_not():
    chief, desk = factories.make_user("chief editor"), factories.make_user("desk editor")
    keeper = factories.make_user("administrator")

    with pytest.raises(NotAllowed, match="for yourself only"):
        name(chief, factories.make_user("desk editor"), desk)

    assert name(chief, desk, keeper).named_by == keeper


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ("self", "Nobody is their own deputy."),
        ("seize", "You may not make yourself somebody's deputy."),
        ("no right", "may not decide in reviews."),
        ("backwards", "It would end before it begins."),
        ("past", "It cannot begin in the past."),
        ("twice", "is the deputy on some of these days already."),
    ],
)
def test_deputy_that_cannot_be_is_refused_with_a_reason(case, reason):
    chief, desk = factories.make_user("chief editor"), factories.make_user("desk editor")
    keeper = factories.make_user("administrator", "desk editor")
    asks = {
        "self": lambda: name(chief, chief),
        "seize": lambda: name(chief, keeper, keeper),
        "no right": lambda: name(chief, factories.make_user("correspondent")),
        "backwards": lambda: name(chief, desk, until=TODAY),
        "past": lambda: name(chief, desk, first=TODAY - DAY),
        "twice": lambda: (name(chief, desk), name(chief, desk, until=TODAY + 2 * DAY)),
    }

    with pytest.raises(NotAllowed, match=reason):
        asks[case]()


def test_end_takes_the_seat_back_at_once_and_keeps_the_row():
    chief, desk = factories.make_user("chief editor"), factories.make_user("desk editor")
    row = name(chief, desk)

    with pytest.raises(NotAllowed, match="only what holds for yourself"):
        deputies.end(row, user=desk, at=NOON)
    deputies.end(row, user=chief, at=NOON)

    row.refresh_from_db()
    assert list(Deputy.objects.active(TODAY)) == []
    assert (row.ended_by, row.ended_at, row.valid_until) == (chief, NOON, TODAY + DAY)
    with pytest.raises(NotAllowed, match="ended already"):
        deputies.end(row, user=chief, at=NOON)
