"""Site settings: one row, so there is a form and no list."""

from collections.abc import Mapping
from io import BytesIO

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions import site_settings
from articles.admin import changes
from articles.admin.base import NATIVE_DATES, DeskAdmin, moment
from articles.admin.prose import WITH_HEADINGS, ProseField
from articles.models import FooterLink, MemorialPeriod, SiteSettings
from articles.pictures import PictureRefused, emblems
from articles.pictures.intake import refuse_size
from articles.rights import site as rights

PICTURES = ("logo", "police_emblem")

type Drawn = emblems.Emblem | PictureRefused


def drawn(picture: UploadedFile) -> Drawn:
    try:
        refuse_size(picture.size or 0)
        return emblems.take_in(picture.read())
    except PictureRefused as refusal:
        return refusal


class PictureField(forms.FileField):
    widget = AdminFileWidget(attrs={"accept": "image/*"})


class StatementField(ProseField):
    extensions = WITH_HEADINGS
    no_pictures = gettext_lazy("A statement has no pictures.")


class SiteSettingsForm(forms.ModelForm):
    """The settings. Pictures were read before; the page says what came of them."""

    pictures: Mapping[str, Drawn] = {}

    class Meta:
        field_classes = {
            "logo": PictureField,
            "police_emblem": PictureField,
            "statement": StatementField,
            "statement_en": StatementField,
        }

    def clean_logo(self):
        return self._picture("logo")

    def clean_police_emblem(self):
        return self._picture("police_emblem")

    def _picture(self, field):
        """Put the small picture in the place of the file that was uploaded."""
        picture = self.pictures.get(field)
        if picture is None:
            return self.cleaned_data[field]
        if isinstance(picture, PictureRefused):
            raise forms.ValidationError(str(picture))
        setattr(self.instance, f"{field}_width", picture.width)
        setattr(self.instance, f"{field}_height", picture.height)
        return File(BytesIO(picture.data), name=picture.name)


class PartOfSite(admin.TabularInline):
    """Rows below the settings, for whoever may change these."""

    formfield_overrides = NATIVE_DATES
    extra = 0

    def has_view_permission(self, request, obj=None):
        return rights.change(request.user) is None

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class FooterLinkInline(PartOfSite):
    model = FooterLink
    fields = ("position", "title", "title_en", "address")


class MemorialInline(PartOfSite):
    model = MemorialPeriod
    fields = ("first_day", "last_day")


@admin.register(SiteSettings)
class SiteSettingsAdmin(DeskAdmin):
    form = SiteSettingsForm
    inlines = (FooterLinkInline, MemorialInline)
    readonly_fields = ("reviewers",)
    fieldsets = (
        (None, {"fields": ("name", "name_en", "line", "line_en")}),
        (gettext_lazy("Look"), {"fields": ("logo", "accent", "accent_in_dark")}),
        (
            gettext_lazy("At the end of every page"),
            {
                "fields": (
                    "icp_number",
                    "police_number",
                    "police_emblem",
                    "address",
                    "address_en",
                    "postcode",
                    "contact_mail",
                    "contact_phone",
                )
            },
        ),
        (
            gettext_lazy("What readers see"),
            {"fields": ("boards_are_public", "students_have_pages", "reviewers")},
        ),
        (
            gettext_lazy("Traditional characters"),
            {"fields": ("traditional", "traditional_words")},
        ),
        (gettext_lazy("Accessibility"), {"fields": ("statement", "statement_en")}),
    )

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        """Open the form itself, where others have a list."""
        row = SiteSettings.objects.only("pk").get()
        return self.changeform_view(request, str(row.pk), extra_context=extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # What follows runs in a transaction, and nobody else could write while a picture is read.
        if rights.change(request.user) is None:
            files = request.FILES.items()
            drawings = {name: drawn(file) for name, file in files if name in PICTURES}
            request.__dict__["_pictures"] = drawings
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        pictures = request.__dict__.get("_pictures", {})
        kwargs["form"] = type("FormWithPictures", (self.form,), {"pictures": pictures})
        return super().get_form(request, obj, change=change, **kwargs)

    def log_change(self, request, obj, message):
        if message:
            site_settings.put_in_force(
                obj, user=request.user, at=moment(request), detail=changes.lines(message)
            )

    @admin.display(description=gettext_lazy("reviewers printed"))
    def reviewers(self, row):
        text = _("Each review policy says which of its stages are printed in the credits.")
        address = reverse("admin:articles_reviewpolicy_changelist")
        return format_html('{} <a href="{}">{}</a>', text, address, _("Review policies"))
