"""Who settles what readers report, and reads how to reach them.

Whoever sees an article reads what was reported of it.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from articles.models import Article, ErrorReport, User

SETTLES = "articles.settle_errorreport"


def settle(user: User, report: ErrorReport, at: datetime) -> str | None:
    seen = Article.objects.visible_to(user, at)
    if not seen.filter(pk=report.edition.article_id).exists():
        return _("There is no such article.")
    if not user.has_perm(SETTLES):
        return _("You may read what readers report, but not settle it.")
    return None
