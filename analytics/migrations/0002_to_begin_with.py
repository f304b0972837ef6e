"""The scoring rule that a new site begins with, and who sees and freezes boards."""

from datetime import date

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


def make_rule(apps, schema_editor):
    apps.get_model("analytics.ScoringRule").objects.create(effective_from=date(2000, 1, 1))


def give_permissions(apps, schema_editor):
    permissions = migration_rights.permissions(apps, "analytics")
    group = apps.get_model("auth.Group").objects
    for name, codes in GROUPS.items():
        group.get(name=name).permissions.add(*permissions.filter(codename__in=codes))


class Migration(migrations.Migration):
    replaces = [
        ("analytics", "0002_scoring_rule"),
        ("analytics", "0003_permissions"),
    ]
    dependencies = [("analytics", "0001_tables"), ("articles", "0003_to_begin_with")]
    operations = [
        migrations.RunPython(make_rule),
        migrations.RunPython(give_permissions),
    ]
