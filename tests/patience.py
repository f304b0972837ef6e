"""For tests that hostile input must not keep busy for ever."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

# Seconds of processor time, however busy the machine is: far more than what is right takes.
PATIENCE = 20


@contextmanager
def patience() -> Iterator[None]:
    """Fail with `TimeoutError` where something works longer than anybody would wait."""

    def give_up(*_args: object) -> None:
        raise TimeoutError(f"This has worked for {PATIENCE} seconds and is not done.")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
