"""Who may hand over reviews, appoint reviewers and name deputies for others."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

RIGHTS = {
    "head": ("hand_over_article", "view_deputy"),
    "administrator": ("hand_over_article", "view_deputy", "add_deputy"),
}


def give_rights(apps, schema_editor):
    # Permissions are made after all migrations; the groups need them now.
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    permission, group = apps.get_model("auth.Permission"), apps.get_model("auth.Group")
    for name, codes in RIGHTS.items():
        found = permission.objects.filter(content_type__app_label="articles", codename__in=codes)
        for role in group.objects.filter(name=name):
            role.permissions.add(*found)


def leave(apps, schema_editor):
    """Groups may have been given to people by now; they stay."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0031_deciders_deputies_escalation")]
    operations = [migrations.RunPython(give_rights, leave)]
