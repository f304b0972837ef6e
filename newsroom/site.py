"""What every page may know about the site itself."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation


def site_name() -> str:
    """Give the name of the site in the language of the reader."""
    if (translation.get_language() or "").startswith("en"):
        return settings.SITE_NAME_EN
    return settings.SITE_NAME


def context(request: HttpRequest) -> dict[str, object]:
    return {"site_name": site_name(), "site_url": settings.SITE_URL}
