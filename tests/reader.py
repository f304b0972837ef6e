"""A reader whose worker has a wrong clock: `python -m tests.reader MINUTES ADDRESS…`.

The clock is so many minutes ahead (or behind: -60). Prints the answers as one JSON object, each
as its status and the headlines that it holds of those in the environment's HEADLINES.
"""

import json
import os
import re
import sys
from datetime import UTC, datetime, timedelta

import django
import time_machine
from django.conf import settings


def main(minutes: str, *addresses: str) -> None:
    django.setup()
    from django.test import Client  # noqa: PLC0415 (Django is set up first)

    settings.CLOCK_CHECK_SECONDS = 60
    client = Client(SERVER_NAME="localhost")

    def answer(address: str) -> tuple[int, list[str]]:
        response = client.get(address, follow=True)
        # A search marks what it found.
        text = re.sub("</?mark>", "", b"".join(response).decode())
        told = os.environ["HEADLINES"].split()
        return response.status_code, [headline for headline in told if headline in text]

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=int(minutes))):
        print(json.dumps({address: answer(address) for address in addresses}))


if __name__ == "__main__":
    main(*sys.argv[1:])
