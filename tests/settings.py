"""The settings under test: the real ones, in an environment that no machine can change.

Everything that tests write lies in a folder that goes when they end.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

folder = Path(tempfile.mkdtemp(prefix="newsroom-tests-"))
atexit.register(shutil.rmtree, folder, ignore_errors=True)

os.environ |= {
    "SECRET_KEY": "for tests only, and long enough that nobody is warned about it",
    "VAR_DIR": str(folder),
    "SITE_URL": "http://testserver",
    "LANGUAGE_CODE": "zh-hans",
    "PAGE_CACHE_SECONDS": "0",
    "RAIL_CACHE_SECONDS": "0",
    "FRAME_CACHE_SECONDS": "0",
    "DEBUG": "0",
    "WEBSUB_HUB": "",
    "CLOCK_CHECK_SECONDS": "0",  # tests stop and turn the clock of this process
    "WORK_IN_WEB": "0",  # tests say when the background works
}

from newsroom.settings import *  # noqa: E402
from newsroom.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

# Tests read what the code says, not what it is translated to, in every language.
LOCALE_PATHS = []

# A test begins with the settings of a new site, see `conftest`, and none outlasts it.
SITE_CACHE_SECONDS = 3600.0

# Good passwords are slow to check, by intention.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The manifest would want `collectstatic` before every run.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir()

# In memory all threads would share one connection; the browser's requests are many threads.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(folder / "test.sqlite3")}
