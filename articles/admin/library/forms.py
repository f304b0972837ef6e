"""The forms of one photo: taken in, described, replaced."""

from datetime import datetime

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from articles.actions import photos
from articles.models import Photo, User
from articles.pictures import PictureRefused, TakenPicture, apart
from articles.pictures.intake import refuse_size
from articles.rights.permissions import NotAllowed

FOCUS = ("focus_across", "focus_down")


def developed(picture: UploadedFile) -> TakenPicture | PictureRefused:
    try:
        refuse_size(picture.size or 0)
        taken = apart.take_in(picture.read())
    except PictureRefused as refusal:
        return refusal
    picture.seek(0)
    return taken


class NewPhotoForm(forms.ModelForm):
    """A picture for the library. Only taking it in shows whether it is one."""

    # Set by the page.
    user: User
    moment: datetime
    taken: TakenPicture | PictureRefused | None

    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=gettext_lazy("JPEG, PNG, WebP, GIF or AVIF."),
    )

    class Meta:
        model = Photo
        fields = ("caption", "alt", "photographer", "photographer_name", "unit")

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors:
            names = ("caption", "alt", "photographer", "photographer_name", "unit")
            try:
                if isinstance(self.taken, PictureRefused):
                    raise self.taken
                self.instance = photos.take_in(
                    cleaned["picture"].read(),
                    user=self.user,
                    at=self.moment,
                    taken=self.taken,
                    **{name: cleaned[name] for name in names if name in cleaned},
                )
            except (PictureRefused, NotAllowed) as problem:
                self.add_error("picture", str(problem))
        return cleaned


class PercentField(forms.IntegerField):
    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_value=100, required=False, **kwargs)


class PhotoForm(forms.ModelForm):
    """A photo of the library, which may get another file."""

    user: User
    moment: datetime
    taken: TakenPicture | PictureRefused | None

    picture = forms.FileField(
        label=gettext_lazy("Another file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=gettext_lazy(
            "A better scan or crop of the same photo. What is published or approved keeps the "
            "file that it has until a new version is approved; the file before is kept."
        ),
    )

    focus_across = PercentField(label=gettext_lazy("Focal point, hundredths from the left"))
    focus_down = PercentField(
        label=gettext_lazy("Focal point, hundredths from the top"),
        help_text=gettext_lazy("What stays in sight where the site cuts the photo."),
    )

    class Meta:
        model = Photo
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, percent in zip(FOCUS, self.instance.focus_in_percent, strict=True):
            self.initial.setdefault(name, percent)

    def clean(self):
        cleaned = super().clean() or {}
        typed = [cleaned.get(name) for name in FOCUS]
        if None not in typed and not self.errors:
            self.instance.put_focus(*typed)
        return cleaned

    def clean_picture(self):
        picture = self.cleaned_data["picture"]
        if not picture:
            return None
        try:
            if isinstance(self.taken, PictureRefused):
                raise self.taken
            data = picture.read()
            photos.refuse_replacement(self.instance, data, user=self.user, at=self.moment)
        except (PictureRefused, NotAllowed) as problem:
            raise forms.ValidationError(str(problem)) from problem
        return data
