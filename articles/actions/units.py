"""Changes to units that keep their history."""

from datetime import date

from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from articles.models import Unit, UnitName
from articles.rights.permissions import NotAllowed


@transaction.atomic
def rename(unit: Unit, *, name: str, day: date) -> Unit:
    """Give a unit a new official name from a day on; the old one stays findable.

    Editions keep the name that was valid when their article was first published.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if name == unit.name:
        return unit
    current = unit.names.get(kind=UnitName.Kind.OFFICIAL, valid_until=None)
    if current.valid_from is not None and current.valid_from >= day:
        raise NotAllowed(
            _("The present name is valid from %(day)s on. The new one must begin later.")
            % {"day": formats.date_format(current.valid_from)}
        )
    current.valid_until = day
    current.save(update_fields=["valid_until", "key"])
    unit.names.create(name=name, kind=UnitName.Kind.OFFICIAL, valid_from=day)
    unit.name = name
    unit.save(update_fields=["name"])
    return unit
