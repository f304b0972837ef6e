"""The project itself, and its admin: the editors' desk."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "articles.admin.site.Desk"

    def ready(self) -> None:
        super().ready()
        # After the apps' own pages: the desk puts its own in the place of some of them.
        import_module("articles.admin.nouns")


class NewsroomConfig(AppConfig):
    """Gives a home to what joins the apps: the background, the commands `demo` and `worker`."""

    name = "newsroom"

    def ready(self) -> None:
        import_module("newsroom.checks")
        let_articles_be_counted()


def let_articles_be_counted() -> None:
    """Put the clicks on the pages of articles: neither app knows of the other."""
    printed = import_module("analytics.clicks.printed")
    counting = import_module("articles.public.counted").counting
    counting.clicks, counting.token = printed.CLICKS, printed.token
