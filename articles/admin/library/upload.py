"""Many photos at once: each file is taken in for itself, and it is said what became of it.

The script sends them one by one; without it some come together and are answered together.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.actions import photos
from articles.admin.base import DeskRequest, Page, moment
from articles.admin.library import pages
from articles.models import Photo, Unit, User
from articles.pictures import PictureRefused
from articles.pictures.intake import refuse_size
from articles.rights.permissions import NotAllowed
from articles.rights.photos import own_units
from articles.rights.roles import is_desk

# They are developed one after the other while somebody waits for the one answer.
MOST_TOGETHER = 20
MOST_ALIKE = 3


@dataclass(frozen=True)
class Outcome:
    """What became of a file."""

    file: str
    kind: str  # taken, known, alike or refused
    message: str
    photo: Photo | None = None
    alike: tuple[Photo, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "message": self.message,
            "photo": as_link(self.photo) if self.photo else None,
            "alike": [as_link(photo) for photo in self.alike],
        }


def as_link(photo: Photo) -> dict[str, Any]:
    address = reverse("admin:articles_photo_change", args=[photo.pk])
    return {"id": photo.pk, "title": str(photo), "address": address}


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files. What is wrong with one of them is no matter of the others."""

    widget = ManyFiles(attrs={"accept": "image/*"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        if not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return data


class UploadForm(forms.Form):
    """The files, and what holds for all of them that do not say otherwise themselves."""

    pictures = FilesField(label=gettext_lazy("Photos"))
    caption = forms.CharField(label=gettext_lazy("Caption"), max_length=300, required=False)
    credit = forms.CharField(label=gettext_lazy("Photographer"), max_length=100, required=False)
    unit = forms.ModelChoiceField(
        label=pgettext_lazy("photo", "Unit"), queryset=Unit.objects.none(), required=False
    )
    rights = forms.CharField(label=gettext_lazy("Rights"), max_length=200, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, user: User, at: datetime) -> None:
        super().__init__(data, files, auto_id="upload-%s")
        units = Unit.objects.all() if is_desk(user) else own_units(user, at)
        field: Any = self.fields["unit"]
        field.queryset = units
        if not is_desk(user) and len(units[:2]) == 1:
            field.initial = units[0]


def form_for(request: DeskRequest) -> UploadForm | None:
    """Give the form to whoever may add photos."""
    if not request.user.has_perm("articles.add_photo"):
        return None
    return UploadForm(user=request.user, at=moment(request))


def upload(request: DeskRequest) -> Any:
    if not request.user.has_perm("articles.add_photo"):
        raise PermissionDenied(_("You may not add photos."))
    form = form_for(request)
    outcomes: list[Outcome] = []
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, user=request.user, at=moment(request))
        if form.is_valid():
            outcomes = [receive(request, form, file) for file in together(form)]
            outcomes += [left_out(file) for file in form.cleaned_data["pictures"][MOST_TOGETHER:]]
    if not request.accepts("text/html"):
        return as_json(form, outcomes)
    taken = [outcome.photo.pk for outcome in outcomes if outcome.photo and is_new(outcome)]
    context = {
        "title": _("Add photos"),
        "upload_form": form,
        "outcomes": outcomes,
        "taken": taken,
        "picked": ",".join(map(str, taken)),
    }
    status = 422 if form and form.errors else 200
    return pages.page(request, "upload", context, status=status)


def together(form: UploadForm) -> list[UploadedFile]:
    return form.cleaned_data["pictures"][:MOST_TOGETHER]


def is_new(outcome: Outcome) -> bool:
    return outcome.kind in {"taken", "alike"}


def as_json(form: UploadForm | None, outcomes: list[Outcome]) -> JsonResponse:
    """Answer the script: what became of its file, or why none is taken."""
    if outcomes:
        return JsonResponse(outcomes[0].as_json())
    errors = form.errors.values() if form else ()
    reason = " ".join(str(text) for lines in errors for text in lines)
    return JsonResponse({"reason": reason or _("No file was sent.")}, status=422)


def receive(request: DeskRequest, form: UploadForm, file: UploadedFile) -> Outcome:
    name, said = str(file.name), form.cleaned_data
    try:
        refuse_size(file.size or 0)
        photo, is_new_here = photos.receive(
            file.read(),
            user=request.user,
            at=moment(request),
            unit=said["unit"],
            common=photos.Common(said["caption"], said["credit"], said["rights"]),
        )
    except (PictureRefused, NotAllowed) as problem:
        return Outcome(name, "refused", str(problem))
    if not is_new_here:
        return Outcome(name, "known", _("It is in the library already."), photo)
    alike = tuple(pages.visible(request).looking_like(photo)[:MOST_ALIKE])
    if alike:
        return Outcome(
            name, "alike", _("Taken in, but it looks like another photo:"), photo, alike
        )
    return Outcome(name, "taken", _("Taken into the library."), photo)


def left_out(file: UploadedFile) -> Outcome:
    told = _("Not taken in: without script, up to %(most)d files come at once. Choose it again.")
    return Outcome(str(file.name), "refused", told % {"most": MOST_TOGETHER})


PAGES = (Page("upload/", upload, "articles_photo_upload"),)
