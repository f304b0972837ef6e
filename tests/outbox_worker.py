"""Workers in processes of their own, for tests: `python -m tests.outbox_worker ORDER…`.

`die STEP AT …` lets one worker after the other take one errand and die at a step;
`together NUMBER AT` lets some work at the same time; `hour-ahead` works by a clock that is wrong.
"""

import os
import signal
import sys
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path

import django
import time_machine


def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def die_after(function):
    @wraps(function)
    def whole(*args):
        function(*args)
        die()

    return whole


def in_child(work) -> int:
    """Work in a process of its own, and give its number."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    return child


def prepare(step: str = "") -> None:
    """Know two kinds of work, which leave a trace each time; die at a step."""
    from articles.errands import kinds, running  # noqa: PLC0415
    from articles.models import Person  # noqa: PLC0415

    def inside(errand, at):
        Person.objects.create(name=errand.key)

    def outside(errand, at):
        with Path(errand.payload["file"]).open("a", encoding="utf-8") as file:
            file.write(f"{errand.key}\n")

    if step == "before the claim":
        running._claim = die
    elif step == "after the claim":
        running._claim = die_after(running._claim)
    elif step == "before the effect":
        inside = outside = die
    elif step == "after the effect":
        inside, outside = die_after(inside), die_after(outside)
    elif step == "before the commit":
        running._mark_done = die_after(running._mark_done)
    elif step == "after the commit":
        running._run = die_after(running._run)
    kinds.INSIDE["inside"] = inside
    kinds.OUTSIDE["outside"] = outside


def work(at: datetime, step: str = "", limit: int = 1000) -> None:
    from articles.errands import running  # noqa: PLC0415

    prepare(step)
    running.run_due(at, worker=str(os.getpid()), limit=limit)


def main(order: str, *words: str) -> None:
    django.setup()
    if order == "die":
        for step, at in zip(words[::2], words[1::2], strict=True):
            moment = datetime.fromisoformat(at)
            child = in_child(lambda s=step, m=moment: work(m, s, limit=1))
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    elif order == "together":
        moment = datetime.fromisoformat(words[1])
        children = [in_child(lambda: work(moment)) for _ in range(int(words[0]))]
        for child in children:
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    elif order == "hour-ahead":
        from newsroom import background  # noqa: PLC0415

        prepare()
        wrong = datetime.now().astimezone() + timedelta(hours=1)
        with time_machine.travel(wrong):
            background.run_errands(at=wrong)


if __name__ == "__main__":
    main(*sys.argv[1:])
