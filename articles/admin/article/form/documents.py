"""A Word document put into an open form: read, tidied, and kept unsaved with what is typed.

The text becomes a kept text of the form, so nothing that was typed is lost and nothing is saved
by it: the form comes back filled, and its writer looks it over.
"""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import credits
from articles.actions import enclosing, personal_drafts
from articles.admin.article import pages
from articles.admin.article.form import kept
from articles.admin.base import Page, moment
from articles.importing import documents
from articles.models import Article
from articles.text import pasting, richtext

LONGEST_HEADLINE = Article._meta.get_field("headline").max_length or 0
# A first line that is no heading and as short as one.
SHORT = 50
HEADING = re.compile(r"<h[23]>(.*)</h[23]>")


@require_POST
def take_in(request):
    """Keep the form with the text of a document in it, and go back to it."""
    article = pages.asked(request)
    try:
        draft = kept.keep(request, article)
    except (kept.NotAllowed, personal_drafts.TooMuchToKeep) as problem:
        raise PermissionDenied(str(problem)) from problem
    if draft is None:
        raise PermissionDenied(_("This form was saved already. Please open the article again."))
    try:
        fields, said = read(request, article, draft.fields)
        draft = personal_drafts.keep(
            fields,
            user=request.user,
            article=article,
            token=draft.token,
            version_number=draft.version_number,
            at=moment(request),
        )
    except kept.NotAllowed as problem:
        raise PermissionDenied(str(problem)) from problem
    except (documents.DocumentRefused, personal_drafts.TooMuchToKeep) as problem:
        messages.error(request, str(problem))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("The document is in the form. Look it over, then save it."))
        if said:
            messages.warning(request, "; ".join(said))
    return HttpResponseRedirect(kept.way(request, draft, article).address)


def read(request, article, fields):
    """Put a document to what is typed: give the fields, and what was left out.

    Raises `DocumentRefused` and `TooMuchMarkup`.
    """
    file = request.FILES.get("document")
    if file is None:
        raise ValidationError(_("Choose a .docx document first."))
    if file.size > documents.MAX_BYTES:
        raise documents.DocumentRefused("bytes")
    found = documents.read(file.read())
    enclosed = enclosing.Enclosed(
        user=request.user,
        at=moment(request),
        unit=pages.unit_of(request, article),
        files=found.pictures,
    )
    pasted = pasting.read(found.html, enclosed.place)
    pasted.dropped.update(found.dropped)
    enclosed.caption(pasted.html)
    blocks = pasted.html.splitlines()
    filled = dict(fields)
    if not filled.get("headline", "").strip() and (headline := _headline(blocks)):
        filled["headline"] = headline
        del blocks[0]
    if not filled.get("credit_line", "").strip() and (line := _credit_line(blocks)):
        filled["credit_line"] = line
        del blocks[-1]
    body = [filled.get("body", ""), enclosing.with_addresses("\n".join(blocks))]
    filled["body"] = "\n".join(filter(None, body))
    return filled, [*pasted.said(), *dict.fromkeys(enclosed.problems)]


def _headline(blocks):
    """Find the headline: what is styled as one, else a first line that is short."""
    if not blocks:
        return ""
    words = richtext.plain_text(blocks[0])
    is_heading = HEADING.fullmatch(blocks[0])
    is_short = len(words) <= SHORT and not words.endswith(pasting.SENTENCE_ENDS)
    is_first_line = blocks[0].startswith("<p>") and len(blocks) > 1 and is_short
    fits = "\n" not in words and len(words) <= LONGEST_HEADLINE
    return words if fits and (is_heading or is_first_line) else ""


def _credit_line(blocks):
    """Find the credits that end a text, where they are a paragraph of their own."""
    if len(blocks) < 2 or not blocks[-1].startswith("<p>"):
        return ""
    words = " ".join(richtext.plain_text(blocks[-1]).split())
    tail = credits.find_credit_line(words)
    return words if tail and not tail.body.strip() else ""


PAGES = (Page("document/", take_in, "articles_article_document"),)
