"""Who imports archives, who shows readers what they published, and who keeps old addresses."""

from django.db import migrations

from articles import migration_rights

ADDRESSES = ("view_oldaddress", "add_oldaddress", "change_oldaddress", "delete_oldaddress")
RUNS = ("view_importrun", "add_importrun", "view_importedarticle")
RIGHTS = {
    "desk editor": ("view_importedarticle", "view_oldaddress"),
    "chief editor": (*RUNS, *ADDRESSES, "publish_importedarticle"),
    "head": ("view_importrun", "view_importedarticle", "view_oldaddress"),
    "administrator": (*RUNS, *ADDRESSES),
}


def give_rights(apps, schema_editor):
    migration_rights.give(apps, RIGHTS)


def leave(apps, schema_editor):
    """Groups may have been given to people by now; they stay."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0054_imports")]
    operations = [migrations.RunPython(give_rights, leave)]
