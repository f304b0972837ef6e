"""What is pasted into the editor or dropped on it: cleaned here, with its pictures taken in.

The editor asks and inserts the answer; nothing of the article is saved by it. Without script a
text is cleaned as it is saved, and the same words say then what was left out.
"""

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.actions import enclosing
from articles.admin.article import pages
from articles.admin.base import Page, moment
from articles.pictures import PictureRefused
from articles.pictures.intake import refuse_size
from articles.text import pasting

MAX_FILES = 60 * 1024 * 1024


@require_POST
def paste(request):
    """Answer with the markup to insert, and a line for each thing that was left out."""
    article = pages.asked(request)
    pages.require_writing(request, article)
    files = request.FILES.getlist("picture")[: enclosing.MOST]
    if sum(file.size for file in files) > MAX_FILES:
        limit = {"limit": MAX_FILES // 1024**2}
        reason = _("Up to %(limit)d MB may be pasted at once. Upload the pictures one by one.")
        return JsonResponse({"reason": reason % limit}, status=413)
    enclosed = enclosing.Enclosed(
        user=request.user,
        at=moment(request),
        unit=pages.unit_of(request, article),
        files=list(map(_content, files)),
    )
    try:
        if "html" in request.POST:
            pasted = pasting.read(request.POST["html"], enclosed.place)
        else:
            pasted = pasting.read_text(request.POST.get("text", ""))
    except ValidationError as problem:
        return JsonResponse({"reason": " ".join(problem.messages)}, status=413)
    enclosed.caption(pasted.html)
    return JsonResponse(
        {
            "html": enclosing.with_addresses(pasted.html),
            "said": [*pasted.said(), *dict.fromkeys(enclosed.problems)],
        }
    )


def _content(file):
    """Read a file, or say why not: what is too large for the library needs no memory for that."""
    try:
        refuse_size(file.size)
    except PictureRefused as refusal:
        return refusal
    return file.read()


def left_out(form):
    """Say in one line what a saved form's body lost when it was cleaned; empty if nothing."""
    typed = form.data.get("body", "")
    if typed == form.cleaned_data.get("body", ""):
        return ""
    said = pasting.read(typed).said()
    return _("Saved without: %(what)s") % {"what": "; ".join(said)} if said else ""


PAGES = (Page("paste/", paste, "articles_article_paste"),)
