"""The project itself, and its admin: the editors' desk."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "articles.admin.site.Desk"


class NewsroomConfig(AppConfig):
    """Gives a home to what joins the apps: the `demo` command."""

    name = "newsroom"
