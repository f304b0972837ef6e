"""The desk teaches the site other names of units, from credit lines."""

from django.db import migrations

from articles import migration_rights

RIGHTS = dict.fromkeys(("desk editor", "chief editor"), ("add_unitname",))


def give_rights(apps, schema_editor):
    migration_rights.give(apps, RIGHTS)


def leave(apps, schema_editor):
    """Groups may have been given to people by now; they stay."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0040_doubtful_lines")]
    operations = [migrations.RunPython(give_rights, leave)]
