"""Several people at the same moment, each in a thread and a transaction of their own."""

from collections.abc import Callable
from threading import Barrier, Event, Thread

from django.db import connection, transaction

type Act = Callable[[], object]

# Far beyond what a slow machine needs: a wait that ends here is a deadlock of the test.
PATIENCE = 60


def in_one(act: Act) -> Act:
    """Do what asks for a transaction of its caller in one."""

    def run() -> object:
        with transaction.atomic():
            return act()

    return run


def at_once(*acts: Act) -> list[str]:
    """Do all at once, each over its own connection, and give what became of each."""
    outcomes, start = [], Barrier(len(acts))

    def run(act: Act) -> None:
        start.wait(PATIENCE)
        outcomes.append(_outcome(act))

    _together(*(lambda act=act: run(act) for act in acts))
    return sorted(outcomes)


def one_then_other(first: Act, second: Act) -> tuple[str, str]:
    """Let the second begin when the first has done everything but commit.

    On PostgreSQL the first commits only when the second waits for it or is over, so that what
    the second has read by then is out of date. SQLite lets one begin when the other is over.
    """
    outcomes: dict[int, str] = {}
    is_done, is_over = Event(), Event()

    def lead() -> None:
        try:
            outcomes[0] = _outcome(in_one(_and_wait))
        finally:
            is_done.set()

    def _and_wait() -> None:
        first()
        is_done.set()
        while not is_over.wait(0.01) and connection.vendor == "postgresql" and not _blocks():
            pass

    def follow() -> None:
        try:
            is_done.wait(PATIENCE)
            outcomes[1] = _outcome(second)
        finally:
            is_over.set()

    _together(lead, follow)
    return outcomes[0], outcomes[1]


def _blocks() -> bool:
    """Tell whether another connection waits for the transaction of this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted"
            " AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
        )
        (answer,) = cursor.fetchone()
    return bool(answer)


def _outcome(act: Act) -> str:
    """Say "done", or what was raised; a fault of the database is told apart like a refusal."""
    try:
        act()
    except Exception as raised:  # noqa: BLE001 (the test compares it)
        return type(raised).__name__
    return "done"


def _together(*acts: Act) -> None:
    def run(act: Act) -> None:
        try:
            act()
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act], daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "Nobody gets on: a deadlock."
