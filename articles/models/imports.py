"""What came from an old site: the runs that brought it, and what each article was there."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.articles import Article
from articles.models.editions import Edition
from articles.models.evidence import Evidence, EvidenceQuerySet
from articles.models.old_addresses import MAX_ADDRESS
from articles.models.photos import private_storage
from articles.models.sections import Section
from articles.models.units import Unit


def upload_name(run: "ImportRun", filename: str) -> str:
    """Name uploads ourselves: nothing of the name they came with is kept."""
    return f"imports/{run.fingerprint}"


class ImportRun(models.Model):
    """One reading of a source, place by place. `reached` is the last place that is done.

    A trial reads everything, says what would become of it, and makes nothing.
    """

    name = models.CharField(pgettext_lazy("import", "what"), max_length=200)
    fingerprint = models.CharField(max_length=64, editable=False, db_index=True)
    file = models.FileField(
        _("file"), storage=private_storage, upload_to=upload_name, max_length=200, blank=True
    )
    site = models.CharField(_("address of the old site"), max_length=200, blank=True)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit of what names none"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    section = models.ForeignKey(
        Section,
        verbose_name=_("section of what names none"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    as_published = models.BooleanField(_("readers see it at once"), default=False)
    is_trial = models.BooleanField(_("trial"), default=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("started by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    total = models.PositiveIntegerField(_("places"), default=0)
    reached = models.PositiveIntegerField(_("done"), default=0)
    problem = models.TextField(_("why it stopped"), blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-started_at", "-pk")
        permissions = (
            ("publish_importedarticle", _("Can show readers at once what an old site published")),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_over(self) -> bool:
        return self.finished_at is not None or bool(self.problem)

    def outcomes_in_words(self) -> dict[str, Any]:
        """Word each outcome: what became of a place, or what a trial says would."""
        words: dict[str, Any] = dict(ImportRow.Outcome.choices)
        return words | WOULD_BE if self.is_trial else words


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def taken(self) -> Self:
        """Keep what is an article here, or would be."""
        outcome = ImportRow.Outcome
        return self.filter(
            outcome__in=(outcome.MADE, outcome.REMARKS, outcome.UNCHANGED, outcome.DIFFERS)
        )

    def counts(self) -> dict[str, int]:
        """Count the places by their outcome."""
        counted = self.order_by().values_list("outcome").annotate(number=Count("pk"))
        return dict(counted)

    def by_unit_and_month(self) -> list[dict[str, Any]]:
        """Give `{"unit__name", "month", "articles", "views"}`, to compare with the old boards."""
        taken = self.taken().order_by("month", "unit__position", "unit__name")
        grouped = taken.values("unit__name", "month")
        return list(grouped.annotate(articles=Count("pk"), views=Sum("views")))


class ImportRow(models.Model):
    """What became of one place of a source."""

    class Outcome(models.TextChoices):
        MADE = "made", pgettext_lazy("import", "imported")
        REMARKS = "remarks", pgettext_lazy("import", "imported, with remarks")
        UNCHANGED = "unchanged", pgettext_lazy("import", "here already")
        DIFFERS = "differs", pgettext_lazy("import", "here already, says something else now")
        REFUSED = "refused", pgettext_lazy("import", "refused")
        NO_ARTICLE = "no_article", pgettext_lazy("import", "no article")

    run = models.ForeignKey(
        ImportRun, verbose_name=_("import"), on_delete=models.CASCADE, related_name="rows"
    )
    number = models.PositiveIntegerField(_("place"))
    label = models.CharField(pgettext_lazy("import", "where"), max_length=500)
    key = models.CharField(max_length=MAX_ADDRESS, editable=False)
    title = models.CharField(_("title"), max_length=200, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    said = models.JSONField(_("remarks"), default=list)
    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    month = models.CharField(_("month"), max_length=7, blank=True)
    views = models.PositiveIntegerField(_("imported views"), null=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("place of an import")
        verbose_name_plural = _("places of imports")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("run", "number"), name="a_place_is_imported_once"),
        )
        indexes = (
            models.Index(fields=["run", "outcome"], name="import_rows_by_outcome"),
            models.Index(fields=["run", "key"], name="import_rows_by_key"),
        )

    def __str__(self) -> str:
        return self.label

    def outcome_in_words(self) -> str:
        return str(self.run.outcomes_in_words()[self.outcome])


WOULD_BE = {
    ImportRow.Outcome.MADE: pgettext_lazy("import", "would be imported"),
    ImportRow.Outcome.REMARKS: pgettext_lazy("import", "would be imported, with remarks"),
    ImportRow.Outcome.REFUSED: pgettext_lazy("import", "would be refused"),
}


class ImportedArticle(Evidence):
    """Where an article came from, and what the old site said of it when it came.

    With `edition`, readers saw it at once: published before elsewhere, approved by nobody here.
    `views` were counted by the old site, by its own rule; no board adds them to clicks.
    """

    article = models.OneToOneField(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="imported"
    )
    key = models.CharField(max_length=MAX_ADDRESS, unique=True, editable=False)
    address = models.CharField(_("address on the old site"), max_length=500, blank=True)
    digest = models.CharField(_("hash of what it said"), max_length=64)
    published_at = models.DateTimeField(_("published there at"), null=True)
    views = models.PositiveIntegerField(_("imported views"), null=True)
    run = models.ForeignKey(
        ImportRun, verbose_name=_("import"), on_delete=models.PROTECT, related_name="imported"
    )
    edition = models.OneToOneField(
        Edition,
        verbose_name=_("edition"),
        on_delete=models.PROTECT,
        null=True,
        related_name="imported",
    )
    sha256 = models.CharField(_("hash of the version"), max_length=64)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("imported by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    imported_by_name = models.CharField(_("name at the time"), max_length=150)
    imported_by_unit = models.CharField(_("unit at the time"), max_length=100, blank=True)
    imported_at = models.DateTimeField(_("imported at"))

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported article")
        verbose_name_plural = _("imported articles")
        ordering = ("-imported_at", "-pk")
        indexes = (models.Index(fields=["-imported_at", "-id"], name="imported_by_time"),)

    def __str__(self) -> str:
        return self.address or str(self.article)
