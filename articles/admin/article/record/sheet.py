"""The approval sheet of an edition, as a page to print and as a PDF."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from articles.admin.article import pages
from articles.admin.base import Page, is_desk, moment
from articles.evidence import approval_sheet_pdf, approval_sheets


def sheet(request, article_id, number):
    article, made = _find(request, article_id, number)
    return _page(request, article, made)


def pdf(request, article_id, number):
    """Give the sheet as a file; where this machine cannot, the page with a sentence instead."""
    article, made = _find(request, article_id, number)
    try:
        content = approval_sheet_pdf.render(_context(request, made))
    except approval_sheet_pdf.NotPossible as problem:
        messages.warning(request, str(problem))
        return _page(request, article, made)
    name = f'attachment; filename="approval-{made.number}.pdf"'
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": name}
    )


def _find(request, article_id, number):
    article = pages.find(request, article_id)
    editions = article.editions.select_related("version", "section", "made_by")
    return article, approval_sheets.make(article, get_object_or_404(editions, number=number))


def _context(request, made):
    return approval_sheets.printed(
        made, user=request.user, at=moment(request), says_why=is_desk(request)
    )


def _page(request, article, made):
    return pages.page(
        request,
        "sheet",
        article,
        title=_("Approval sheet"),
        **_context(request, made),
    )


PAGES = (
    Page("<int:article_id>/sheet/<int:number>/", sheet, "articles_article_sheet"),
    Page("<int:article_id>/sheet/<int:number>/pdf/", pdf, "articles_article_sheet_pdf"),
)
