"""Deputies: everybody names their own, administrators for the others."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import clock
from articles.actions import deputies
from articles.admin.base import DeskAdmin, moment
from articles.models import Deputy, User
from articles.rights.permissions import NotAllowed
from articles.rights.seats import MAY_REVIEW


class DeputyForm(forms.ModelForm):
    # Set for each request.
    user: User
    at: datetime

    def clean(self):
        super().clean()
        given = self.cleaned_data
        if {"deputy", "valid_from", "valid_until"} <= given.keys():
            reason = deputies.refusal(
                given.get("represented") or self.user,
                given["deputy"],
                given["valid_from"],
                given["valid_until"],
                user=self.user,
                at=self.at,
            )
            if reason is not None:
                raise forms.ValidationError(reason)
        return given


@admin.register(Deputy)
class DeputyAdmin(DeskAdmin):
    """Whoever may review sees whom they represent and who represents them."""

    purpose = gettext_lazy(
        "Who decides for whom while they are away. A deputy decides in their own name."
    )
    form = DeputyForm
    list_display = ("represented", "deputy", "valid_from", "valid_until", "state")
    list_display_links = ("represented", "deputy")
    list_select_related = ("represented", "deputy")
    fields = ("represented", "deputy", "valid_from", "valid_until")
    readonly_fields = ("named_by", "named_at", "ended_by", "ended_at")
    actions = ("end_selected",)

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if request.user.has_perm("articles.view_deputy"):
            return rows
        return rows.filter(Q(represented=request.user) | Q(deputy=request.user))

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(MAY_REVIEW) or super().has_view_permission(request, obj)

    def has_add_permission(self, request):
        return request.user.has_perm(MAY_REVIEW) or super().has_add_permission(request)

    def has_change_permission(self, request, obj=None):
        # Decisions were made under it: it is ended, and another one named.
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_end_permission(self, request):
        return self.has_add_permission(request)

    def get_fields(self, request, obj=None):
        if obj:
            return (*self.fields, *self.readonly_fields)
        if request.user.has_perm("articles.add_deputy"):
            return self.fields
        return self.fields[1:]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.user, form.at = request.user, moment(request)
        return form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        may_review = User.objects.with_perm(MAY_REVIEW).order_by("name", "pk")
        if db_field.name == "deputy":
            kwargs["queryset"] = may_review.exclude(pk=request.user.pk)
        if db_field.name == "represented":
            kwargs["queryset"] = may_review
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        named = deputies.name(
            form.cleaned_data.get("represented") or request.user,
            deputy=obj.deputy,
            valid_from=obj.valid_from,
            valid_until=obj.valid_until,
            user=request.user,
            at=moment(request),
        )
        obj.__dict__.update(named.__dict__)

    def log_addition(self, request, obj, message):
        """The action has written it down already."""

    @admin.display(description=gettext_lazy("today"))
    def state(self, row):
        today = clock.today()
        if row.ended_at or row.valid_until <= today:
            return _("over")
        return _("to come") if row.valid_from > today else _("stands in")

    @admin.action(description=gettext_lazy("End at once"), permissions=["end"])
    def end_selected(self, request, queryset):
        for row in queryset:
            try:
                deputies.end(row, user=request.user, at=moment(request))
            except NotAllowed as problem:
                self.message_user(request, f"{row}: {problem}", messages.WARNING)
            else:
                text = _("%(deputy)s: ended.") % {"deputy": row}
                self.message_user(request, text, messages.SUCCESS)
