"""The checks as a campus newsroom sets them first, and who may set them."""

from django.db import migrations

from articles import migration_rights

# Code, level and limit of each, in the order of the table of checks.
CHECKS = (
    ("headline", "advisory", 30),
    ("caption", "advisory", 0),
    ("alt", "advisory", 0),
    ("photographer", "advisory", 0),
    ("unit", "advisory", 0),
    ("reviewer", "off", 0),
    ("weekday", "advisory", 0),
    ("year", "advisory", 6),
    ("age", "advisory", 30),
    ("words", "blocking", 0),
    ("identity", "blocking", 0),
    ("mobile", "advisory", 0),
    ("card", "blocking", 0),
    ("student", "advisory", 0),
    ("unread", "advisory", 0),
    ("link", "advisory", 0),
    ("host", "advisory", 0),
    ("repeat", "advisory", 15),
)
READ = ("view_checkrule", "view_listedword", "view_waiver")
EDIT_LIST = ("add_listedword", "change_listedword", "delete_listedword", "delete_waiver")
RIGHTS = {
    "desk editor": READ,
    "chief editor": (*READ, *EDIT_LIST),
    "head": READ,
    "administrator": (*READ, *EDIT_LIST, "change_checkrule"),
}


def fill(apps, schema_editor):
    rule = apps.get_model("articles.CheckRule").objects
    for position, (code, level, limit) in enumerate(CHECKS, 1):
        rule.get_or_create(
            check_code=code,
            defaults={"level": level, "limit": limit, "position": position * 10},
        )


def give_rights(apps, schema_editor):
    migration_rights.give(apps, RIGHTS)


def leave(apps, schema_editor):
    """The newsroom may have changed them by now; they stay."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0037_checks")]
    operations = [
        migrations.RunPython(fill, leave),
        migrations.RunPython(give_rights, leave),
    ]
