"""Side effects are put with their cause, done once, tried again, and seen when they fail."""

from datetime import timedelta

import pytest
from django.db import transaction

from articles import outbox
from articles.errands import kinds, running
from articles.models import Errand, Section
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def make_section(errand, at):
    """Change a row, as work inside the database does; a key asks for trouble."""
    factories.make_section(errand.key)
    if errand.payload.get("fails"):
        raise kinds.Unfinished("The hub is away.")


@pytest.fixture(autouse=True)
def sent(monkeypatch) -> list[str]:
    """Know two kinds of work: `inside` makes a section, `outside` sends a key to a list."""
    sent: list[str] = []

    def send(errand, at):
        sent.append(errand.key)
        if errand.payload.get("fails"):
            raise OSError("No route to host.")

    monkeypatch.setitem(kinds.INSIDE, "inside", make_section)
    monkeypatch.setitem(kinds.OUTSIDE, "outside", send)
    return sent


def run(at=NOON) -> int:
    return running.run_due(at, worker="worker")


def section_names() -> list[str]:
    return list(Section.objects.order_by("pk").values_list("name", flat=True))


def test_put_is_undone_with_its_cause():
    with transaction.atomic():
        outbox.put("inside", "a", due_at=NOON)
        transaction.set_rollback(True)

    assert list(Errand.objects.all()) == []


def test_put_twice_keeps_the_first():
    outbox.put("inside", "a", due_at=NOON, payload={"number": 1})
    outbox.put("inside", "a", due_at=NOON + MINUTE, payload={"number": 2})

    assert list(Errand.objects.values_list("due_at", "payload")) == [(NOON, {"number": 1})]


def test_put_again_after_it_was_done_does_nothing():
    outbox.put("inside", "a", due_at=NOON)
    run()
    outbox.put("inside", "a", due_at=NOON)

    assert (run(NOON + MINUTE), section_names()) == (0, ["a"])


def test_errand_runs_from_its_moment_on_and_once():
    outbox.put("inside", "a", due_at=NOON)
    just_before = NOON - timedelta(microseconds=1)

    assert [run(just_before), run(NOON), run(NOON), run(NOON + MINUTE)] == [0, 1, 0, 0]
    assert section_names() == ["a"]
    errand = Errand.objects.get()
    assert (errand.done_at, errand.attempts, errand.taken_by) == (NOON, 1, "worker")


def test_cancelled_errands_do_not_run():
    for key in ("1/a", "1/b", "12/a"):
        outbox.put("inside", key, due_at=NOON)

    assert outbox.cancel("outside", "1/a") == 0
    assert outbox.cancel_all("1/") == 2
    run()

    assert section_names() == ["12/a"]


def test_what_was_done_is_not_cancelled():
    outbox.put("inside", "a", due_at=NOON)
    run()

    assert outbox.cancel("inside", "a") == 0
    assert Errand.objects.get().done_at == NOON


def test_failing_errand_stops_no_other_and_leaves_nothing_behind():
    outbox.put("inside", "poisoned", due_at=NOON - MINUTE, payload={"fails": True})
    outbox.put("unknown", "a", due_at=NOON - MINUTE)
    outbox.put("inside", "b", due_at=NOON)

    assert run() == 3

    assert section_names() == ["b"]
    errors = Errand.objects.exclude(last_error="").values_list("key", "last_error", "next_at")
    assert sorted(errors) == [
        ("a", "Unfinished: Nobody knows what unknown is.", NOON + MINUTE),
        ("poisoned", "Unfinished: The hub is away.", NOON + MINUTE),
    ]


