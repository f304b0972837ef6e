"""Documents of an article, for whoever may see it."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404

from articles.admin.article import pages
from articles.admin.base import Page


def attachment(request, article_id, attachment_id):
    article = pages.find(request, article_id)
    document = get_object_or_404(article.attachments, pk=attachment_id)
    return FileResponse(
        document.file.open(),
        as_attachment=True,
        filename=document.download_name,
        content_type="application/octet-stream",
    )


PAGES = (
    Page(
        "<int:article_id>/attachments/<int:attachment_id>/",
        attachment,
        "articles_article_attachment",
    ),
)
