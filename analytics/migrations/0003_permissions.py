"""Who of the six groups sees and freezes boards."""

from django.db import migrations

from articles import migration_rights

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
    permissions, group = (
        migration_rights.permissions(apps, "analytics"),
        apps.get_model("auth.Group"),
    )
    for name, codes in GROUPS.items():
        found = permissions.filter(codename__in=codes)
        group.objects.get_or_create(name=name)[0].permissions.add(*found)


def leave(apps, schema_editor):
    """Groups may have been given to people by now; they stay."""


class Migration(migrations.Migration):
    dependencies = [("analytics", "0002_scoring_rule"), ("articles", "0003_groups")]
    operations = [migrations.RunPython(give_permissions, leave)]
