"""What a user was told, and how they want to hear of it."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.actions import notices
from articles.admin.base import DeskRequest, Page, moment, whole_number
from articles.models import Mailing, Notice, NoticeKind
from articles.models.notices import NoticeQuerySet

ROWS = 50


def own(request: DeskRequest) -> NoticeQuerySet:
    """Give the user's notices about articles that they may see now."""
    readable = Notice.objects.readable_by(request.user, moment(request)).shown()
    return readable.with_source()


def told(request: DeskRequest, rows: NoticeQuerySet) -> list[Notice]:
    """Give notices whose user has their rights looked up once, not for each."""
    found = list(rows)
    for notice in found:
        notice.user = request.user
    return found


def count_unread(request: DeskRequest) -> int:
    """Count what is to read. It stands on every page, and mostly there is nothing."""
    if not Notice.objects.filter(user=request.user).unread().exists():
        return 0
    return own(request).to_read().count()


def notices_page(request):
    """List what is to read, then the rest (`?before=` a number), the latest first."""
    rows = own(request).read_or_overtaken().order_by("-pk")
    before = whole_number(request.GET.get("before", ""))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = told(request, rows[: ROWS + 1])
    return _page(
        request,
        "notices",
        title=_("Notices"),
        unread=told(request, own(request).to_read().order_by("-pk")[:ROWS])
        if before is None
        else [],
        rows=page[:ROWS],
        older=page[ROWS - 1].pk if len(page) > ROWS else None,
    )


def open_notice(request, notice_id):
    """Lead to what a notice is about, and remember that it was read."""
    notice = get_object_or_404(own(request), pk=notice_id)
    notices.read(request.user, at=moment(request), number=notice.pk)
    if notice.kind == NoticeKind.REPORTED and notice.entry is not None:
        number = notice.entry.subject_id
        return HttpResponseRedirect(reverse("admin:articles_errorreport_change", args=[number]))
    address = reverse("admin:articles_article_change", args=[notice.article_id])
    return HttpResponseRedirect(f"{address}#comments" if notice.comment_id else address)


@require_POST
def read_all(request):
    notices.read(request.user, at=moment(request))
    return HttpResponseRedirect(reverse("admin:notices"))


class SettingForm(forms.Form):
    """How to hear of one kind."""

    shown = forms.BooleanField(label=gettext_lazy("at the desk"), required=False)
    mailing = forms.ChoiceField(
        label=gettext_lazy("mail"), choices=Mailing.choices, widget=forms.RadioSelect
    )


def settings_page(request):
    rows = [
        (
            kind,
            SettingForm(
                request.POST if request.method == "POST" else None,
                prefix=kind.value,
                initial={"shown": setting.shown, "mailing": setting.mailing},
            ),
        )
        for kind, setting in notices.settings_of(request.user).items()
    ]
    if request.method == "POST" and all(form.is_valid() for _kind, form in rows):
        for kind, form in rows:
            notices.set_up(
                request.user,
                kind=NoticeKind(kind),
                shown=form.cleaned_data["shown"],
                mailing=Mailing(form.cleaned_data["mailing"]),
            )
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("admin:notice_settings"))
    return _page(request, "notice_settings", title=_("How I hear of things"), rows=rows)


def _page(request, template, *, title, **context):
    frame = admin.site.each_context(request)
    name = f"admin/desk/{template}.html"
    return TemplateResponse(request, name, {**frame, "title": title, **context})


PAGES = (
    Page("desk/notices/", notices_page, "notices"),
    Page("desk/notices/read/", read_all, "notices_read"),
    Page("desk/notices/settings/", settings_page, "notice_settings"),
    Page("desk/notices/<int:notice_id>/", open_notice, "notice"),
)
