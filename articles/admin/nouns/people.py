"""Credited people, accounts, and who belongs to which unit."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import clock, log
from articles.actions import site_settings
from articles.admin import changes
from articles.admin.base import NATIVE_DATES, DeskAdmin, DeskRequest, moment
from articles.admin.changes import Change
from articles.log import wording
from articles.models import LogEntry, Membership, Person, PersonAlias, UnitName, User
from articles.rights import policy_warnings
from articles.rights.roles import GROUPS, role_name
from articles.text.hanzi import match_key


def who_taught(alias: PersonAlias | UnitName) -> str:
    """Say who taught the site a name, and on which day."""
    if alias.taught_at is None:
        return ""
    day = date_format(timezone.localdate(alias.taught_at))
    return f"{alias.taught_by} · {day}"


class AliasInline(admin.TabularInline):
    model = PersonAlias
    fields = ("name", "taught")
    readonly_fields = ("taught",)
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("taught_by")

    @admin.display(description=gettext_lazy("learned from a credit line"))
    def taught(self, alias):
        return who_taught(alias)


@admin.register(Person)
class PersonAdmin(DeskAdmin):
    purpose = gettext_lazy("People as they are credited. Not everybody here has an account.")
    inlines = (AliasInline,)
    list_display = ("name", "home_unit", "user", "is_student")
    list_filter = ("is_student", ("home_unit", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("home_unit", "user")
    search_fields = ("name", "aliases__name", "home_unit__name")
    autocomplete_fields = ("home_unit", "user")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("home_unit")

    def choice_text(self, person):
        """Tell homonyms apart by their units."""
        return f"{person}（{person.home_unit}）" if person.home_unit else str(person)

    def get_list_display(self, request):
        if request.user.has_perm("articles.view_user"):
            return self.list_display
        return tuple(name for name in self.list_display if name != "user")

    def get_autocomplete_fields(self, request):
        # Who has an account is the administrators' to know and to say.
        if request.user.has_perm("articles.view_user"):
            return self.autocomplete_fields
        return ("home_unit",)

    def get_exclude(self, request, obj=None):
        return () if request.user.has_perm("articles.view_user") else ("user",)

    def get_readonly_fields(self, request, obj=None):
        """Keep whoever decides from cutting the tie to what they are credited for."""
        own = obj is not None and is_own_account(request, obj.user)
        return ("user",) if own and request.user.has_perm("articles.view_user") else ()

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or not is_own_account(request, obj.user))

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "is_student" in form.changed_data:
            site_settings.put_on_pages(obj, at=moment(request))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user" and not request.user.is_superuser:
            kwargs["queryset"] = User.objects.exclude(pk=request.user.pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def lookup_allowed(self, lookup, value, request):
        if lookup.split("__")[0] == "user" and not request.user.has_perm("articles.view_user"):
            return False
        return super().lookup_allowed(lookup, value, request)

    def get_search_results(self, request, queryset, search_term):
        """Find people in either script."""
        found, distinct = super().get_search_results(request, queryset, search_term)
        key = match_key(search_term)
        if key:
            by_key = Q(key__contains=key) | Q(aliases__key__contains=key)
            found |= queryset.filter(by_key)
            distinct = True
        return found, distinct


def is_own_account(request: DeskRequest, account: User | None) -> bool:
    """Tell who would give rights to themselves. Superusers have them all."""
    return account == request.user and not request.user.is_superuser


def decides(account: User) -> bool:
    """Say whether an account gives decisions on articles, or would if it were active."""
    theirs = Q(user=account) | Q(group__user=account)
    codenames = ("review_article", "publish_article", "publish_importedarticle")
    return Permission.objects.filter(
        theirs, codename__in=codenames, content_type__app_label="articles"
    ).exists()


def knows_password(user: User, account: User) -> bool:
    """Tell whether somebody made an account, or ever set its password for its owner."""
    told = (LogEntry.Action.ACCOUNT_MADE, LogEntry.Action.PASSWORD_CHANGED)
    return LogEntry.objects.filter(
        actor=user, action__in=told, subject_type="articles.user", subject_id=account.pk
    ).exists()


def membership_action(
    membership: Membership, verb: str, fields: frozenset[str]
) -> LogEntry.Action:
    """Say what the log calls a change of a membership."""
    if verb == "added":
        return LogEntry.Action.MEMBERSHIP_MADE
    if verb == "deleted" or (membership.valid_until and "valid_until" in fields):
        return LogEntry.Action.MEMBERSHIP_ENDED
    return LogEntry.Action.MEMBERSHIP_CHANGED


class MembershipInline(admin.TabularInline):
    model = Membership
    formfield_overrides = NATIVE_DATES
    fields = ("unit", "role", "valid_from", "valid_until")
    autocomplete_fields = ("unit",)
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("unit", "user")

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and not is_own_account(request, obj)

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and not is_own_account(request, obj)

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and not is_own_account(request, obj)


@admin.register(Membership)
class MembershipAdmin(DeskAdmin):
    purpose = gettext_lazy("Who hands in and reviews for which unit, and how long.")
    added = LogEntry.Action.MEMBERSHIP_MADE
    deleted = LogEntry.Action.MEMBERSHIP_ENDED
    list_display = ("user", "unit", "role", "valid_from", "valid_until", "is_active")
    list_filter = ("role", ("unit", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("user", "unit")
    search_fields = ("user__name", "user__username", "unit__name")
    autocomplete_fields = ("user", "unit")

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not is_own_account(request, obj.user))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user" and not request.user.is_superuser:
            kwargs["queryset"] = User.objects.exclude(pk=request.user.pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def log_change(self, request, obj, message):
        if message:
            fields = frozenset[str]().union(*(change.fields for change in message))
            action = membership_action(obj, "changed", fields)
            self.record(request, action, obj, changes.lines(message))

    @admin.display(description=gettext_lazy("gives rights today"), boolean=True)
    def is_active(self, membership):
        day = clock.today()
        until = membership.valid_until
        return membership.valid_from <= day and (until is None or day < until)


# What of an account's form gives rights.
RIGHTS = {"groups", "user_permissions", "is_staff", "is_superuser"}


class RoleFilter(admin.RelatedFieldListFilter):
    def field_choices(self, field, request, model_admin):
        choices = super().field_choices(field, request, model_admin)
        return [(pk, role_name(name)) for pk, name in choices]


VERBS = {
    "view": gettext_lazy("Can view: %(things)s"),
    "add": gettext_lazy("Can add: %(things)s"),
    "change": gettext_lazy("Can change: %(things)s"),
    "delete": gettext_lazy("Can delete: %(things)s"),
}


def permission_text(permission: Permission) -> str:
    """Say what a permission allows; Django keeps its own ones in English."""
    model = permission.content_type.model_class()
    verb = permission.codename.removesuffix(f"_{permission.content_type.model}")
    if model is not None and verb in VERBS:
        return VERBS[verb] % {"things": model._meta.verbose_name_plural}
    return _(permission.name)


class RightsField(forms.ModelMultipleChoiceField):
    """Offers roles or permissions in the reader's language."""

    def label_from_instance(self, right):
        if isinstance(right, Permission):
            return permission_text(right)
        return role_name(right)


