"""Who may publish past review, who confirms it, and who sees the list."""

from django.db import migrations

from articles import migration_rights

RIGHTS = {
    "desk editor": ("view_forcedpublication",),
    "chief editor": ("view_forcedpublication", "force_publish_article"),
    "head": ("view_forcedpublication", "confirm_forced_publication"),
    "administrator": ("view_forcedpublication",),
}


def give(apps, schema_editor):
    migration_rights.give(apps, RIGHTS)


def leave(apps, schema_editor):
    """Groups keep what they were given."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0016_forced_publication")]
    operations = [migrations.RunPython(give, leave)]
