from datetime import date

import pytest

from articles.actions import units
from articles.models import Unit
from articles.rights.permissions import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db


def test_renamed_unit_keeps_its_old_name_for_old_days():
    unit = factories.make_unit("电子系")

    unit = units.rename(unit, name="电子工程学院", day=date(2026, 9, 1))

    names = [unit.name_on(day) for day in (date(2026, 8, 31), date(2026, 9, 1))]
    assert (unit.name, names) == ("电子工程学院", ["电子系", "电子工程学院"])


def test_renamed_unit_is_found_by_either_name_in_either_script():
    unit = factories.make_unit("电子系")
    units.rename(unit, name="电子工程学院", day=date(2026, 9, 1))

    found = [Unit.objects.named(name).get() for name in ("電子系", "電子工程 學院")]

    assert found == [unit, unit]


def test_rename_before_the_present_name_began_is_refused():
    unit = units.rename(factories.make_unit("旧"), name="新", day=date(2026, 9, 1))

    with pytest.raises(NotAllowed, match="must begin later"):
        units.rename(unit, name="更新", day=date(2026, 9, 1))

    assert Unit.objects.get().name == "新"
