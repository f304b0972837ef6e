"""Articles that may report the same event, and joining two of them into one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Left
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions import joining, writing
from articles.admin.article import pages
from articles.admin.base import (
    DeskRequest,
    Page,
    is_desk,
    moment,
    refusal,
    visible_articles,
    visible_keys,
)
from articles.models import Article, Edition
from articles.rights.permissions import NotAllowed, Verb
from articles.text import likeness, richtext

# How far apart two reports of one event are, in days.
SAME_EVENT = timedelta(days=2)
SAME_WEEK = timedelta(days=10)
# The latest of those are read, and the most alike of these shown.
READ = 200
SHOWN = 8
# Of their bodies as much as so many long ones hold; what is beyond is told by its headline.
MOST_TEXT = 30 * likeness.MAX_READ
BEGINNING = Left("body", likeness.MAX_READ)

LIKE_HEADLINE = 0.5
LIKE_BODY = 0.3
# Of the same day, less is enough.
LIKE_HEADLINE_OF_THE_DAY = 0.3


@dataclass(frozen=True)
class Alike:
    """Another article that the user may know of, and why it was found."""

    number: int
    headline: str
    unit: str
    address: str
    status: str
    reasons: list[str]
    weight: float


def alike(request: DeskRequest, article: Article) -> list[Alike]:
    """Find what reports the same event: at the own desk, and on the site from all units.

    Two queries. What another unit still writes is known to the desk alone.
    """
    own = likeness.Text(article.headline, _words(article.body))
    left = MOST_TEXT
    found = []
    for other in (*_at_the_desk(request, article), *_on_the_site(request, article)):
        left -= len(other.body)
        text = likeness.Text(other.headline, _words(other.body) if left >= 0 else "")
        if (alike := _weigh(own, article.event_date, other, text)) is not None:
            found.append(alike)
    return sorted(found, key=lambda other: -other.weight)[:SHOWN]


@dataclass(frozen=True)
class _Other:
    number: int
    headline: str
    body: str
    event_date: date | None
    unit: str
    address: str
    status: str


def _at_the_desk(request: DeskRequest, article: Article) -> Iterable[_Other]:
    near = _near(article, since="created_at")
    rows = visible_articles(request).filter(near).exclude(pk=article.pk)
    rows = rows.exclude(status=Article.Status.JOINED).select_related("unit")
    rows = rows.defer("body").annotate(beginning=BEGINNING)
    for row in rows.order_by("-changed_at", "-pk")[:READ]:
        yield _Other(
            number=row.pk,
            headline=row.headline,
            body=row.beginning,
            event_date=row.event_date,
            unit=str(row.unit),
            address=reverse("admin:articles_article_change", args=[row.pk]),
            status=str(row.get_status_display()),
        )


def _on_the_site(request: DeskRequest, article: Article) -> Iterable[_Other]:
    if is_desk(request):
        return
    at = moment(request)
    own = visible_keys(request)
    rows: Any = Edition.objects.live(at).filter(_near(article, since="first_published_at"))
    rows = rows.exclude(article__in=own).newest_first()
    for row in rows.defer("body").annotate(beginning=BEGINNING)[:READ]:
        yield _Other(
            number=row.article_id,
            headline=row.headline,
            body=row.beginning,
            event_date=row.event_date,
            unit="、".join(unit["title"] for unit in row.contributors),
            address=row.get_absolute_url(),
            status=_("published"),
        )


def _near(article: Article, *, since: str) -> Q:
    """Choose what happened about the same day, or was begun about the same week."""
    week = (article.created_at - SAME_WEEK, article.created_at + SAME_WEEK)
    near = Q(**{f"{since}__range": week})
    if article.event_date is None:
        return near
    days = (article.event_date - SAME_EVENT, article.event_date + SAME_EVENT)
    return near | Q(event_date__range=days)


def _words(html: str) -> str:
    return richtext.plain_text(html[: likeness.MAX_READ])


def _weigh(
    own: likeness.Text, day: date | None, other: _Other, text: likeness.Text
) -> Alike | None:
    found = likeness.compare(own, text)
    same_day = day is not None and day == other.event_date
    enough = LIKE_HEADLINE_OF_THE_DAY if same_day else LIKE_HEADLINE
    if found.headline < enough and found.body < LIKE_BODY:
        return None
    reasons = []
    if found.headline >= enough:
        reasons.append(_("a like headline"))
    if found.body >= LIKE_BODY:
        share = {"share": round(100 * found.body)}
        reasons.append(_("%(share)d %% of the shorter text is the same") % share)
    if same_day:
        reasons.append(_("the same event date"))
    return Alike(
        number=other.number,
        headline=other.headline,
        unit=other.unit,
        address=other.address,
        status=other.status,
        reasons=reasons,
        weight=max(found.headline, found.body),
    )


class JoinForm(forms.Form):
    """Which article goes on: one of those found, or another one by its number."""

    into = forms.IntegerField(required=False, min_value=1, max_value=10**15)
    other = forms.IntegerField(
        label=gettext_lazy("Another one, by its number"),
        required=False,
        min_value=1,
        max_value=10**15,
    )
    # Of the article that goes on, once it has been shown what will happen.
    version = forms.IntegerField(required=False)

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        cleaned["number"] = cleaned.get("other") or cleaned.get("into")
        if not self.errors and cleaned["number"] is None:
            raise ValidationError(_("Please choose an article."))
        return cleaned


def join_page(request, article_id):
    """Show what is like an article and let the desk join it into one of those.

    First comes the choice; then a page that says what will happen asks once more.
    """
    article = pages.find(request, article_id)
    problem = refusal(request, Verb.JOIN, article)
    form = JoinForm(request.POST if request.method == "POST" else None)
    into = None
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        into = visible_articles(request).select_related("unit").filter(pk=number).first()
        if into is None:
            form.add_error("other", _("There is no such article."))
        elif form.cleaned_data["version"] is not None and problem is None:
            try:
                joining.join(
                    article,
                    into=into,
                    user=request.user,
                    seen_version=form.cleaned_data["version"],
                    at=moment(request),
                )
            except (NotAllowed, writing.StaleArticle) as refused:
                problem = str(refused)
            else:
                text = _("“%(headline)s” is now part of this article.")
                messages.success(request, text % {"headline": article.headline})
                address = reverse("admin:articles_article_change", args=[into.pk])
                return HttpResponseRedirect(address)
    if into is not None and problem is None:
        problem = joining.refusal_of(article, into=into, user=request.user, at=moment(request))
    return pages.page(
        request,
        "join",
        article,
        title=_("Similar articles"),
        status=403 if problem else 200,
        alike=alike(request, article),
        form=form,
        into=into,
        problem=problem,
    )


PAGES = (Page("<int:article_id>/join/", join_page, "articles_article_join"),)
