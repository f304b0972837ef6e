"""What each database needs in SQL of its own: when editions are live, and the search index."""

from django.db import migrations

# Editions of one article never overlap. Two ranges need no extension: the article's number
# as a range of one, and the time. SQLite has no such constraint; there
# `articles.actions.publishing` checks in the same transaction, and SQLite runs one writing
# transaction at a time.
NEVER_OVERLAP = """
ALTER TABLE articles_edition ADD CONSTRAINT editions_of_an_article_never_overlap EXCLUDE USING gist (
    int8range(article_id, article_id, '[]') WITH &&, tstzrange(live_from, live_until) WITH &&
)
"""

FORWARDS = {
    # Triggers index tokens when they are written and forget them when they are deleted. The
    # index keeps no texts of its own, so rows are removed by what they were indexed with. It
    # knows no positions, which no query needs, and takes everything beyond ASCII for letters.
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
    # Lexemes without positions, since those end at 16,383. The cost tells the planner that
    # making them is dear; it would rather read every row than use the index otherwise.
    "postgresql": (
        NEVER_OVERLAP,
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
BACKWARDS = {
    "sqlite": (
        "DROP TRIGGER articles_words_are_added",
        "DROP TRIGGER articles_words_are_removed",
        "DROP TABLE articles_words",
    ),
    "postgresql": (
        "DROP INDEX articles_words",
        "DROP FUNCTION articles_lexemes",
        "ALTER TABLE articles_edition DROP CONSTRAINT editions_of_an_article_never_overlap",
    ),
}


def execute(statements):
    def run(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    replaces = [
        ("articles", "0002_edition_times"),
        ("articles", "0004_search"),
        ("articles", "0065_search_marks"),
    ]
    dependencies = [("articles", "0001_tables")]
    operations = [migrations.RunPython(execute(FORWARDS), execute(BACKWARDS))]
