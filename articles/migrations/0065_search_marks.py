"""Headings, names and filters in the search index, and the names that editions print."""

import importlib

from django.db import migrations, models

before = importlib.import_module("articles.migrations.0004_search")

# The table keeps no texts of its own: rows are removed by what they were indexed with.
FORWARDS = {
    "sqlite": (
        """
        CREATE VIRTUAL TABLE articles_words USING fts5(
            tokens, content='', detail='none', tokenize="ascii tokenchars '_-'"
        )
        """,
        """
        CREATE TRIGGER articles_words_are_added AFTER INSERT ON articles_editionwords BEGIN
            INSERT INTO articles_words (rowid, tokens)
            VALUES (new.edition_id, new.tokens || new.marks);
        END
        """,
        """
        CREATE TRIGGER articles_words_are_removed AFTER DELETE ON articles_editionwords BEGIN
            INSERT INTO articles_words (articles_words, rowid, tokens)
            VALUES ('delete', old.edition_id, old.tokens || old.marks);
        END
        """,
    ),
    "postgresql": (
        """
        CREATE FUNCTION articles_lexemes(tokens text, marks text) RETURNS tsvector
        LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$ BEGIN
            RETURN array_to_tsvector(string_to_array(btrim(btrim(tokens) || marks), ' '));
        END $$
        """,
        """
        CREATE INDEX articles_words ON articles_editionwords
        USING gin (articles_lexemes(tokens, marks))
        """,
    ),
}


def empty(apps, schema_editor):
    apps.get_model("articles.EditionWords").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("articles", "0064_related_articles")]
    operations = [
        migrations.RunPython(empty, migrations.RunPython.noop),
        migrations.RunPython(before.execute(before.BACKWARDS), before.execute(before.FORWARDS)),
        migrations.AddField("editionwords", "marks", models.TextField(db_default="", default="")),
        migrations.RunPython(before.execute(FORWARDS), before.execute(before.BACKWARDS)),
        migrations.RunPython(migrations.RunPython.noop, empty),
        migrations.CreateModel(
            "PrintedName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("unit", "unit"),
                            ("person", "person"),
                            ("tag", "tag"),
                            ("section", "section"),
                        ],
                        max_length=10,
                    ),
                ),
                ("target", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=100)),
                ("key", models.CharField(db_index=True, max_length=100)),
                ("pinyin", models.CharField(db_index=True, max_length=600)),
                ("initials", models.CharField(db_index=True, max_length=100)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "target", "name"), name="a_printed_name_is_listed_once"
                    )
                ]
            },
        ),
    ]
