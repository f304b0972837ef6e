"""What the library knows of the pictures of a figure, read and changed beside an open form."""

from dataclasses import dataclass

from django import forms
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles.actions import photos
from articles.admin.article import pages
from articles.admin.base import Page, moment, whole_number
from articles.models import Photo, Unit
from articles.rights import photos as rights
from articles.rights import roles
from articles.rights.permissions import NotAllowed

MOST = 40


class WhoseForm(forms.Form):
    """Who took a photo, and whose it is; the latter is for the desk to say."""

    photographer = forms.CharField(
        label=gettext_lazy("Photographer"), max_length=100, required=False
    )
    unit = forms.ModelChoiceField(Unit.objects.all(), label=gettext_lazy("Unit"), required=False)
    # What it said when the dialog was opened, to notice what a colleague says meanwhile.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, is_desk=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_desk:
            del self.fields["unit"]


@dataclass(frozen=True)
class Said:
    photo: Photo
    form: WhoseForm
    refusal: str | None


@require_http_methods(["GET", "POST"])
def picture_words(request):
    given = request.POST if request.method == "POST" else request.GET
    article = None
    if number := given.get("article"):
        article = pages.find(request, whole_number(number))
    pages.require_writing(request, article)
    said = _said(request, given.getlist("photo")[:MOST])
    if request.method == "POST":
        return _saved(request, said)
    context = {"said": said, "is_changeable": any(one.refusal is None for one in said)}
    return render(request, "admin/articles/article/pictures_said.html", context)


def _said(request, numbers):
    """Give those that the user may see, in the order asked for."""
    wanted = list(dict.fromkeys(filter(None, map(whole_number, numbers))))
    visible = Photo.objects.visible_to(request.user, moment(request))
    found = visible.select_related("photographer", "unit").in_bulk(wanted)
    data = request.POST if request.method == "POST" else None
    is_desk = roles.is_desk(request.user)
    return [
        Said(
            photo,
            WhoseForm(
                data,
                prefix=str(number),
                is_desk=is_desk,
                initial={
                    "photographer": photo.credit,
                    "unit": photo.unit_id,
                    "seen": photos.mark(photo, photos.WHOSE),
                },
            ),
            rights.change(request.user, photo, moment(request)),
        )
        for number in wanted
        if (photo := found.get(number))
    ]


def _saved(request, said):
    problems = [
        f"{one.photo}: {problem}"
        for one in said
        if not one.form.is_valid()
        for errors in one.form.errors.values()
        for problem in errors
    ]
    if problems:
        return JsonResponse({"reason": " ".join(problems)}, status=400)
    try:
        with transaction.atomic():
            for one in said:
                given = one.form.cleaned_data
                photos.say_whose(
                    one.photo,
                    photographer=given["photographer"],
                    unit=given.get("unit", one.photo.unit),
                    seen=given["seen"],
                    user=request.user,
                    at=moment(request),
                )
    except photos.PhotoMoved as moved:
        seen = {f"{moved.photo.pk}-seen": photos.mark(moved.photo, photos.WHOSE)}
        return JsonResponse({"reason": f"{moved.photo}: {moved}", "seen": seen}, status=409)
    except NotAllowed as problem:
        return JsonResponse({"reason": str(problem)}, status=403)
    return JsonResponse({"saved": len(said)})


PAGES = (Page("picture-words/", picture_words, "articles_article_picture_words"),)
