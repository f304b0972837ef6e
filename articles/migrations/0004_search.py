"""The words of editions and what each database needs to find them."""

import django.db.models.deletion
from django.db import migrations, models

# Triggers index tokens when they are written and forget them when they are deleted. The index
# knows no positions, which no query needs, and takes everything beyond ASCII for letters.
FORWARDS = {
    "sqlite": (
        """
        CREATE VIRTUAL TABLE articles_words USING fts5(
            tokens, content='articles_editionwords', content_rowid='edition_id', detail='none',
            tokenize="ascii tokenchars '_'"
        )
        """,
        """
        CREATE TRIGGER articles_words_are_added AFTER INSERT ON articles_editionwords BEGIN
            INSERT INTO articles_words (rowid, tokens) VALUES (new.edition_id, new.tokens);
        END
        """,
        """
        CREATE TRIGGER articles_words_are_removed AFTER DELETE ON articles_editionwords BEGIN
            INSERT INTO articles_words (articles_words, rowid, tokens)
            VALUES ('delete', old.edition_id, old.tokens);
        END
        """,
    ),
    # Lexemes without positions, since those end at 16,383. The cost tells the planner that
    # making them is dear; it would rather read every row than use the index otherwise.
    "postgresql": (
        """
        CREATE FUNCTION articles_lexemes(tokens text) RETURNS tsvector
        LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS
        $$ BEGIN RETURN array_to_tsvector(string_to_array(btrim(tokens), ' ')); END $$
        """,
        """
        CREATE INDEX articles_words ON articles_editionwords USING gin (articles_lexemes(tokens))
        """,
    ),
}
BACKWARDS = {
    "sqlite": (
        "DROP TRIGGER articles_words_are_added",
        "DROP TRIGGER articles_words_are_removed",
        "DROP TABLE articles_words",
    ),
    "postgresql": ("DROP INDEX articles_words", "DROP FUNCTION articles_lexemes"),
}


def execute(statements):
    def run(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_groups")]
    operations = [
        migrations.CreateModel(
            name="EditionWords",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="articles.edition",
                    ),
                ),
                ("tokens", models.TextField()),
            ],
        ),
        migrations.RunPython(execute(FORWARDS), execute(BACKWARDS)),
    ]
