"""What is typed and not saved yet: kept from the form, offered back, read alone, thrown away."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.forms import BaseInlineFormSet
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.actions import personal_drafts
from articles.admin.article import pages
from articles.admin.article.form import photographers, together, typed
from articles.admin.article.record import comparing
from articles.admin.base import DeskRequest, Page, moment, refusal, visible_articles, whole_number
from articles.models import Article, PersonalDraft, Version
from articles.rights.permissions import NotAllowed, Verb
from articles.text import richtext

TOKEN = re.compile(r"[A-Za-z0-9_-]{8,40}")
# Forms of this session that were saved: what is still under way of them comes too late.
SAVED_FORMS = "saved_forms"
MAX_SAVED_FORMS = 20
# The others are on the page of kept texts.
MAX_OFFERS = 3
TEXT = ("kicker", "headline", "subhead", "summary")


@dataclass(frozen=True)
class Offer:
    """A kept text and the fields in which it differs from what is saved now.

    None where it is too long to be read. `since` is the version saved after it was typed.
    """

    draft: PersonalDraft
    fields: list[str] | None
    since: Version | None


@require_POST
def autosave(request):
    """Keep what a form holds and tell who else has it open. A poll without text only tells."""
    article = pages.asked(request)
    if request.POST.get("typist") != str(request.user.pk):
        return _not_kept(_("Somebody else has signed in in this browser."), 403)
    answer: dict[str, Any] = {}
    if "keep" in request.POST:
        try:
            answer["is_saved"] = keep(request, article) is None
            answer["kept"] = date_format(localtime(moment(request)), "TIME_FORMAT")
        except NotAllowed as problem:
            return _not_kept(str(problem), 403)
        except personal_drafts.TooMuchToKeep as problem:
            return _not_kept(str(problem), 413)
    if article is not None:
        answer["present"] = together.heartbeat(request, article)
    return JsonResponse(answer)


def keep(request, article):
    """Keep what a form holds; None if that form was saved meanwhile."""
    token = request.POST.get("draft_token", "")
    if not TOKEN.fullmatch(token):
        raise NotAllowed(_("This form is not one of ours. Please open the article again."))
    if token in request.session.get(SAVED_FORMS, ()):
        return None
    # While two texts are merged, it is a text on the version that both began with.
    seen = request.POST.get("merge_base") or request.POST.get("seen_version", "")
    draft = personal_drafts.keep(
        typed.fields(request.POST) | photographers.to_keep(request.POST),
        user=request.user,
        article=article,
        token=token,
        version_number=min(whole_number(seen) or 0, article.version_number) if article else 0,
        at=moment(request),
    )
    # The save that it went out with may have been quicker.
    if article and article.versions.filter(number__gt=draft.version_number).exists():
        _discard_if_saved(request, draft, article.versions.latest("number"))
    return draft


def _not_kept(reason, status):
    return JsonResponse({"reason": reason}, status=status)


def saved(request: DeskRequest, token: str, article: Article) -> None:
    """Forget what was kept of a form, now that it is saved, and what says nothing else.

    A form that its browser fills again keeps the same text a second time.
    """
    own = PersonalDraft.objects.filter(Q(article=article) | Q(article=None), user=request.user)
    current = article.versions.latest("number")
    for draft in own.exclude(token=token)[:MAX_OFFERS]:
        _discard_if_saved(request, draft, current)
    if not token:
        return
    personal_drafts.discard(user=request.user, token=token)
    before = request.session.get(SAVED_FORMS, [])
    request.session[SAVED_FORMS] = [*before, token][-MAX_SAVED_FORMS:]


def _discard_if_saved(request: DeskRequest, draft: PersonalDraft, current: Version) -> None:
    if _offer(request, draft, current, typed.as_typed(current.snapshot)).fields == []:
        personal_drafts.discard(user=request.user, token=draft.token)


# Offered back in the form


def taken(request: DeskRequest, article: Article | None) -> PersonalDraft | None:
    """Give the kept text that the user asked to see in this form."""
    number = whole_number(request.GET.get("kept", ""))
    if number is None or request.method != "GET":
        return None
    own = PersonalDraft.objects.filter(user=request.user, article=article)
    return get_object_or_404(own, pk=number)


def offers(request: DeskRequest, article: Article | None, *, but: str) -> list[Offer]:
    """Give the latest of what the user typed into this form and left, but what is open now."""
    own = PersonalDraft.objects.filter(user=request.user, article=article)
    found = [draft for draft in own if draft.token != but]
    if not found:
        return []
    current = article.versions.first() if article else None
    content = typed.as_typed(current.snapshot) if current else typed.EMPTY
    made = (_offer(request, draft, current, content) for draft in found[:MAX_OFFERS])
    return [offer for offer in made if offer.fields != []]


def _offer(request, draft, current, content):
    said = typed.readable(draft.fields, content, request)
    since = current if current and current.number > draft.version_number else None
    if said is None:
        return Offer(draft, None, since)
    # In the order of the form: PostgreSQL keeps keys in one of its own.
    differing = [name for name in typed.EMPTY if said[name] != content[name]]
    labels = list(map(comparing.label, differing))
    if photographers.chose(request, current, draft.fields):
        labels.append(_("photographers"))
    return Offer(draft, labels, since)


def _differences(request, draft, article):
    """Compare a kept text with what is saved now; None where one of them cannot be read."""
    if article is None:
        return None
    content = typed.as_typed(article.versions.latest("number").snapshot)
    said = typed.readable(draft.fields, content, request)
    if said is None:
        return None
    return comparing.only_changes(comparing.between(content, said))


def filled_form(form: type[forms.ModelForm], draft: PersonalDraft) -> type[forms.ModelForm]:
    """Let a form begin with a kept text. Saving it is a save of the version typed on."""
    given = {
        **draft.fields,
        "draft_token": draft.token,
        "seen_version": draft.version_number if draft.article_id else None,
    }

    class Filled(form):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, initial: Any = None, **kwargs: Any) -> None:
            super().__init__(*args, initial={**(initial or {}), **given}, **kwargs)

    return Filled


def filled_rows(formset: type[BaseInlineFormSet], draft: PersonalDraft) -> type[BaseInlineFormSet]:
    """The same for rows: those on file as they were typed, then those that are new."""

    class Filled(formset):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            prefix = self.prefix
            if f"{prefix}-TOTAL_FORMS" not in draft.fields:
                return
            on_file = typed.rows_on_file(self.instance, prefix) if draft.article else []
            data = typed.onto(prefix, typed.rows(draft.fields, prefix), on_file)
            made = [
                {name: data.get(f"{prefix}-{number}-{name}", "") for name in typed.ROWS[prefix]}
                | {"DELETE": f"{prefix}-{number}-DELETE" in data}
                for number in range(int(data[f"{prefix}-TOTAL_FORMS"]))
            ]
            self.initial_extra = made[len(on_file) :]
            self.extra = len(self.initial_extra)
            for row, values in zip(self.initial_forms, made, strict=False):
                row.initial.update(values)

    return Filled


# Read alone


@dataclass(frozen=True)
class Way:
    """The form that a kept text can be taken into, or why it cannot be."""

    address: str
    reason: str


def kept_texts(request):
    own = PersonalDraft.objects.filter(user=request.user)
    return pages.page(request, "kept_texts", None, title=_("My kept texts"), drafts=own)


def kept_text(request, draft_id):
    draft = get_object_or_404(PersonalDraft.objects.filter(user=request.user), pk=draft_id)
    article = article_of(request, draft)
    return pages.page(
        request,
        "kept_text",
        None,
        title=_("Kept text"),
        draft=draft,
        way=way(request, draft, article),
        texts=_texts(draft),
        differences=_differences(request, draft, article),
    )


@require_POST
def throw_away(request, draft_id):
    draft = get_object_or_404(PersonalDraft.objects.filter(user=request.user), pk=draft_id)
    personal_drafts.discard(user=request.user, token=draft.token)
    messages.success(request, _("Thrown away: “%(headline)s”") % {"headline": draft})
    article = article_of(request, draft)
    if article is None:
        return HttpResponseRedirect(reverse("admin:articles_article_kept_texts"))
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def article_of(request, draft):
    """Give the article of a text if its writer may see it today."""
    if draft.article_id is None:
        return None
    return visible_articles(request).filter(pk=draft.article_id).first()


def way(request, draft, article):
    if draft.article_id is None:
        if not request.user.has_perm("articles.add_article"):
            return Way("", _("You may not write articles."))
        return Way(f"{reverse('admin:articles_article_add')}?kept={draft.pk}", "")
    if article is None:
        return Way("", _("You may no longer see this article."))
    reason = refusal(request, Verb.CHANGE, article)
    if reason:
        return Way("", reason)
    address = reverse("admin:articles_article_change", args=[article.pk])
    return Way(f"{address}?kept={draft.pk}", "")


def _texts(draft):
    """Give what was typed as text to copy: the plain fields, the rows, and the body last."""
    found = [(comparing.label(name), draft.fields.get(name, "")) for name in TEXT]
    for prefix in typed.ROWS:
        said = [
            " ".join(row[name] for name in ("unit_name", "name", "note", "caption", "title")
                     if row.get(name))
            for row in typed.rows(draft.fields, prefix)
        ]  # fmt: skip
        found.append((comparing.label(prefix), "\n".join(filter(None, said))))
    found.append((comparing.label("body"), words_of(draft.fields.get("body", ""))))
    return [(label, text) for label, text in found if text]


def words_of(html: str) -> str:
    """Give the words of a typed body; its markup, too, where that is too much to be read."""
    try:
        return richtext.plain_text(richtext.clean(html))
    except richtext.TooMuchMarkup:
        return html


PAGES = (
    Page("autosave/", autosave, "articles_article_autosave"),
    Page("kept/", kept_texts, "articles_article_kept_texts"),
    Page("kept/<int:draft_id>/", kept_text, "articles_article_kept_text"),
    Page("kept/<int:draft_id>/throw-away/", throw_away, "articles_article_throw_away"),
)
