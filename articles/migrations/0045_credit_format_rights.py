"""Administrators set how credit lines are written; heads see it."""

from django.db import migrations

from articles import migration_rights

RIGHTS = {
    "administrator": ("view_creditformat", "add_creditformat", "change_creditformat",
                      "delete_creditformat"),
    "head": ("view_creditformat",),
}  # fmt: skip


def give_rights(apps, schema_editor):
    migration_rights.give(apps, RIGHTS)


def leave(apps, schema_editor):
    """Groups may have been given to people by now; they stay."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0044_credit_format")]
    operations = [migrations.RunPython(give_rights, leave)]
