"""Who may publish past review, who confirms it, and who sees the list."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

RIGHTS = {
    "desk editor": ("view_forcedpublication",),
    "chief editor": ("view_forcedpublication", "force_publish_article"),
    "head": ("view_forcedpublication", "confirm_forced_publication"),
    "administrator": ("view_forcedpublication",),
}


def give(apps, schema_editor):
    # Permissions are made after all migrations; the groups need them now.
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    permission, group = apps.get_model("auth.Permission"), apps.get_model("auth.Group")
    for name, codes in RIGHTS.items():
        found = permission.objects.filter(content_type__app_label="articles", codename__in=codes)
        for row in group.objects.filter(name=name):
            row.permissions.add(*found)


def leave(apps, schema_editor):
    """Groups keep what they were given."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0016_forced_publication")]
    operations = [migrations.RunPython(give, leave)]
