"""Administrators and chief editors take articles out as packages for the archive."""

from django.db import migrations

from articles import migration_rights

RIGHTS = dict.fromkeys(("administrator", "chief editor"), ("export_article",))


def give_rights(apps, schema_editor):
    migration_rights.give(apps, RIGHTS)


def leave(apps, schema_editor):
    """Groups may have been given to people by now; they stay."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0051_photos_of_editions")]
    operations = [
        migrations.AlterModelOptions(
            name="article",
            options={
                "ordering": ("-changed_at", "-pk"),
                "permissions": (
                    ("view_every_unit", "Can see the articles of every unit"),
                    ("submit_article", "Can submit an article for review"),
                    ("review_article", "Can decide in a review"),
                    ("publish_article", "Can publish an approved article"),
                    ("proofread_article", "Can sign as a proof-reader"),
                    ("withdraw_article", "Can withdraw and restore an article"),
                    ("hand_over_article", "Can hand over reviews and appoint reviewers"),
                    ("export_article", "Can export articles for the archive"),
                ),
                "verbose_name": "article",
                "verbose_name_plural": "articles",
            },
        ),
        migrations.RunPython(give_rights, leave),
    ]
