"""The entry for WSGI servers such as granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()

# Imported only now: models are there since the line above.
from newsroom import background  # noqa: E402

background.start_in_web()
