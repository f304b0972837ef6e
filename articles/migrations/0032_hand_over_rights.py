"""Who may hand over reviews, appoint reviewers and name deputies for others."""

from django.db import migrations

from articles import migration_rights

RIGHTS = {
    "head": ("hand_over_article", "view_deputy"),
    "administrator": ("hand_over_article", "view_deputy", "add_deputy"),
}


def give_rights(apps, schema_editor):
    migration_rights.give(apps, RIGHTS)


def leave(apps, schema_editor):
    """Groups may have been given to people by now; they stay."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0031_deciders_deputies_escalation")]
    operations = [migrations.RunPython(give_rights, leave)]
