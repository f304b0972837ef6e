"""Where readers report an error (纠错). Nobody keeps these pages, and none sets a cookie."""

from datetime import datetime

from django import forms
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    QueryDict,
)
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from articles import clock, inbox
from articles.models.editions import Edition
from articles.models.error_reports import ErrorReport, contact_kept
from articles.public.caching import READING, harden, public_page
from articles.public.views import gone

# Every character of the longest report takes at most twelve bytes in a form.
LONGEST_BODY = 48 * 1024


class Words(forms.CharField):
    """Text of several lines, which browsers end with two characters and count as one."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python(value and value.replace("\r\n", "\n"))


class ReportForm(forms.Form):
    """What a reader found."""

    passage = Words(
        label=gettext_lazy("Which passage? (optional)"),
        help_text=gettext_lazy("Some words of it are enough."),
        max_length=ErrorReport.LONGEST_PASSAGE,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    text = Words(
        label=gettext_lazy("What is wrong?"),
        help_text=gettext_lazy(
            "And what would be right, if you know it. At most 2,000 characters."
        ),
        max_length=ErrorReport.LONGEST_TEXT,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": gettext_lazy("Please say what is wrong.")},
    )
    contact = forms.CharField(
        label=gettext_lazy("How can we reach you? (optional)"),
        max_length=ErrorReport.LONGEST_CONTACT,
        required=False,
    )
    # No reader sees this field; programs fill in what they find.
    website = forms.CharField(
        label=gettext_lazy("Please leave this empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": -1}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("This field has to stay empty."))
        return ""

    def said(self) -> inbox.Said:
        return inbox.Said(*(self.cleaned_data[name] for name in inbox.Said._fields))


@csrf_exempt  # nobody is known by a cookie here; `inbox` asks whether a page of ours sent it
def report_error(request: HttpRequest, number: int) -> HttpResponse:
    if request.method not in READING | {"POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    at = clock.here()
    edition = live(number, at)
    if edition is None:
        return unkept(gone(request, number, at))
    if request.method == "POST":
        return unkept(receive(request, edition, at))
    return unkept(ask(request, edition, ReportForm(), inbox.new_form(number, at)))


def live(number: int, at: datetime) -> Edition | None:
    return Edition.objects.live(at).filter(article=number).first()


def receive(request: HttpRequest, edition: Edition, at: datetime) -> HttpResponse:
    try:
        # Never more than a report is read, whatever length the client claims.
        body = request.read(LONGEST_BODY + 1)
    except (OSError, UnreadablePostError):
        return HttpResponse(status=400)
    number = edition.article_id
    if len(body) > LONGEST_BODY:
        problem = inbox.Refused(
            _("This is too long to be sent. Your text is still there when you go back."), 413
        )
        again = ask(request, edition, ReportForm(), inbox.new_form(number, at), problem)
        again.headers["Connection"] = "close"
        return again
    sent = QueryDict(body)
    form, key = ReportForm(sent), sent.get("form", "")
    if not form.is_valid():
        if inbox.form_key(key, number, at) is None:
            key = inbox.new_form(number, at)
        return ask(request, edition, form, key, status=422)
    try:
        inbox.take_in(
            form.said(),
            form=key,
            article=number,
            edition=edition.pk,
            headers=request.META,
            at=at,
        )
    except inbox.FormUsedUp as problem:
        return ask(request, edition, form, inbox.new_form(number, at), problem)
    except inbox.Refused as problem:
        return ask(request, edition, form, key, problem)
    return HttpResponseRedirect(reverse("articles:error_reported", args=[number]))


def ask(
    request: HttpRequest,
    edition: Edition,
    form: ReportForm,
    key: str,
    problem: inbox.Refused | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Show the form, with what was typed and why it was not taken."""
    context = {
        "edition": edition,
        "form": form,
        "key": key,
        "problem": problem,
        "days": contact_kept().days,
    }
    page = render(
        request,
        "articles/report_error.html",
        context,
        status=problem.status if problem else status,
    )
    if problem and problem.again_after:
        page.headers["Retry-After"] = str(int(problem.again_after.total_seconds()))
    return page


def unkept(response: HttpResponse) -> HttpResponse:
    """Keep a page out of every cache and every index."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return harden(response)


@public_page
def error_reported(request: HttpRequest, number: int) -> HttpResponse:
    at = clock.here()
    edition = live(number, at)
    if edition is None:
        return gone(request, number, at)
    response = render(request, "articles/error_reported.html", {"edition": edition})
    response.headers["X-Robots-Tag"] = "noindex"
    return response
