"""For tests that run other processes on the database of this one."""

import os
from urllib.parse import quote

from django.db import connection


def environment() -> dict[str, str]:
    """Give the environment in which another process works on the database of this test."""
    return os.environ | {
        "DATABASE_URL": database_url(),
        "DATABASE_POOL": "0",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }


def database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    password = f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
    host = f"{quote(database['HOST'], safe='')}:{database['PORT'] or 5432}"
    return f"postgres://{quote(database['USER'])}{password}@{host}/{database['NAME']}"
