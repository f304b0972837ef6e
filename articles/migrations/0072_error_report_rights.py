"""Who reads what readers report, and who settles it: whoever writes corrections."""

from django.db import migrations

from articles import migration_rights

READS, SETTLES = ("view_errorreport",), ("view_errorreport", "settle_errorreport")
RIGHTS = {
    "correspondent": READS,
    "unit reviewer": READS,
    "desk editor": SETTLES,
    "chief editor": SETTLES,
    "proof-reader": READS,
    "head": READS,
    "administrator": READS,
}


def give_rights(apps, schema_editor):
    migration_rights.give(apps, RIGHTS)


def leave(apps, schema_editor):
    """Groups may have been given to people by now; they stay."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0071_error_reports")]
    operations = [migrations.RunPython(give_rights, leave)]
