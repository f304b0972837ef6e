"""A reader in a process of its own, with every cache on: `python -m tests.page_watcher ADDRESS…`.

Asks for the pages in turn until its input ends. Says `ready` when it has seen each once, and at
the end, as JSON, what it saw of each: answers in a row that were alike, as the headlines of the
environment's HEADLINES that they held, when the first was given and when the last was asked for.
"""

import json
import os
import sys
import time
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any

import django
from django.conf import settings


def main(*addresses: str) -> None:
    django.setup()
    from django.test import Client  # noqa: PLC0415 (Django is set up first)

    settings.PAGE_CACHE_SECONDS = settings.RAIL_CACHE_SECONDS = settings.SITE_CACHE_SECONDS = 1
    settings.FRAME_CACHE_SECONDS = 10
    client = Client(SERVER_NAME="localhost")
    told = os.environ["HEADLINES"].split()
    seen: dict[str, list[list[Any]]] = {address: [] for address in addresses}

    def look(address: str) -> None:
        asked = datetime.now(UTC).isoformat()
        text = b"".join(client.get(address, follow=True)).decode()
        shown = [headline for headline in told if headline in text]
        answers = seen[address]
        if answers and answers[-1][0] == shown:
            answers[-1][2] = asked
        else:
            answers.append([shown, datetime.now(UTC).isoformat(), asked])

    for address in addresses:
        look(address)
    print("ready", flush=True)
    is_over = Event()
    Thread(target=lambda: (sys.stdin.read(), is_over.set()), daemon=True).start()
    while not is_over.is_set():
        for address in addresses:
            look(address)
            time.sleep(0.02)
    print(json.dumps(seen))


if __name__ == "__main__":
    main(*sys.argv[1:])
