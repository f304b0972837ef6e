"""The group of the proof-readers (校对), and who may read what they signed."""

from django.db import migrations

from articles import migration_rights

SEEN = (
    "article", "credit", "articleunit", "articlephoto", "attachment", "comment", "correction",
    "photo", "person", "unit", "section", "version", "reviewround", "reviewdecision",
    "proofsignature", "logentry", "edition", "placement", "withdrawal",
)  # fmt: skip
MORE = ("change_article", "add_comment", "view_every_unit", "proofread_article")


def make_group(apps, schema_editor):
    permissions, group = migration_rights.permissions(apps), apps.get_model("auth.Group").objects
    codes = [*(f"view_{model}" for model in SEEN), *MORE]
    proofreaders, _made = group.get_or_create(name="proof-reader")
    proofreaders.permissions.add(*permissions.filter(codename__in=codes))
    signature = permissions.get(codename="view_proofsignature")
    for readers in group.filter(permissions__codename="view_reviewdecision").distinct():
        readers.permissions.add(signature)


def leave(apps, schema_editor):
    """The group may have been given to people by now; it stays."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0019_proof_signatures")]
    operations = [migrations.RunPython(make_group, leave)]
