#!/usr/bin/env python
"""Run a command of the newsroom: `manage.py help` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    if sys.argv[1:2] == ["demo"]:
        # The sample site makes its own secret; every other command wants a real one.
        os.environ.setdefault("SAMPLE_SITE", "1")
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
