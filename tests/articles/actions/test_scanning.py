"""The desk has all that is live checked; a worker does it in parts."""

from datetime import timedelta

import pytest

from articles.actions import scanning
from articles.errands import kinds
from articles.models import Errand, ListedWord, LogEntry, Scan, ScanFinding
from articles.rights.permissions import NotAllowed
from tests.factories import NOON, make_article, make_user, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(db):
    made = [publish(make_article(f"第{n}篇", body="<p>残废</p>")) for n in (1, 2, 3)]
    ListedWord.objects.create(text="残废")
    return made


def found():
    return set(ScanFinding.objects.filter(check_code="words").values_list("edition", flat=True))


def run_errands():
    """Do what is put and not done, and what that puts; say how many there were."""
    done = 0
    while errand := Errand.objects.filter(kind="scan archive", done_at=None).first():
        kinds.OUTSIDE["scan archive"](errand, NOON)
        Errand.objects.filter(pk=errand.pk).update(done_at=NOON)
        done += 1
    return done


def test_worker_checks_in_parts_until_all_is_done(live, monkeypatch):
    monkeypatch.setattr(scanning.go_on, "__kwdefaults__", {"limit": 2})
    head = make_user("head")

    scanning.start(user=head, at=NOON)
    done = run_errands()

    assert done == 2
    assert found() == {edition.pk for edition in live}
    assert Scan.objects.get().finished_at == NOON
    assert LogEntry.objects.get(action=LogEntry.Action.SCANNED).actor == head


def test_part_that_is_done_twice_is_done_once(live):
    scan = scanning.begin(NOON)

    scanning.go_on(scan.pk, at=NOON)
    scanning.go_on(scan.pk, at=NOON)

    assert len(found()) == ScanFinding.objects.filter(check_code="words").count() == 3


def test_one_scan_at_a_time_unless_it_was_left(live):
    head = make_user("head")
    left = scanning.start(user=head, at=NOON)

    with pytest.raises(NotAllowed, match="being checked already"):
        scanning.start(user=head, at=NOON + timedelta(hours=1))
    scanning.start(user=head, at=NOON + timedelta(hours=7))

    assert not Scan.objects.filter(pk=left.pk).exists()
    run_errands()
    assert len(found()) == 3


def test_units_have_nothing_checked(db):
    with pytest.raises(NotAllowed, match="Only who sees every unit"):
        scanning.start(user=make_user("correspondent"), at=NOON)

    assert Scan.objects.count() == 0


def test_what_readers_see_no_more_is_forgotten(live):
    scanning.go_on(scanning.begin(NOON).pk, at=NOON)
    type(live[0]).objects.filter(pk=live[0].pk).end(NOON + timedelta(hours=1))

    scanning.go_on(scanning.begin(NOON).pk, at=NOON + timedelta(hours=2))

    assert found() == {live[1].pk, live[2].pk}
