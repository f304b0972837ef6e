"""Write down which photos the editions show that went out before this was kept."""

import re

from django.db import migrations

SHOWN = re.compile(r'<figure data-photo="([0-9]+)"')
AT_ONCE = 500


def note_photos(apps, schema_editor):
    editions = apps.get_model("articles.Edition").objects.order_by("pk")
    row = apps.get_model("articles.EditionPhoto")
    library = set(apps.get_model("articles.Photo").objects.values_list("pk", flat=True))
    rows = []
    found = editions.values_list("pk", "furniture", "body")
    for number, furniture, body in found.iterator(chunk_size=AT_ONCE):
        lead = (furniture.get("lead") or {}).get("photo")
        shown = dict.fromkeys([lead, *map(int, SHOWN.findall(body))])
        rows += [
            row(edition_id=number, photo_id=photo, position=position)
            for position, photo in enumerate(photo for photo in shown if photo in library)
        ]
        if len(rows) >= AT_ONCE:
            row.objects.bulk_create(rows)
            rows = []
    row.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("articles", "0050_edition_photos")]

    operations = [migrations.RunPython(note_photos, migrations.RunPython.noop)]
