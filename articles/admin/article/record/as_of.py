"""What readers saw of an article at a moment: the edition that was live, as it was printed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django import forms
from django.db.models import F
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from articles import pages as edition_pages
from articles.admin.article import pages
from articles.admin.article.deciding.progress import moment_text
from articles.admin.base import DeskRequest, MomentField, MomentInput, Page, is_desk, moment
from articles.admin.library.cropping import at_the_desk
from articles.models import Article, Edition


class MomentForm(forms.Form):
    """Asks for a moment; without one it is now."""

    at = MomentField(
        label=gettext_lazy("Moment"), required=False, widget=MomentInput(attrs={"step": 1})
    )

    @classmethod
    def of(cls, request):
        """Give the form as it was asked, and the moment: now, if none can be read."""
        now = moment(request)
        form = cls(request.GET) if request.GET.get("at") else cls()
        at = (form.is_valid() and form.cleaned_data["at"]) or now
        if form.is_valid() or not form.is_bound:
            # The field has no parts of a second: what begins in this one is live at its end.
            shown = at if not at.microsecond else at.replace(microsecond=0) + timedelta(seconds=1)
            form = cls(initial={"at": shown})
        return form, at


@dataclass(frozen=True)
class Neighbour:
    """The edition before or after, where to look at it, and where to compare it."""

    edition: Edition
    address: str
    comparison: str


def as_of(request, article_id):
    article = pages.find(request, article_id)
    form, at = MomentForm.of(request)
    editions = (
        article.editions.exclude(live_until=F("live_from"))
        .select_related("made_by", "version")
        .defer("version__snapshot")
    )
    live = editions.live(at).first()
    begun = live.live_from if live else at
    before = editions.filter(live_from__lt=begun) if live else editions.filter(live_from__lte=at)
    earlier = before.order_by("-live_from").first()
    later = editions.filter(live_from__gt=begun).order_by("live_from").first()
    parts = edition_pages.parts(live, get_language()) if live else None
    return pages.page(
        request,
        "as_of",
        article,
        title=_("As readers saw it"),
        form=form,
        at=at,
        is_planned=at > moment(request),
        edition=live,
        top=parts and mark_safe(parts.top),  # noqa: S308 rendered by a template
        foot=parts and mark_safe(parts.foot),  # noqa: S308 rendered by a template
        body=live and mark_safe(at_the_desk(live.body)),  # noqa: S308 cleaned at publication
        nothing="" if live else _why_nothing(request, article, earlier, later, at),
        earlier=earlier and _neighbour(earlier, live),
        later=later and _neighbour(later, live),
    )


def _neighbour(edition: Edition, live: Edition | None) -> Neighbour:
    comparison = ""
    if live and live.version.number != edition.version.number:
        old, new = sorted((live.version.number, edition.version.number))
        comparison = urlencode({"old": old, "new": new})
    address = urlencode({"at": edition.live_from.isoformat()})
    return Neighbour(edition, f"?{address}", f"?{comparison}" if comparison else "")


def _why_nothing(
    request: DeskRequest,
    article: Article,
    earlier: Edition | None,
    later: Edition | None,
    at: datetime,
) -> str:
    if earlier is None and later is None:
        return _("Readers saw nothing: it has never been published.")
    if earlier is None:
        return _("Readers saw nothing: it was not published yet.")
    withdrawal = article.withdrawals.standing(at).select_related("withdrawn_by").first()
    if withdrawal and not is_desk(request):
        # Why it was withdrawn is noted for the desk.
        return _("Readers saw nothing: it had been withdrawn at %(time)s.") % {
            "time": moment_text(withdrawal.withdrawn_at)
        }
    if withdrawal:
        return _("Readers saw nothing: %(name)s had withdrawn it at %(time)s (%(reason)s).") % {
            "name": withdrawal.withdrawn_by,
            "time": moment_text(withdrawal.withdrawn_at),
            "reason": withdrawal.reason,
        }
    # An edition without an end would still be live.
    assert earlier.live_until is not None
    return _("Readers saw nothing: it had expired at %(time)s.") % {
        "time": moment_text(earlier.live_until)
    }


PAGES = (Page("<int:article_id>/as-of/", as_of, "articles_article_as_of"),)
