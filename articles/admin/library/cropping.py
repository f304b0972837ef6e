"""The page where a photo is cropped, after a look at where it is shown."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from articles.actions import cropping
from articles.admin.base import DeskRequest, Page, moment, uses, whole_number
from articles.admin.library import pages
from articles.models import EarlierFile, Edition, EditionPhoto, Photo
from articles.models.editions import PHOTO_SHOWN
from articles.pictures import PictureRefused
from articles.pictures.crops import LEAST, RATIOS, WHOLE, Crop
from articles.rights import photos as rights
from articles.rights.permissions import NotAllowed


class PercentField(forms.FloatField):
    def __init__(self, label: Any) -> None:
        super().__init__(label=label, min_value=0, max_value=100, step_size=0.01)


class CropForm(forms.Form):
    """A part of the whole picture, typed; a script draws it on the picture."""

    ratio = forms.ChoiceField(
        label=gettext_lazy("Shape"),
        required=False,
        choices=[("", gettext_lazy("free")), *((name, name) for name in RATIOS)],
    )
    left = PercentField(gettext_lazy("From the left, %"))
    top = PercentField(gettext_lazy("From the top, %"))
    width = PercentField(gettext_lazy("Width, %"))
    height = PercentField(gettext_lazy("Height, %"))
    # The file that the page was made of.
    seen = forms.CharField(widget=forms.HiddenInput)

    def part(self, size: tuple[int, int]) -> Crop:
        said = self.cleaned_data
        part = Crop(*(said[name] for name in Crop._fields))
        if said["ratio"] and min(part.width, part.height) > 0:
            return part.shaped(RATIOS[said["ratio"]], size)
        return part


def crop(request: DeskRequest, photo_id: int) -> Any:
    """Show the whole picture with its frame, and crop it."""
    photo = get_object_or_404(pages.visible(request), pk=photo_id)
    refused = rights.change(request.user, photo, moment(request))
    if refused is not None:
        raise PermissionDenied(refused)
    whole = photo.whole or photo
    size = cropping.size_of(whole)
    initial = photo.part._asdict() | {"seen": photo.sha256}
    form = CropForm(request.POST or None, initial=initial)
    if form.is_valid():
        part = WHOLE if "whole" in request.POST else form.part(size)
        try:
            cropping.crop(
                photo, part, seen=form.cleaned_data["seen"], user=request.user, at=moment(request)
            )
        except (NotAllowed, PictureRefused) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, said_of(part))
            return HttpResponseRedirect(reverse("admin:articles_photo_change", args=[photo.pk]))
    width, height = size
    context = {
        "title": _("Crop the photo"),
        "photo": photo,
        "form": form,
        "whole": whole,
        "picture": reverse("admin:articles_photo_whole", args=[photo.pk]),
        "width": width,
        "height": height,
        "least": LEAST,
        "used_in": uses(request, photo.pk),
        "live": seen_by_readers(request, photo),
    }
    return pages.page(request, "crop", context, status=409 if form.errors else 200)


def said_of(part: Crop) -> str:
    if part.is_whole():
        return _("The photo shows the whole picture again.")
    return _("The photo is cropped. The whole picture stays on file; no reader gets it.")


def seen_by_readers(request: DeskRequest, photo: Photo) -> int:
    """Count the articles that show it to readers now or are planned to, of any unit."""
    editions = Edition.objects.not_over(moment(request)).order_by().values("pk")
    showing = EditionPhoto.objects.filter(photo=photo, edition__in=editions).order_by()
    return showing.values("edition__article").distinct().count()


@require_safe
def whole(request: DeskRequest, photo_id: int) -> FileResponse:
    """Give the whole picture, or an earlier one, to whoever may see the photo at the desk."""
    photo = get_object_or_404(pages.visible(request), pk=photo_id)
    earlier = photo.whole
    if number := request.GET.get("file"):
        earlier = get_object_or_404(photo.earlier, pk=whole_number(number))
    picture = earlier.open_master() if earlier else photo.image.open()
    response = FileResponse(picture, content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def at_the_desk(text: str) -> str:
    """Let a page of the desk show pictures that were put away, from where readers get none."""
    numbers = set(map(int, PHOTO_SHOWN.findall(text)))
    for file in EarlierFile.objects.filter(photo__in=numbers, is_put_away=True):
        address = reverse("admin:articles_photo_whole", args=[file.photo_id])
        text = text.replace(f'src="{file.image.url}"', f'src="{address}?file={file.pk}"')
    return text


PAGES = (
    Page("<int:photo_id>/crop/", crop, "articles_photo_crop"),
    Page("<int:photo_id>/whole/", whole, "articles_photo_whole"),
)
