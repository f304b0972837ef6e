from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        # Models are loaded now.
        from articles.log import signing_in  # noqa: PLC0415 (models first)
        from articles.models import tagging  # noqa: PLC0415

        signing_in.listen()
        tagging.listen()
