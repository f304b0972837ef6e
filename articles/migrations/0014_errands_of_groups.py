"""The desk and administrators see side effects and try them again; heads see them."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = {
    "desk editor": ("view_errand", "change_errand"),
    "chief editor": ("view_errand", "change_errand"),
    "administrator": ("view_errand", "change_errand"),
    "head": ("view_errand",),
}


def let_groups(apps, schema_editor):
    # Permissions are made after all migrations; the groups need them now.
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    permission, group = apps.get_model("auth.Permission"), apps.get_model("auth.Group")
    found = permission.objects.filter(
        content_type__app_label="articles", content_type__model="errand"
    )
    for name, codes in GROUPS.items():
        for one in group.objects.filter(name=name):
            one.permissions.add(*found.filter(codename__in=codes))


def leave(apps, schema_editor):
    """Groups may have been changed by people since; they stay."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_retried")]
    operations = [migrations.RunPython(let_groups, leave)]
