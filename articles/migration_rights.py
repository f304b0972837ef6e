"""What groups may do to begin with. For migrations alone: models come from their `apps`.

Later migrations say what is different by then; what is here does the same for all of them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.management import create_permissions


def permissions(apps: Any, label: str = "articles") -> Any:
    """Give the permissions of an app's models as they are after the migrations so far.

    Django makes them after all migrations; groups that are filled in between need them now.
    """
    config = apps.get_app_config(label)
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    return apps.get_model("auth.Permission").objects.filter(content_type__app_label=label)


def give(apps: Any, rights: Mapping[str, Iterable[str]]) -> None:
    """Give each group its permissions, by their names. A group that is not there gets none."""
    found = permissions(apps)
    for name, codes in rights.items():
        for group in apps.get_model("auth.Group").objects.filter(name=name):
            group.permissions.add(*found.filter(codename__in=codes))
