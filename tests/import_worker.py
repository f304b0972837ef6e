"""Imports that are killed, in processes of their own: `python -m tests.import_worker RUN SOURCE`.

At each step one process goes on with the run and dies; the last one comes to the end.
"""

import os
import sys
from pathlib import Path

import django

from tests.outbox_worker import die, die_after, in_child

STEPS = (
    "before the transaction",
    "amid the rows",
    "before the commit",
    "after the commit",
    "never",
)


def go_on(number: int, path: Path, step: str) -> None:
    from articles import clock  # noqa: PLC0415
    from articles.actions.importing import filing, old_sites, taking_in  # noqa: PLC0415
    from articles.importing.sources import open_source  # noqa: PLC0415
    from articles.models import ImportRun, Version  # noqa: PLC0415

    taking_in.TOGETHER = 2
    match step:
        case "before the transaction":
            taking_in.Intake._write = die
        case "amid the rows":
            Version.objects.bulk_create = die_after(Version.objects.bulk_create)
        case "before the commit":
            filing.Filing.keep = die_after(filing.Filing.keep)
        case "after the commit":
            taking_in.Intake._write = die_after(taking_in.Intake._write)
    run = ImportRun.objects.get(pk=number)
    list(old_sites.take(run, open_source(path), at=clock.here()))


def main(number: str, path: str) -> None:
    django.setup()
    for step in STEPS:
        child = in_child(lambda step=step: go_on(int(number), Path(path), step))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    main(*sys.argv[1:])
