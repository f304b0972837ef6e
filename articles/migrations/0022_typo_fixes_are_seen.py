"""Whoever reads the decisions reads what was mended under them."""

from django.db import migrations

from articles import migration_rights


def let_readers(apps, schema_editor):
    fixes = migration_rights.permissions(apps).get(codename="view_typofix")
    group = apps.get_model("auth.Group").objects
    for readers in group.filter(permissions__codename="view_reviewdecision").distinct():
        readers.permissions.add(fixes)


def leave(apps, schema_editor):
    """Rights may have been changed by hand by now; they stay."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0021_typo_fixes")]
    operations = [migrations.RunPython(let_readers, leave)]
