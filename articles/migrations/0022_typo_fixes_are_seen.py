"""Whoever reads the decisions reads what was mended under them."""

from django.contrib.auth.management import create_permissions
from django.db import migrations


def let_readers(apps, schema_editor):
    # Permissions are made after all migrations; the groups need them now.
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    permission = apps.get_model("auth.Permission").objects.get(
        content_type__app_label="articles", codename="view_typofix"
    )
    groups = apps.get_model("auth.Group").objects
    for group in groups.filter(permissions__codename="view_reviewdecision").distinct():
        group.permissions.add(permission)


def leave(apps, schema_editor):
    """Rights may have been changed by hand by now; they stay."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0021_typo_fixes")]
    operations = [migrations.RunPython(let_readers, leave)]
