"""Topics: their list, and the form. What stands on their pages is composed elsewhere."""

import json
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag

from articles import clock
from articles.actions import topics
from articles.admin.base import DeskAdmin, moment
from articles.admin.prose import ProseField
from articles.log import wording
from articles.models import Topic
from articles.models.tagging import find_or_make
from articles.rights import composing as rights
from articles.rights.permissions import WrongInput


class TopicForm(forms.ModelForm):
    """A topic as somebody saw it and wants it. What a colleague changed meanwhile is not lost."""

    # Set for each request.
    at: datetime

    tag = forms.CharField(
        label=gettext_lazy("Tag"),
        max_length=100,
        required=False,
        help_text=Topic._meta.get_field("tag").help_text,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    is_stale = False
    data: Any

    class Meta:
        field_classes = {"introduction": ProseField, "introduction_en": ProseField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = topics.as_seen(self.instance)
            self.initial["tag"] = tag_name(self.instance.tag)

    def clean(self):
        given = super().clean() or self.cleaned_data
        if self.instance.pk and given.get("seen") != self.initial["seen"]:
            self._merge(given)
        if given.get("tag") and not self.errors:
            [tag] = find_or_make([given["tag"]]).values()
            given["tag"] = tag.slug
        return given

    def clean_tag(self):
        return " ".join(self.cleaned_data["tag"].split())

    def _post_clean(self):
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        before = Topic.objects.filter(pk=self.instance.pk).first()
        try:
            topics.check(self.instance, before, self.at)
        except WrongInput as wrong:
            self.add_error(wrong.field, str(wrong))

    def _merge(self, given):
        """Take over what only a colleague changed; where both did, show both and ask again."""
        self.is_stale = True
        self.data = self.data.copy()
        self.data["seen"] = self.initial["seen"]
        saw, now = read(given.get("seen")), json.loads(self.initial["seen"])
        taken = []
        for name in topics.FIELDS:
            if name not in self.fields or now[name] == saw.get(name):
                continue
            label = str(self.fields[name].label)
            theirs = self.initial.get(name)
            mine = given.get(name)
            mine = tag_slug(mine) if name == "tag" else topics.told(mine)
            if mine == now[name]:
                continue
            if name in self.errors or mine != saw.get(name):
                stands = getattr(self.instance, name) if name != "tag" else theirs
                self.add_error(
                    name,
                    _("It was changed meanwhile: %(now)s. Save again to put yours in its place.")
                    % {"now": wording.text(stands)},
                )
                continue
            self._type(name, theirs)
            taken.append(label)
        text = _("Somebody saved this topic meanwhile. Nothing of yours is saved yet.")
        if taken:
            names = "、".join(taken)
            text += " " + _("Taken over from there: %(fields)s.") % {"fields": names}
        self.add_error(None, text)

    def _type(self, name, value):
        field = self.fields[name]
        typed = field.widget.format_value(field.prepare_value(value))
        typed = typed[0] if isinstance(typed, list) else typed
        if isinstance(field, forms.BooleanField):
            typed = "on" if value else None
        if typed is None:
            self.data.pop(name, None)
        else:
            self.data[name] = typed


def read(seen):
    """Read what somebody saw; nothing if it is none of ours."""
    try:
        found = json.loads(seen or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def tag_name(slug: str) -> str:
    return Tag.objects.filter(slug=slug).values_list("name", flat=True).first() or slug


def tag_slug(name: str | None) -> str:
    found = Tag.objects.filter(name=name).values_list("slug", flat=True).first()
    return found or name or ""


@admin.register(Topic)
class TopicAdmin(DeskAdmin):
    """Whoever composes pages makes topics; the others of the desk look at them."""

    purpose = gettext_lazy(
        "Pages of their own around an event: with an introduction, a lead and lists."
    )
    form = TopicForm
    list_display = ("title", "state", "shown", "concluded", "tag", "pages")
    search_fields = ("title", "title_en", "slug")
    list_filter = ("on_home_page",)
    ordering = ("-pk",)
    autocomplete_fields = ("photo",)
    prepopulated_fields = {"slug": ("title_en",)}
    readonly_fields = ("picture",)
    actions = None
    fieldsets = (
        (None, {"fields": ("title", "title_en", "slug", "introduction", "introduction_en")}),
        (gettext_lazy("Photo"), {"fields": ("photo", "picture", "photo_credit")}),
        (gettext_lazy("Articles"), {"fields": ("tag",)}),
        (
            gettext_lazy("Readers"),
            {"fields": ("shown_from", "concluded_at", "on_home_page", "seen")},
        ),
    )

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return rights.read(request.user) is None

    def has_add_permission(self, request):
        return rights.compose(request.user) is None

    def has_change_permission(self, request, obj=None):
        return rights.compose(request.user) is None

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            return rights.compose(request.user) is None
        return rights.delete_topic(request.user, obj, moment(request)) is None

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "photo":
            # The library is where photos come in and are changed.
            field.widget.can_add_related = field.widget.can_change_related = False
            field.widget.can_view_related = field.widget.can_delete_related = False
        return field

    def get_object(self, request, object_id, from_field=None):
        topic = super().get_object(request, object_id, from_field)
        if topic is not None and request.method == "POST":
            # Whoever saves second waits here, and sees what the first one saved.
            return Topic.objects.select_for_update(no_key=True).filter(pk=topic.pk).first()
        return topic

    def get_fieldsets(self, request, obj=None):
        may = self.has_change_permission(request, obj) if obj else True
        if obj is not None and may:
            return self.fieldsets
        left_out = {"seen", "picture"} if obj is None else {"seen"}
        return [
            (name, {"fields": tuple(f for f in said["fields"] if f not in left_out)})
            for name, said in self.fieldsets
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.at = moment(request)
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            at = moment(request)
            context |= {
                "state": obj.state(at).label,
                "why_not_deleted": rights.delete_topic(request.user, obj, at)
                if self.has_change_permission(request, obj)
                else None,
            }
        response = super().render_change_form(request, context, add, change, form_url, obj)
        if getattr(context["adminform"].form, "is_stale", False):
            response.status_code = 409
        return response

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_shown(clock.here()) else None

    def get_deleted_objects(self, objs, request):
        # What was placed in a draft goes with it; nobody saw it.
        to_delete, counts, _needed, protected = super().get_deleted_objects(objs, request)
        return to_delete, counts, set(), protected

    def save_model(self, request, obj, form, change):
        topics.save(obj, user=request.user, at=moment(request))

    def delete_model(self, request, obj):
        topics.delete(obj, user=request.user, at=moment(request))

    @admin.display(description=gettext_lazy("state"))
    def state(self, topic):
        return topic.state(clock.here()).label

    @admin.display(description=gettext_lazy("shown from"), ordering="shown_from")
    def shown(self, topic):
        return topic.shown_from

    @admin.display(description=gettext_lazy("concluded at"), ordering="concluded_at")
    def concluded(self, topic):
        return topic.concluded_at

    @admin.display(description=gettext_lazy("its page"))
    def pages(self, topic):
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a>',
            reverse("admin:desk_compose_topic", args=[topic.pk]),
            _("Compose"),
            reverse("admin:desk_preview_topic", args=[topic.pk]),
            _("Preview"),
        )

    @admin.display(description=gettext_lazy("thumbnail"))
    def picture(self, topic):
        if topic.photo is None:
            return "–"
        shown = '<img class="thumbnail" src="{}" width="240" alt="">'
        return format_html(shown, topic.photo.thumb)
