"""Who of the six groups sees and freezes boards."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

EVERYBODY = ("view_statement", "view_adjustment", "view_scoringrule")
DESK = (*EVERYBODY, "view_gap")
GROUPS = {
    "correspondent": EVERYBODY,
    "unit reviewer": EVERYBODY,
    "desk editor": DESK,
    "chief editor": DESK,
    "head": (*DESK, "freeze_statement", "add_scoringrule"),
    "administrator": (*DESK, "add_scoringrule"),
}


def give_permissions(apps, schema_editor):
    # Permissions are made after all migrations; the groups need them now.
    config = apps.get_app_config("analytics")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    permission, group = apps.get_model("auth.Permission"), apps.get_model("auth.Group")
    for name, codes in GROUPS.items():
        found = permission.objects.filter(content_type__app_label="analytics", codename__in=codes)
        group.objects.get_or_create(name=name)[0].permissions.add(*found)


def leave(apps, schema_editor):
    """Groups may have been given to people by now; they stay."""


class Migration(migrations.Migration):
    dependencies = [("analytics", "0002_scoring_rule"), ("articles", "0003_groups")]
    operations = [migrations.RunPython(give_permissions, leave)]
