"""The group of the proof-readers (校对), and who may read what they signed."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

SEEN = (
    "article", "credit", "articleunit", "articlephoto", "attachment", "comment", "correction",
    "photo", "person", "unit", "section", "version", "reviewround", "reviewdecision",
    "proofsignature", "logentry", "edition", "placement", "withdrawal",
)  # fmt: skip
MORE = ("change_article", "add_comment", "view_every_unit", "proofread_article")


def make_group(apps, schema_editor):
    # Permissions are made after all migrations; the groups need them now.
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    permission = apps.get_model("auth.Permission").objects.filter(
        content_type__app_label="articles"
    )
    groups = apps.get_model("auth.Group").objects
    codes = [*(f"view_{model}" for model in SEEN), *MORE]
    proofreaders, _made = groups.get_or_create(name="proof-reader")
    proofreaders.permissions.add(*permission.filter(codename__in=codes))
    signature = permission.get(codename="view_proofsignature")
    for group in groups.filter(permissions__codename="view_reviewdecision").distinct():
        group.permissions.add(signature)


def leave(apps, schema_editor):
    """The group may have been given to people by now; it stays."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0019_proof_signatures")]
    operations = [migrations.RunPython(make_group, leave)]
