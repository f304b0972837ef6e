"""Write down which files the editions show that went out before this was kept."""

import json

from django.db import migrations
from django.db.models import OuterRef, Subquery


def note_files(apps, schema_editor):
    rows = apps.get_model("articles.EditionPhoto")._base_manager
    photos = apps.get_model("articles.Photo").objects.filter(pk=OuterRef("photo"))
    rows.update(sha256=Subquery(photos.values("sha256")[:1]))
    for file in apps.get_model("articles.EarlierFile").objects.order_by("pk"):
        showing = rows.filter(photo=file.photo_id)
        found = showing.values_list("pk", "edition__body", "edition__furniture")
        named = [pk for pk, *texts in found if str(file.image) in json.dumps(texts)]
        rows.filter(pk__in=named).update(sha256=file.sha256)


class Migration(migrations.Migration):
    dependencies = [("articles", "0058_files_put_away")]

    operations = [migrations.RunPython(note_files, migrations.RunPython.noop)]
