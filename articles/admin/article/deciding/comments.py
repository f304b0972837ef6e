"""What colleagues say about an article: its threads, and the page to write in."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.actions import commenting
from articles.admin.article import pages
from articles.admin.base import Page, moment, refusal, whole_number
from articles.models import Article, Comment, User
from articles.rights.permissions import NotAllowed, Verb


@dataclass(frozen=True)
class Thread:
    """A comment and its answers. `is_gone`: its passage is not in the text any more."""

    root: Comment
    replies: list[Comment]
    is_gone: bool


def threads(article: Article) -> list[Thread]:
    """Give the threads of an article, open ones first, the latest first. Two queries."""
    roots = article.comments.filter(reply_to=None).select_related("author", "settled_by")
    roots = roots.prefetch_related("replies__author").order_by("-written_at", "-pk")
    stand = commenting.stands_in(article, [root.passage for root in roots])
    found = [
        Thread(root, list(root.replies.all()), is_gone=not stands)
        for root, stands in zip(roots, stand, strict=True)
    ]
    return sorted(found, key=lambda thread: thread.root.settled_at is not None)


def count_open(article: Article) -> int:
    return article.comments.filter(reply_to=None, settled_at=None).count()


class CommentForm(forms.Form):
    passage = forms.CharField(
        label=gettext_lazy("Passage"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("The words that it is about."),
    )
    text = forms.CharField(
        label=gettext_lazy("Comment"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=gettext_lazy("@name tells a colleague who may see this article."),
    )
    tell = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Tell also"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, people, is_reply=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(people)
        if is_reply:
            del self.fields["passage"]

    def offer(self, people: list[User]) -> None:
        """Offer these colleagues to be told; homonyms are told apart by account."""
        field: Any = self.fields["tell"]
        field.queryset = User.objects.filter(pk__in=[user.pk for user in people]).order_by("name")
        names = [user.name for user in people]
        field.label_from_instance = lambda user: (
            f"{user}（{user.username}）" if names.count(user.name) > 1 else str(user)
        )
        if not people:
            field.widget = forms.MultipleHiddenInput()


def comment_page(request, article_id):
    article = pages.find(request, article_id)
    at = moment(request)
    asked = request.POST if request.method == "POST" else request.GET
    reply_to = _comment_of(article, asked.get("reply", ""))
    around = commenting.people_around(article, request.user, at)
    # Whoever was offered because a name was not clear stays in the form.
    numbers = filter(None, map(whole_number, asked.getlist("offered")))
    named = commenting.people_named(numbers, article, at)
    people = [*around, *(user for user in named if user not in around)]
    form = CommentForm(
        request.POST if request.method == "POST" else None,
        people=people,
        is_reply=reply_to is not None,
        initial={"passage": request.GET.get("passage", "")[:500]},
    )
    problem = refusal(request, Verb.COMMENT, article)
    if request.method == "POST" and problem is None and form.is_valid():
        try:
            commenting.comment(
                article,
                author=request.user,
                text=form.cleaned_data["text"],
                passage=form.cleaned_data.get("passage", ""),
                reply_to=reply_to,
                tell=form.cleaned_data["tell"],
                at=at,
            )
        except commenting.WhoIsMeant as unclear:
            form.add_error("text", str(unclear))
            people += [user for user in unclear.people if user not in people]
            form.offer(people)
        except commenting.PassageIsNotThere as refused:
            form.add_error("passage", str(refused))
        except commenting.NobodyIsMeant as refused:
            form.add_error("text", str(refused))
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your comment stands beside the article."))
            return HttpResponseRedirect(_beside(article))
    return pages.page(
        request,
        "comment",
        article,
        title=_("Answer") if reply_to else _("Comment"),
        status=403 if problem else 200,
        form=form,
        problem=problem,
        reply_to=reply_to,
        offered=[user.pk for user in people if user not in around],
    )


@require_POST
def settle(request, article_id, comment_id):
    return _turn(request, article_id, comment_id, commenting.settle)


@require_POST
def open_again(request, article_id, comment_id):
    return _turn(request, article_id, comment_id, commenting.open_again)


def _turn(request, article_id, comment_id, do):
    article = pages.find(request, article_id)
    comment = get_object_or_404(article.comments, pk=comment_id)
    try:
        do(comment, user=request.user, at=moment(request))
    except NotAllowed as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(_beside(article))


def _comment_of(article: Article, asked: str) -> Comment | None:
    number = whole_number(asked)
    if number is None:
        return None
    return get_object_or_404(article.comments.select_related("author", "reply_to"), pk=number)


def _beside(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk]) + "#comments"


PAGES = (
    Page("<int:article_id>/comment/", comment_page, "articles_article_comment"),
    Page("<int:article_id>/comments/<int:comment_id>/settle/", settle, "articles_comment_settle"),
    Page("<int:article_id>/comments/<int:comment_id>/open/", open_again, "articles_comment_open"),
)
