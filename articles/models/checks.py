"""What the newsroom decides about checks: their levels, its list of words, what was put aside."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.checks import registry
from articles.checks.findings import Finding, Level
from articles.checks.folding import fold
from articles.checks.rules import Rule
from articles.checks.tables import MAX_KEY, Entry
from articles.checks.words import Word
from articles.models.articles import Article
from articles.models.editions import Edition

LONGEST_LINES = 10_000


def check_names() -> list[tuple[str, Any]]:
    """Give the names of the checks. Asked by a function, they are no part of the schema."""
    return [(code, check.name) for code, check in registry.CHECKS.items()]


class Severity(models.TextChoices):
    ADVISORY = "advisory", pgettext_lazy("check", "advisory")
    BLOCKING = "blocking", pgettext_lazy("check", "blocking")


class CheckRule(models.Model):
    """How a check is set. A check without a row is as `registry` has it."""

    class Level(models.TextChoices):
        OFF = "off", pgettext_lazy("check", "off")
        ADVISORY = "advisory", pgettext_lazy("check", "advisory")
        BLOCKING = "blocking", pgettext_lazy("check", "blocking")

    check_code = models.CharField(_("check"), max_length=20, choices=check_names, unique=True)
    level = models.CharField(
        _("level"),
        max_length=10,
        choices=Level,
        default=Level.ADVISORY,
        help_text=_(
            "What a blocking check finds has to be mended before an article is submitted."
        ),
    )
    limit = models.PositiveIntegerField(pgettext_lazy("of a check", "limit"), default=0)
    lines = models.TextField(
        pgettext_lazy("of a check", "list"), blank=True, max_length=LONGEST_LINES
    )
    position = models.PositiveIntegerField(_("position"), default=0, editable=False)

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return str(self.get_check_code_display())

    @property
    def rule(self) -> Rule:
        lines = tuple(line.strip() for line in self.lines.splitlines() if line.strip())
        return Rule(self.check_code, Level(self.level), self.limit, lines)


class ListedWord(models.Model):
    """A word that the newsroom avoids, or a phrase that is right although it contains one."""

    text = models.CharField(pgettext_lazy("of a list", "word"), max_length=60)
    key = models.CharField(max_length=MAX_KEY, unique=True, editable=False)
    is_allowed = models.BooleanField(
        _("allowed phrase"),
        default=False,
        help_text=_("Words inside it are not found: “国王八世” hides “王八”."),
    )
    severity = models.CharField(
        _("severity"), max_length=10, choices=Severity, default=Severity.ADVISORY
    )
    suggestion = models.CharField(
        _("suggestion"), max_length=60, blank=True, help_text=_("What to write instead.")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("word of the list")
        verbose_name_plural = _("list of words")
        ordering = ("text",)
        indexes = (models.Index(fields=["changed_at"], name="listed_words_by_change"),)

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = fold(self.text)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        key = fold(self.text)
        if not 0 < len(key) <= MAX_KEY:
            raise ValidationError({"text": _("There is nothing to look for in this.")})
        other = ListedWord.objects.filter(key=key).exclude(pk=self.pk).first()
        if other is not None:
            text = _("“%(word)s” is on the list already, which is the same but for its spelling.")
            raise ValidationError({"text": text % {"word": other}})

    @property
    def word(self) -> Word:
        return Word(self.text, Level(self.severity), self.suggestion, self.is_allowed)

    @property
    def entry(self) -> Entry:
        """Give the word as a line of a table."""
        return Entry(
            self.text, self.key, self.is_allowed, self.severity, self.suggestion, self.note
        )


class Waiver(models.Model):
    """A finding that somebody put aside, in one article or, without one, everywhere."""

    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="waivers",
    )
    key = models.CharField(max_length=80)
    check_code = models.CharField(_("check"), max_length=20, choices=check_names)
    what = models.CharField(_("finding"), max_length=300)
    excerpt = models.CharField(_("excerpt"), max_length=300, blank=True)
    # What it covers is what its giver might put aside: advice alone, or what blocks as well.
    level = models.CharField(
        _("level"), max_length=10, choices=Severity, default=Severity.ADVISORY
    )
    reason = models.CharField(_("reason"), max_length=200)
    put_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    put_by_name = models.CharField(_("name at the time"), max_length=150)
    put_at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("finding put aside")
        verbose_name_plural = _("findings put aside")
        ordering = ("-put_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("article", "key"), name="a_finding_is_put_aside_once_in_an_article"
            ),
            models.UniqueConstraint(
                fields=("key",),
                condition=Q(article=None),
                name="a_finding_is_put_aside_once_everywhere",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_check_code_display()}: {self.what}"

    def covers(self, finding: Finding) -> bool:
        return not finding.is_blocking or self.level == Severity.BLOCKING


class Scan(models.Model):
    """One reading of all that is live. It goes on where it stopped: at `reached`."""

    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)
    # Of the list of words as it was then, to say whether it has changed since.
    words = models.CharField(max_length=100, blank=True)
    reached = models.BigIntegerField(default=0)
    checked = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-started_at", "-pk")

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class ScanFinding(models.Model):
    """That a check found something in a live edition. What it was is read from the edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="scan_findings")
    check_code = models.CharField(max_length=20)
    level = models.CharField(max_length=10)
    key = models.CharField(max_length=80)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=["check_code", "-edition"], name="findings_by_check"),)

    def __str__(self) -> str:
        return self.key
