"""One's own sign-ins: whoever sees one that was not theirs changes the password."""

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.admin.base import Page
from articles.models import LogEntry

ROWS = 50
SHOWN = (
    LogEntry.Action.SIGNED_IN,
    LogEntry.Action.SIGN_IN_FAILED,
    LogEntry.Action.SIGNED_OUT,
    LogEntry.Action.PASSWORD_CHANGED,
)


def sign_ins(request):
    own = LogEntry.objects.filter(actor=request.user, action__in=SHOWN)
    context = {
        **admin.site.each_context(request),
        "title": _("My sign-ins"),
        "entries": own.order_by("-at", "-pk")[:ROWS],
        "FAILED": LogEntry.Action.SIGN_IN_FAILED,
    }
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/sign_ins.html", context)


PAGES = (Page("sign-ins/", sign_ins, "sign_ins"),)
