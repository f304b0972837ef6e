"""Index the editions anew, as words are cut and marked now."""

from django.db import migrations

from articles.search import indexing, names


def index_editions(apps, schema_editor):
    words = apps.get_model("articles.EditionWords")
    printed = apps.get_model("articles.PrintedName")
    editions = apps.get_model("articles.Edition")._base_manager.select_related("section")
    for edition in editions.order_by("pk").iterator(chunk_size=200):
        words.objects.create(edition=edition, **indexing.rows_of(edition))
        names.learn([edition], printed)


class Migration(migrations.Migration):
    dependencies = [("articles", "0065_search_marks")]
    operations = [migrations.RunPython(index_editions, migrations.RunPython.noop)]
