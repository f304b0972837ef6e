"""A reader in a process of its own: `python -m tests.page_watcher ADDRESS`.

Asks for a page again and again until it is gone, and prints each answer that differs from the
one before, with the time just before and just after it was given.
"""

import sys
import time
from datetime import UTC, datetime

import django

PATIENCE = 30


def main(address: str) -> None:
    django.setup()
    from django.test import Client  # noqa: PLC0415 (Django is set up first)

    client, last, end = Client(SERVER_NAME="localhost"), 0, time.monotonic() + PATIENCE
    while last != 410 and time.monotonic() < end:
        before = datetime.now(UTC)
        status = client.get(address).status_code
        if status != last:
            last = status
            print(status, before.isoformat(), datetime.now(UTC).isoformat(), flush=True)
        time.sleep(0.01)


if __name__ == "__main__":
    main(sys.argv[1])
