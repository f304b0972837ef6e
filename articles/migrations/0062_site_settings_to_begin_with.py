"""The row of settings, called as the server says; administrators change it."""

from django.conf import settings
from django.db import migrations

from articles import migration_rights

RIGHTS = {"administrator": ("change_sitesettings",)}


def begin(apps, schema_editor):
    names = {"name": settings.SITE_NAME, "name_en": settings.SITE_NAME_EN}
    apps.get_model("articles.SiteSettings").objects.create(**names)
    migration_rights.give(apps, RIGHTS)


def leave(apps, schema_editor):
    """The row goes with its table; groups may have been given to people by now."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0061_site_settings")]
    operations = [migrations.RunPython(begin, leave)]
