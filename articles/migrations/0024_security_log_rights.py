"""Heads and administrators see sign-ins, rights and exports in the log."""

from django.db import migrations

from articles import migration_rights

RIGHTS = {"head": ("view_security_log",), "administrator": ("view_security_log",)}


def give(apps, schema_editor):
    migration_rights.give(apps, RIGHTS)


def leave(apps, schema_editor):
    """Groups may have been given other rights by now; they stay."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0023_log_of_everything")]
    operations = [migrations.RunPython(give, leave)]
