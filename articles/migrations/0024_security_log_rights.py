"""Heads and administrators see sign-ins, rights and exports in the log."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = ("head", "administrator")


def give(apps, schema_editor):
    # Permissions are made after all migrations; the groups need this one now.
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    permission = apps.get_model("auth.Permission").objects.get(
        codename="view_security_log", content_type__app_label="articles"
    )
    for group in apps.get_model("auth.Group").objects.filter(name__in=GROUPS):
        group.permissions.add(permission)


def leave(apps, schema_editor):
    """Groups may have been given other rights by now; they stay."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0023_log_of_everything")]
    operations = [migrations.RunPython(give, leave)]
