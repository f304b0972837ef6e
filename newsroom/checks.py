"""What a server should be told to do, asked by `check --deploy`."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, register


@register(Tags.security, deploy=True)
def uploaded_files(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    """Ask for a host of their own for uploaded files, to which no cookie of the site goes."""
    if not settings.DOWNLOADS_URL:
        return [
            Info(
                "Uploaded files are served from the host of the site.",
                hint="Set DOWNLOADS_URL to an address of another host that leads here, too.",
                id="newsroom.I001",
            )
        ]
    host = str(urlsplit(settings.DOWNLOADS_URL).hostname)
    told: list[CheckMessage] = [
        Error(
            f"{name} sends cookies of the site to the host of DOWNLOADS_URL as well.",
            hint="Leave it empty, so that cookies go to the host of the site alone.",
            id="newsroom.E001",
        )
        for name in ("SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN", "LANGUAGE_COOKIE_DOMAIN")
        if (domain := getattr(settings, name)) and f".{host}".endswith(f".{domain.lstrip('.')}")
    ]
    if settings.SITE_URL.startswith("https://") and not settings.DOWNLOADS_URL.startswith("https"):
        told.append(
            Error(
                "DOWNLOADS_URL is not encrypted, but SITE_URL is.",
                hint="Let it begin with https://.",
                id="newsroom.E002",
            )
        )
    return told