class RightsAdmin(DeskAdmin):
    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name in {"groups", "permissions", "user_permissions"}:
            kwargs["form_class"] = RightsField
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(User)
class AccountAdmin(UserAdmin, RightsAdmin):
    """Accounts. Only a superuser makes superusers, or touches one.

    An administrator gives rights to others, and never to themselves: not by a group, and not
    by the password of somebody who decides on articles, set before or after the right.
    """

    purpose = gettext_lazy("Who can sign in here, and in which role.")
    inlines = (MembershipInline,)
    added = LogEntry.Action.ACCOUNT_MADE
    list_display = ("username", "name", "roles", "is_staff", "is_active", "last_login")
    list_filter = (("groups", RoleFilter), "is_active", "is_staff")
    search_fields = ("username", "name", "email")
    ordering = ("username",)
    filter_horizontal = ("groups", "user_permissions")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (gettext_lazy("Person"), {"fields": ("name", "email")}),
        (gettext_lazy("Rights"), {"fields": ("is_active", "is_staff", "groups")}),
        (
            gettext_lazy("Special rights"),
            {"fields": ("is_superuser", "user_permissions"), "classes": ("collapse",)},
        ),
        (gettext_lazy("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": (
                    "username",
                    "name",
                    "email",
                    "usable_password",
                    "password1",
                    "password2",
                ),
            },
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, user):
        names = map(role_name, user.groups.all())
        return "、".join(names)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Say after a save where nobody can decide any more, and could before."""
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        at = clock.here()
        before = set(policy_warnings.everywhere(at))
        response = super().changeform_view(request, object_id, form_url, extra_context)
        for sentence in policy_warnings.everywhere(at):
            if sentence not in before:
                self.message_user(request, sentence, messages.WARNING)
        return response

    def get_inlines(self, request, obj):
        return self.inlines if obj else ()

    def get_readonly_fields(self, request, obj=None):
        dates = ("last_login", "date_joined")
        if request.user.is_superuser:
            return dates
        rights = ("is_superuser", "user_permissions")
        return (*dates, *rights, *(("is_staff", "groups") if obj == request.user else ()))

    def construct_change_message(self, request, form, formsets, add=False):
        if isinstance(form, self.change_password_form):
            # An account that signs in elsewhere may be left without a password here.
            text = "" if form.user.has_usable_password() else _("no password any more")
            return [Change(text, fields=frozenset({"password"}))]
        return super().construct_change_message(request, form, formsets, add)

    def log_change(self, request, obj, message):
        """Write each kind of change as what it is: rights are searched for, names are not."""
        rest = [change for change in message if change.row is None]
        for action, fields in self._kinds(obj):
            found = [change for change in rest if change.fields & fields]
            if found:
                self.record(request, action, obj, changes.lines(found))
            rest = [change for change in rest if change not in found]
        if rest:
            self.record(request, LogEntry.Action.ACCOUNT_CHANGED, obj, changes.lines(rest))
        for change in message:
            if change.row is not None:
                self._record_membership(request, change)

    def _kinds(self, account):
        is_open = account.is_active
        return (
            (LogEntry.Action.PASSWORD_CHANGED, {"password"}),
            (LogEntry.Action.RIGHTS_CHANGED, RIGHTS),
            (
                LogEntry.Action.REACTIVATED if is_open else LogEntry.Action.DEACTIVATED,
                {"is_active"},
            ),
        )

    def _record_membership(self, request, change):
        action = membership_action(change.row, change.verb, change.fields)
        told = change.text
        if change.verb != "changed":
            with log.in_site_language():
                told = wording.row(change.row)
        self.record(request, action, change.row, told)

    def save_related(self, request, form, formsets, change):
        """Shut an account whose password is known to whoever lets it decide on articles."""
        account = form.instance
        decided = decides(account)
        super().save_related(request, form, formsets, change)
        is_new = not decided and decides(account) and account.has_usable_password()
        if not is_new or request.user.is_superuser or not knows_password(request.user, account):
            return
        account.set_unusable_password()
        account.save(update_fields=["password"])
        action = LogEntry.Action.PASSWORD_CHANGED
        self.record(request, action, account, _("no password any more"))
        self.message_user(
            request,
            _(
                "This account decides on articles now. You set its password once, so that one "
                "is no longer good: a superuser sets a new one for its owner."
            ),
            messages.WARNING,
        )

    def user_change_password(self, request, id, form_url=""):  # noqa: A002 Django's name
        account = self.get_object(request, unquote(id))
        if account and decides(account) and not request.user.is_superuser:
            raise PermissionDenied(
                _(
                    "This account decides on articles. Only a superuser sets its password; "
                    "its owner changes it themselves."
                )
            )
        return super().user_change_password(request, id, form_url)

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, request, obj=None):
        # The record names accounts; one that has left is made inactive.
        return False

    def lookup_allowed(self, lookup, value, request):
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(GroupAdmin, RightsAdmin):
    edited = LogEntry.Action.RIGHTS_CHANGED
    list_display = ("name", "what")

    @admin.display(description=gettext_lazy("role"))
    def what(self, group):
        return GROUPS.get(group.name, "")
