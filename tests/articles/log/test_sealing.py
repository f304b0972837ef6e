import threading

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from articles import log
from articles.log import sealing
from articles.models import LogEntry, LogSeal
from tests.factories import NOON, make_user

Action = LogEntry.Action


def write(text: str = "") -> LogEntry:
    return log.note(Action.EXPORTED, actor=None, at=NOON, about=text)


def chain() -> list[tuple[int, str]]:
    rows = LogSeal.objects.select_related("entry")
    return [(seal.sequence, seal.entry.subject) for seal in rows]


@pytest.mark.django_db(transaction=True)
def test_entry_is_sealed_when_its_transaction_is_over():
    with transaction.atomic():
        write("a")
        write("b")
        during = chain()

    assert (during, chain()) == ([], [(1, "a"), (2, "b")])


@pytest.mark.django_db(transaction=True)
def test_entry_of_a_transaction_that_is_taken_back_leaves_no_gap():
    write("a")
    with transaction.atomic():
        write("b")
        transaction.set_rollback(True)
    write("c")

    assert chain() == [(1, "a"), (2, "c")]


@pytest.mark.django_db(transaction=True)
def test_entry_of_a_process_that_died_before_sealing_is_sealed_by_the_next(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(sealing, "_seal", lambda **_: 0)
        write("a")
    assert chain() == []

    write("b")

    assert chain() == [(1, "a"), (2, "b")]


@pytest.mark.django_db(transaction=True)
def test_what_was_done_stays_done_when_sealing_fails(monkeypatch, caplog):
    def fail(**_):
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(sealing, "_seal", fail)
        write("a")

    assert "no space left" in caplog.text
    assert LogEntry.objects.count() == 1
    assert sealing.seal_recent(at=NOON) == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_chain():
    def work(number: int) -> None:
        try:
            with transaction.atomic():
                write(f"{number} a")
                write(f"{number} b")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sealing.seal_all()

    seals = list(LogSeal.objects.select_related("entry"))
    assert [seal.sequence for seal in seals] == list(range(1, 17))
    assert len({seal.entry_id for seal in seals}) == 16
    assert [seal.previous for seal in seals[1:]] == [seal.sha256 for seal in seals[:-1]]
    assert all(seal.digest() == seal.sha256 for seal in seals)


@pytest.mark.django_db
def test_straggler_out_of_reach_is_sealed_with_the_whole_log(monkeypatch):
    monkeypatch.setattr(sealing, "REACH", 2)
    first = write("a")
    for text in "bcde":
        write(text)
    with monkeypatch.context() as patch:
        later = LogEntry.objects.exclude(pk=first.pk)
        patch.setattr(sealing, "_unsealed", lambda: later)
        sealing._seal()
    recent = sealing.seal_recent()
    after_recent = chain()

    assert (recent, sealing.seal_all()) == (0, 1)
    assert chain() == [*after_recent, (5, "a")]


@pytest.mark.django_db
def test_backlog_is_sealed_in_batches(monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 2)
    for text in "abcde":
        write(text)

    assert sealing.seal_recent() == 2
    assert sealing.seal_all() == 3
    assert [text for _number, text in chain()] == list("abcde")


@pytest.mark.django_db
def test_nothing_to_seal_costs_a_look():
    make_user()
    write()
    sealing.seal_all()

    with CaptureQueriesContext(connection) as queries:
        sealing.seal_recent()

    assert len(queries) == 2