def test_failing_errand_is_tried_again_more_and_more_seldom_then_given_up(sent):
    outbox.put("outside", "a", due_at=NOON, payload={"fails": True})
    at, waited = NOON, []
    while (errand := Errand.objects.get()).given_up_at is None:
        waited.append((errand.next_at - at) // MINUTE)
        at = errand.next_at
        assert run(at - timedelta(microseconds=1)) == 0
        assert run(at) == 1

    assert waited == [0, 1, 5, 30, 120, 720]
    assert sent == ["a"] * 6
    assert (errand.given_up_at, errand.last_error) == (at, "OSError: No route to host.")
    assert run(at + timedelta(days=9)) == 0


def test_errand_that_works_at_the_second_try_is_done(sent):
    outbox.put("outside", "a", due_at=NOON, payload={"fails": True})
    run()
    Errand.objects.update(payload={})

    run(NOON + MINUTE)

    errand = Errand.objects.get()
    assert (errand.done_at, errand.attempts, errand.last_error) == (NOON + MINUTE, 2, "")


def test_errand_of_a_dead_worker_is_taken_again_when_its_lease_is_over():
    outbox.put("inside", "a", due_at=NOON)
    running._claim(NOON, "dead", running.Turns())
    over = NOON + running.LEASE

    assert run(over - timedelta(microseconds=1)) == 0
    assert run(over) == 1
    assert section_names() == ["a"]


def test_errand_that_kills_its_workers_is_given_up():
    outbox.put("inside", "a", due_at=NOON)
    at = NOON
    for _ in range(6):
        running._claim(at, "dead", running.Turns())
        at += running.LEASE

    run(at)

    errand = Errand.objects.get()
    assert (errand.given_up_at, errand.last_error) == (at, "Unfinished: Its workers died.")
    assert section_names() == []


def test_worker_that_was_too_slow_leaves_the_errand_to_the_next():
    outbox.put("inside", "a", due_at=NOON)
    slow = running._claim(NOON, "slow", running.Turns())
    quick = running._claim(NOON + running.LEASE, "quick", running.Turns())

    running._run(slow, NOON)
    assert section_names() == []
    running._run(quick, NOON)

    assert section_names() == ["a"]


def test_errand_cancelled_while_it_is_taken_does_nothing():
    outbox.put("inside", "a", due_at=NOON)
    taken = running._claim(NOON, "worker", running.Turns())
    outbox.cancel("inside", "a")

    running._run(taken, NOON)

    assert section_names() == []


def test_done_errands_are_forgotten_after_a_season():
    for key in ("old", "new", "open"):
        outbox.put("inside", key, due_at=NOON)
    Errand.objects.filter(key="old").update(done_at=NOON - running.KEPT - MINUTE)
    Errand.objects.filter(key="new").update(done_at=NOON - running.KEPT)

    assert running.forget_done(NOON) == 1
    assert sorted(Errand.objects.values_list("key", flat=True)) == ["new", "open"]


def test_looking_for_errands_costs_the_same_however_many_wait(django_assert_num_queries):
    with django_assert_num_queries(1):
        run()
    for key in "abcde":
        outbox.put("inside", key, due_at=NOON + MINUTE)
    with django_assert_num_queries(1):
        run()


@pytest.fixture
def done(monkeypatch) -> list[str]:
    """Do nothing of what real kinds do, and say in which order."""
    done: list[str] = []

    def do(errand, at):
        done.append(errand.kind)

    for kind in (*kinds.INSIDE, *kinds.OUTSIDE):
        home = kinds.INSIDE if kind in kinds.INSIDE else kinds.OUTSIDE
        monkeypatch.setitem(home, kind, do)
    return done


def put_all(**numbers: int) -> None:
    for kind, number in numbers.items():
        for key in range(number):
            outbox.put(kind.replace("_", " "), str(key), due_at=NOON)


def test_readers_come_first_then_colleagues_then_the_rest_in_turn(done):
    put_all(make_renditions=4, import_articles=2, mail_notice=1, ping_hub=1)

    run()

    assert done == [
        "ping hub",
        "mail notice",
        "make renditions",
        # The fourth is what has waited longest, whatever it is.
        "make renditions",
        "import articles",
        "make renditions",
        "import articles",
        "make renditions",
    ]


def test_what_is_put_for_readers_again_and_again_holds_up_nothing_for_ever(done):
    put_all(make_renditions=2)
    turns = running.Turns()
    for number in range(8):
        outbox.put("ping hub", str(number), due_at=NOON + MINUTE)
        running.run_due(NOON + MINUTE, worker="worker", limit=1, turns=turns)

    assert done == [*["ping hub"] * 3, "make renditions"] * 2
