"""What was put aside before we kept how far it reaches, by whom it was."""

from django.db import migrations
from django.db.models import Q


def keep_the_desk_s(apps, schema_editor):
    """Let what the desk put aside, and what is so everywhere, hold for what blocks as before."""
    waivers = apps.get_model("articles", "Waiver").objects
    permission = {"content_type__app_label": "articles", "codename": "view_every_unit"}
    permissions = apps.get_model("auth", "Permission").objects.filter(**permission)
    users = apps.get_model("articles", "User").objects.filter(
        Q(is_superuser=True)
        | Q(user_permissions__in=permissions)
        | Q(groups__permissions__in=permissions)
    )
    given = Q(article=None) | Q(put_by__in=users.values("pk"))
    waivers.filter(given).update(level="blocking")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0047_level_of_a_waiver"),
    ]

    operations = [
        migrations.RunPython(keep_the_desk_s, migrations.RunPython.noop),
    ]
