"""Editions of one article never overlap. PostgreSQL holds it with an exclusion constraint.

Two ranges need no extension: the article's number as a range of one, and the time. SQLite
has no such constraint; there `articles.actions.publishing` checks in the same transaction,
and SQLite runs one writing transaction at a time.
"""

from django.db import migrations

ADD = """
ALTER TABLE articles_edition ADD CONSTRAINT editions_of_an_article_never_overlap EXCLUDE USING gist (
    int8range(article_id, article_id, '[]') WITH &&, tstzrange(live_from, live_until) WITH &&
)
"""
REMOVE = "ALTER TABLE articles_edition DROP CONSTRAINT editions_of_an_article_never_overlap"


def on_postgresql(sql):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql)

    return run


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunPython(on_postgresql(ADD), on_postgresql(REMOVE))]
