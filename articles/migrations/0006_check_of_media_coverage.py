"""The check of media coverage, as a campus newsroom sets it first."""

from django.db import migrations


def fill(apps, schema_editor):
    apps.get_model("articles.CheckRule").objects.get_or_create(
        check_code="media", defaults={"level": "advisory", "limit": 400, "position": 190}
    )


def leave(apps, schema_editor):
    """A newsroom may have set it by now; it stays."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_media_coverage")]
    operations = [migrations.RunPython(fill, leave)]
