"""What the words of a command name: an account, a unit, a section. Raises `CommandError`."""

from collections.abc import Callable

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from articles import clock
from articles.models import Membership, Section, Unit, User


def find_user(
    name: str | None, unit: Unit | None = None, may: Callable[[User], bool] = lambda _user: True
) -> User:
    """Find an account; without a name, whoever may of the unit's own people, else a superuser."""
    if name is not None:
        return account(name)
    active = User.objects.filter(is_active=True).order_by("pk")
    members = Membership.objects.active(clock.today()).filter(unit=unit).values("user")
    for user in (*active.filter(pk__in=members), *active.filter(is_superuser=True)):
        if may(user):
            return user
    raise CommandError(_("Please say with --user in whose name to import."))


def account(name: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(_("There is no account called %s.") % name)
    return user


def find_unit(name: str) -> Unit:
    found = list(Unit.objects.filter(slug=name) or Unit.objects.named(name)[:2])
    if not found:
        raise CommandError(_("There is no unit called %s.") % name)
    if len(found) > 1:
        raise CommandError(_("Several units are called %s. Please give the slug.") % name)
    return found[0]


def find_section(name: str) -> Section:
    section = Section.objects.named(name).first()
    if section is None:
        raise CommandError(_("There is no section called %s.") % name)
    return section
