"""The desk and administrators see side effects and try them again; heads see them."""

from django.db import migrations

from articles import migration_rights

RIGHTS = {
    "desk editor": ("view_errand", "change_errand"),
    "chief editor": ("view_errand", "change_errand"),
    "administrator": ("view_errand", "change_errand"),
    "head": ("view_errand",),
}


def let_groups(apps, schema_editor):
    migration_rights.give(apps, RIGHTS)


def leave(apps, schema_editor):
    """Groups may have been changed by people since; they stay."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_retried")]
    operations = [migrations.RunPython(let_groups, leave)]
