"""The entry for ASGI servers."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_asgi_application()

# Imported only now: models are there since the line above.
from newsroom import background  # noqa: E402

background.start_in_web()
