"""Which articles say the same in other languages: looked for, tied and parted."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions import translating
from articles.admin.article import listing, pages
from articles.admin.base import DeskRequest, Page, moment, refusal, visible_articles, whole_number
from articles.models import Article, Translation
from articles.rights.permissions import NotAllowed, Verb, WrongInput

# How far apart two texts of one event are, in days, and how many are offered.
SAME_EVENT = timedelta(days=3)
SHOWN = 10


class TieForm(forms.Form):
    """What the article is a translation of: one of those found, or another one by its number."""

    original = forms.IntegerField(required=False, min_value=1, max_value=10**15)
    other = forms.IntegerField(
        label=gettext_lazy("Another one, by its number"),
        required=False,
        min_value=1,
        max_value=10**15,
    )

    def clean(self):
        super().clean()
        number = self.cleaned_data.get("other") or self.cleaned_data.get("original")
        if not self.errors and number is None:
            self.add_error("other", _("Please choose an article."))
        self.cleaned_data["number"] = number
        return self.cleaned_data


class Tied:
    """An article of the group as its page shows it, to whoever may know of it."""

    def __init__(self, request: DeskRequest, row: Translation, *, is_visible: bool) -> None:
        self.number, self.language = row.article_id, row.get_language_display()
        self.is_original = row.is_original()
        self.headline = row.article.headline if is_visible else ""
        self.status = row.article.get_status_display() if is_visible else ""
        self.may_be_parted = (
            is_visible
            and not self.is_original
            and refusal(request, Verb.TRANSLATE, row.article) is None
        )


def tied_to(request: DeskRequest, article: Article) -> list[Tied]:
    """Give what an article is tied to. Two queries, or one."""
    rows = Translation.objects.beside(article).select_related("article").order_by("pk")
    seen = set()
    if rows:
        numbers = [row.article_id for row in rows]
        seen = set(visible_articles(request).filter(pk__in=numbers).values_list("pk", flat=True))
    return [Tied(request, row, is_visible=row.article_id in seen) for row in rows]


def candidates(request: DeskRequest, article: Article, words: str) -> list[Article]:
    """Give articles in other languages: those found, else those of about the same day."""
    others = visible_articles(request).exclude(language=article.language)
    others = others.exclude(status=Article.Status.JOINED).select_related("unit")
    if words:
        found = listing.search(others, words)
    else:
        day = article.event_date or article.created_at.date()
        found = others.filter(event_date__range=(day - SAME_EVENT, day + SAME_EVENT))
    return list(found.defer("body").order_by("-changed_at", "-pk")[:SHOWN])


def translations_page(request, article_id):
    """Show what an article is tied to, and let whoever may change it tie or part it."""
    article = pages.find(request, article_id)
    own = Translation.objects.filter(article=article).first()
    problem = refusal(request, Verb.TRANSLATE, article)
    words = " ".join(request.GET.get("q", "").split())[:100]
    form = TieForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = _part(request) if "part" in request.POST else _tie(request, article, form)
        if isinstance(done, HttpResponseRedirect):
            return done
        problem = done or problem
    return pages.page(
        request,
        "translations",
        article,
        title=_("Translations"),
        status=403 if problem else 200,
        problem=problem,
        own=own,
        tied=tied_to(request, article),
        words=words,
        found=[] if own or problem else candidates(request, article, words),
        form=form,
    )


def _tie(request, article, form):
    if not form.is_valid():
        return None
    original = visible_articles(request).filter(pk=form.cleaned_data["number"]).first()
    if original is None:
        form.add_error("other", _("There is no such article."))
        return None
    try:
        translating.tie(article, original=original, user=request.user, at=moment(request))
    except WrongInput as wrong:
        form.add_error("other", str(wrong))
        return None
    except NotAllowed as refused:
        return str(refused)
    text = _("A translation of “%(headline)s” now. Readers are led on where both are live.")
    return _back(request, article.pk, text % {"headline": original.headline})


def _part(request):
    article = pages.find(request, whole_number(request.POST["part"]))
    try:
        translating.untie(article, user=request.user, at=moment(request))
    except NotAllowed as refused:
        return str(refused)
    text = _("“%(headline)s” is no translation any more.") % {"headline": article.headline}
    return _back(request, article.pk, text)


def _back(request, number, text):
    messages.success(request, text)
    return HttpResponseRedirect(reverse("admin:articles_article_translate", args=[number]))


PAGES = (Page("<int:article_id>/translations/", translations_page, "articles_article_translate"),)
