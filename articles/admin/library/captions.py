"""Many photos captioned in one form, each for itself: one that is refused keeps its words."""

from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from articles.actions import photos
from articles.admin.base import DeskRequest, Page, moment, whole_number
from articles.admin.library import pages
from articles.models import Photo
from articles.rights import photos as rights
from articles.rights.permissions import NotAllowed

ON_A_PAGE = 100


class CaptionForm(forms.Form):
    caption = forms.CharField(
        label=gettext_lazy("Caption"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    alt = forms.CharField(
        label=gettext_lazy("Text for those who cannot see it"), max_length=300, required=False
    )
    credit = forms.CharField(label=pgettext_lazy("photo", "By"), max_length=100, required=False)
    # What it said when the page was made, to notice what a colleague says meanwhile.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class Row(NamedTuple):
    photo: Photo
    refused: str | None
    form: CaptionForm | None


def words_of(photo: Photo) -> dict[str, str]:
    return {name: getattr(photo, name) for name in photos.WORDS}


def captions(request: DeskRequest) -> Any:
    picked = pages.chosen(request)
    first = whole_number(request.GET.get("from", "")) or 0
    shown = picked[first : first + ON_A_PAGE]
    refused = rights.refusals(request.user, shown, moment(request))
    rows = [Row(photo, refused[photo.pk], form_of(request, photo, refused)) for photo in shown]
    following = first + ON_A_PAGE
    if request.method == "POST":
        saved = sum(save(request, row) for row in rows if row.form)
        if saved:
            told = ngettext("%(number)d photo saved.", "%(number)d photos saved.", saved)
            messages.success(request, told % {"number": saved})
        if not any(row.form and row.form.errors for row in rows):
            return HttpResponseRedirect(way_on(request, following, len(picked)))
    context = {
        "title": _("Caption photos"),
        "rows": rows,
        "may_save": any(row.form for row in rows),
        "first": first + 1,
        "last": first + len(shown),
        "number": len(picked),
    }
    has_errors = any(row.form and row.form.errors for row in rows)
    return pages.page(request, "captions", context, status=409 if has_errors else 200)


def form_of(
    request: DeskRequest, photo: Photo, refused: dict[int, str | None]
) -> CaptionForm | None:
    """Give the form of a photo that the user may change; bound where it was sent."""
    if refused[photo.pk] is not None:
        return None
    prefix = f"photo-{photo.pk}"
    is_sent = request.method == "POST" and f"{prefix}-seen" in request.POST
    initial = words_of(photo) | {"seen": photos.mark(photo, photos.WORDS)}
    return CaptionForm(request.POST if is_sent else None, initial=initial, prefix=prefix)


def save(request: DeskRequest, row: Row) -> bool:
    """Save what was typed of a photo, and say whether anything was."""
    form = row.form
    if form is None or not form.is_bound or not form.is_valid():
        return False
    now = words_of(row.photo)
    typed = {name: form.cleaned_data[name] for name in now}
    if typed == now:
        return False
    seen = form.cleaned_data["seen"]
    try:
        photos.reword(row.photo, seen=seen, user=request.user, at=moment(request), **typed)
    except photos.PhotoMoved as moved:
        form.add_error(None, str(moved))
        now_seen = photos.mark(moved.photo, photos.WORDS)
        form.data = {**form.data.dict(), form.add_prefix("seen"): now_seen}  # type: ignore[attr-defined]
        return False
    except NotAllowed as problem:
        form.add_error(None, str(problem))
        return False
    return True


def way_on(request: DeskRequest, following: int, number: int) -> str:
    """Lead to the next photos that were chosen, or back to the library after the last."""
    if following >= number:
        return reverse("admin:articles_photo_changelist")
    picked = ",".join(request.GET.getlist("pick"))
    query = urlencode([("pick", picked), ("from", following)])
    return f"{reverse('admin:articles_photo_captions')}?{query}"


PAGES = (Page("captions/", captions, "articles_photo_captions"),)
