"""The photo library."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.actions import photos
from articles.actions.cropping import size_of, tell_part
from articles.admin.base import (
    DeskAdmin,
    addresses,
    editions_with,
    moment,
    uses,
    visible_articles,
    whole_number,
)
from articles.admin.library import captions, contact_sheet, cropping, upload
from articles.admin.library.cards import cards
from articles.admin.library.filters import DaysFilter, FolderFilter, LackFilter
from articles.admin.library.forms import FOCUS, NewPhotoForm, PhotoForm, developed
from articles.admin.nouns.editions import state_of
from articles.models import EarlierFile, Photo
from articles.rights import composing, roles
from articles.rights import photos as rights

LIBRARY = (*upload.PAGES, *captions.PAGES, *contact_sheet.PAGES, *cropping.PAGES)
MOST_ALIKE = 12
MOST_EDITIONS = 50


def thumbnail(photo: Photo):
    if not photo.image:
        return ""
    return format_html(
        '<img class="thumbnail" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
        photo.address("thumb"),
        photo.alt,
        96,
        round(96 * photo.height / photo.width),
    )


@admin.register(Photo)
class PhotoAdmin(DeskAdmin):
    purpose = gettext_lazy(
        "Pictures for articles. One file is kept once, however often it is used."
    )
    list_display = ("__str__", "preview", "credit", "unit", "taken_at", "uploaded_at")
    list_display_links = ("__str__",)
    list_filter = (
        FolderFilter,
        LackFilter,
        DaysFilter,
        ("unit", admin.RelatedOnlyFieldListFilter),
    )
    ordering = ("-filed_at", "-pk")
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    list_per_page = 60
    actions = None
    change_list_template = "admin/articles/photo/change_list.html"
    list_select_related = ("photographer", "unit")
    not_exported = ("preview",)
    export_more = ("caption", "alt", "rights", "expires_at", "width", "height", "sha256")
    # Where `PhotoQuerySet.about` looks; named here so that there is a field to type into.
    search_fields = ("caption",)
    autocomplete_fields = ("photographer", "unit")
    new_fields = ("picture", "caption", "alt", "photographer", "photographer_name", "unit")
    fields = (
        "large",
        "shown_part",
        FOCUS,
        "caption",
        "alt",
        "photographer",
        "photographer_name",
        "unit",
        "taken_at",
        "rights",
        "expires_at",
        "on_file",
        "earlier_files",
        "picture",
    )
    readonly_fields = ("large", "shown_part", "on_file", "earlier_files")
    # The desk says whose a photo is, and until when readers see it.
    of_the_desk = ("unit", "expires_at")

    def get_queryset(self, request):
        visible = Photo.objects.visible_to(request.user, moment(request))
        return visible.order_by("-uploaded_at", "-pk")

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        changelist = getattr(response, "context_data", {}).get("cl")
        if changelist is not None and not changelist.is_popup:
            response.context_data |= {
                "cards": cards(request, changelist.result_list),
                "upload_form": upload.form_for(request),
            }
        return response

    def get_search_results(self, request, queryset, search_term):
        return queryset.about(search_term, visible_articles(request)), False

    def has_delete_permission(self, request, obj=None):
        # Versions point at photos by their hash.
        return False

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return super().has_change_permission(request)
        return self.refusal(request, obj) is None

    def refusal(self, request, photo) -> str | None:
        """Ask once per page why the user may not change a photo."""
        asked = request.__dict__.setdefault("_photos_refused", {})
        if photo.pk not in asked:
            asked[photo.pk] = rights.change(request.user, photo, moment(request))
        return asked[photo.pk]

    def get_fields(self, request, obj=None):
        if obj is None:
            return self.new_fields
        # Where there is nothing to send, there is no field for what is no column.
        if self.has_change_permission(request, obj):
            return self.fields
        return tuple(name for name in self.fields if name not in {"picture", "shown_part", FOCUS})

    def get_readonly_fields(self, request, obj=None):
        if obj is None or roles.is_desk(request.user):
            return self.readonly_fields
        return (*self.readonly_fields, *self.of_the_desk)

    def get_autocomplete_fields(self, request):
        if roles.is_desk(request.user):
            return self.autocomplete_fields
        return tuple(name for name in self.autocomplete_fields if name != "unit")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "unit" and not roles.is_desk(request.user):
            kwargs["queryset"] = rights.own_units(request.user, moment(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        if not roles.is_desk(request.user):
            units = list(rights.own_units(request.user, moment(request))[:2])
            if len(units) == 1:
                return {"unit": units[0].pk, **initial}
        return initial

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # What follows runs in a transaction, and nobody else could write while a picture is read.
        picture = request.FILES.get("picture")
        if picture and self.has_add_permission(request):
            request.__dict__["_taken"] = developed(picture)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None or self.has_change_permission(request, obj):
            kwargs["form"] = type(
                "PhotoFormOfUser",
                (PhotoForm if obj else NewPhotoForm,),
                {
                    "user": request.user,
                    "moment": moment(request),
                    "taken": request.__dict__.get("_taken"),
                },
            )
        form = super().get_form(request, obj, change=change, **kwargs)
        for name, source in obj.filled_from.items() if obj else ():
            if name in form.base_fields:
                form.base_fields[name].help_text = _("Read from the file (%s).") % source
        return form

    def change_view(self, request, object_id, form_url="", extra_context=None):
        photo_id = whole_number(object_id)
        extra = {}
        if photo := self.get_queryset(request).filter(pk=photo_id).first():
            alike = self.get_queryset(request).looking_like(photo)[:MOST_ALIKE]
            refused = self.refusal(request, photo)
            if refused is not None and request.method == "POST":
                raise PermissionDenied(refused)
            extra = {
                "used_in": uses(request, photo.pk),
                "topics": () if composing.read(request.user) else photo.topics.all(),
                "editions": [
                    (edition, state_of(edition, moment(request)))
                    for edition in editions_with(request, photo.pk)[:MOST_EDITIONS]
                ],
                "alike": list(alike),
                "refused": refused,
            }
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))

    def save_model(self, request, obj, form, change):
        if not change:
            # It is in the library already, with what its file says of itself.
            obj.refresh_from_db()
            return
        for name in form.changed_data:
            obj.filled_from.pop(name, None)
        super().save_model(request, obj, form, change)
        if data := form.cleaned_data.get("picture"):
            taken = request.__dict__["_taken"]
            photos.replace(obj, data, user=request.user, at=moment(request), taken=taken)

    def response_add(self, request, obj, post_url_continue=None):
        """Go on to the photo, where it is seen what its file has filled in."""
        alike = self.get_queryset(request).looking_like(obj)
        if alike.exists():
            told = _("It looks like a photo that is in the library already: see below.")
            self.message_user(request, told, messages.WARNING)
        if (obj.filled_from or alike) and not {"_popup", "_addanother"} & request.POST.keys():
            request.POST = request.POST | {"_continue": "1"}
        return super().response_add(request, obj, post_url_continue)

    def get_urls(self):
        original = self.admin_site.admin_view(self.original_view)
        return [
            path("<int:photo_id>/original/", original, name="articles_photo_original"),
            *addresses(self.admin_site, LIBRARY),
            *super().get_urls(),
        ]

    def original_view(self, request, photo_id):
        photo = get_object_or_404(self.get_queryset(request), pk=photo_id)
        file: Photo | EarlierFile = photo
        if earlier := request.GET.get("file"):
            file = get_object_or_404(photo.earlier, pk=whole_number(earlier))
        return FileResponse(
            file.original.open(),
            as_attachment=True,
            filename=f"photo-{photo.pk}",
            content_type="application/octet-stream",
        )

    @admin.display(description=gettext_lazy("preview"))
    def preview(self, photo):
        return thumbnail(photo)

    @admin.display(description=gettext_lazy("picture"))
    def large(self, photo):
        return format_html(
            '<img class="large" src="{}" alt="{}" width="{}" height="{}">',
            photo.address("card"),
            photo.alt,
            480,
            round(480 * photo.height / photo.width),
        )

    @admin.display(description=pgettext_lazy("photo", "by"))
    def credit(self, photo):
        return photo.credit

    @admin.display(description=pgettext_lazy("file", "original"))
    def on_file(self, photo):
        address = reverse("admin:articles_photo_original", args=[photo.pk])
        if photo.whole:
            address = f"{address}?file={photo.whole.pk}"
        file = photo.whole or photo
        told = _("Download the original")
        if file.original_width:
            size = {"width": file.original_width, "height": file.original_height}
            told = _("Download the original, %(width)d × %(height)d") % size
        return format_html('<a href="{}">{}</a>', address, told)

    @admin.display(description=gettext_lazy("shown part"))
    def shown_part(self, photo):
        address = reverse("admin:articles_photo_crop", args=[photo.pk])
        told = tell_part(photo.part, size_of(photo))
        return format_html('{} · <a href="{}">{}</a>', told, address, _("Crop…"))

    @admin.display(description=gettext_lazy("earlier files"), empty_value="–")
    def earlier_files(self, photo):
        address = reverse("admin:articles_photo_original", args=[photo.pk])
        return format_html_join(
            "",
            '<p><a href="{}?file={}">{} × {}</a> {}</p>',
            (
                (
                    address,
                    file.pk,
                    file.original_width or file.width,
                    file.original_height or file.height,
                    _("until %(moment)s, replaced by %(name)s")
                    % {
                        "moment": date_format(
                            timezone.localtime(file.replaced_at), "SHORT_DATETIME_FORMAT"
                        ),
                        "name": file.replaced_by,
                    },
                )
                for file in photo.earlier.select_related("replaced_by")
            ),
        )
