"""What the checks found in the articles that readers see, for whoever sees every unit."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import checking
from articles.actions import scanning
from articles.admin.article.form import checks
from articles.admin.base import Page, is_desk, moment
from articles.checks import registry
from articles.models import Edition, Scan, ScanFinding
from articles.rights.permissions import NotAllowed

PAGE = 20


def archive(request):
    """List the editions with findings, newest first; each is read again as it is shown."""
    if not is_desk(request):
        raise PermissionDenied(_("Only who sees every unit sees the findings in the archive."))
    at = moment(request)
    if request.method == "POST":
        return _start(request, at)
    live = Edition.objects.live(at)
    findings = ScanFinding.objects.filter(edition__in=live.values("pk"))
    by_check = findings.order_by().values_list("check_code")
    counts = dict(by_check.annotate(number=Count("edition", distinct=True)))
    code = request.GET.get("check", "")
    code = code if code in registry.CHECKS else ""
    chosen = findings.filter(check_code=code) if code else findings
    found = live.filter(pk__in=chosen.order_by().values("edition")).order_by("-article_id")
    page = Paginator(found.defer("body", "furniture"), PAGE).get_page(request.GET.get("page"))
    related = (
        Edition.objects.filter(pk__in=[edition.pk for edition in page])
        .select_related("article", "version")
        .prefetch_related("article__waivers")
        .order_by("-article_id")
    )
    codes = {code} - {""}
    shown = [
        (checked, list(map(checks.shown, scanning.only(checked.findings, codes, blocking=False))))
        for checked in scanning.check_editions(related, at)
    ]
    last = Scan.objects.first()
    context = {
        **admin.site.each_context(request),
        "title": _("Findings in the archive"),
        "shown": shown,
        "page": page,
        "code": code,
        "codes": [
            (one, check.name, counts[one])
            for one, check in registry.CHECKS.items()
            if one in counts
        ],
        "last": last,
        "may_start": last is None or scanning.may_start(last, at),
        "is_old": last is not None and last.words != checking.words_revision(),
    }
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/desk/archive.html", context)


def _start(request, at):
    try:
        scanning.start(user=request.user, at=at)
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("All articles that readers see are being checked."))
    return HttpResponseRedirect(reverse("admin:desk_archive"))


PAGES = (Page("desk/archive/", archive, "desk_archive"),)
