"""The words of editions, for searching."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.editions import Edition


class EditionWords(models.Model):
    """What an edition says, cut into the tokens that `articles.search` looks for.

    `marks` has those of headings and names once more, marked as such, and what editions are
    filtered by. The database indexes both by itself: an FTS5 table behind triggers on SQLite,
    an index over their lexemes on PostgreSQL.
    """

    edition = models.OneToOneField(
        Edition, on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    tokens = models.TextField()
    marks = models.TextField(default="", db_default="")

    def __str__(self) -> str:
        return self.tokens[:60]


class PrintedName(models.Model):
    """A name that editions printed, and how it sounds. Some of them may be live no more."""

    class Kind(models.TextChoices):
        UNIT = "unit", _("unit")
        PERSON = "person", _("person")
        TAG = "tag", _("tag")
        SECTION = "section", _("section")

    kind = models.CharField(max_length=10, choices=Kind)
    target = models.CharField(max_length=100)  # as its address has it
    name = models.CharField(max_length=100)
    key = models.CharField(max_length=100, db_index=True)
    pinyin = models.CharField(max_length=600, db_index=True)
    initials = models.CharField(max_length=100, db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "target", "name"), name="a_printed_name_is_listed_once"
            ),
        )

    def __str__(self) -> str:
        return self.name
