"""What is kept of clicks, the totals made from them, and the boards that were frozen."""

import hashlib
import json
from datetime import UTC
from fractions import Fraction
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from analytics.periods import Period
from articles.models.evidence import Evidence, EvidenceQuerySet
from articles.models.units import Unit

# --- Clicks ---------------------------------------------------------------------------------


class Source(models.TextChoices):
    SCRIPT = "js", _("script")
    PICTURE = "noscript", _("picture, without script")


class Reason(models.TextChoices):
    """Why a click was not counted. The order of the first nine is that in which they apply."""

    MALFORMED = "malformed", _("malformed")
    PREFETCH = "prefetch", _("prefetched")
    FOREIGN_ORIGIN = "foreign_origin", _("not from a page of ours")
    STAFF = "staff", _("signed in")
    BOT_DECLARED = "bot_declared", _("says that it is a robot")
    HEADLESS = "headless", _("browser without a screen")
    BLOCKED_NETWORK = "blocked_network", _("blocked network")
    NOT_VISIBLE = "not_visible", _("article was not public")
    NO_SCRIPT = "noscript", _("without script, counted apart")
    AUTOMATED = "automated", _("behaves like a machine")
    CAPPED = "capped", _("above the daily limit of a reader")


class ClickQuerySet(models.QuerySet["Click"]):
    def human(self) -> Self:
        """Keep what the rule of counting looks at (R3), the capped ones among it."""
        return self.filter(source=Source.SCRIPT, reason__in=("", Reason.CAPPED))


class Click(models.Model):
    """One beacon.

    What it was is final; `counted`, `first_of_day` and "capped" follow from the other clicks
    of the same reader, and a late one may change them. `visitor` is a hash that nobody can
    undo once the salt of its day is gone.
    """

    key = models.UUIDField(unique=True)
    article_id = models.BigIntegerField()
    at = models.DateTimeField()
    day = models.DateField()
    visitor = models.BigIntegerField()
    source = models.CharField(max_length=8, choices=Source)
    referrer = models.CharField(max_length=80, blank=True)
    shared_network = models.BooleanField(default=False)
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    counted = models.BooleanField(default=False)
    first_of_day = models.BooleanField(default=False)

    objects = ClickQuerySet.as_manager()

    class Meta:
        verbose_name = _("click")
        verbose_name_plural = _("clicks")
        constraints = (
            models.CheckConstraint(
                condition=Q(counted=False) | Q(reason=""), name="an_excluded_click_is_not_counted"
            ),
            models.CheckConstraint(
                condition=Q(first_of_day=False) | Q(counted=True),
                name="the_first_click_of_a_reader_is_counted",
            ),
        )
        indexes = (
            models.Index(fields=["day", "article_id"], name="clicks_of_a_day"),
            models.Index(fields=["visitor", "article_id", "day"], name="clicks_of_a_reader"),
        )

    def __str__(self) -> str:
        return f"{self.article_id} · {self.at:%Y-%m-%d %H:%M:%S}"


# --- Totals: `clicks.rollups` alone writes them, and can make them again from the clicks ---


class Total(models.Model):
    article_id = models.BigIntegerField()
    clicks = models.BigIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.pk}: {self.clicks}"


class HourlyClicks(Total):
    """Clicks in the site's hour that begins at `hour`."""

    pk = models.CompositePrimaryKey("article_id", "hour")
    hour = models.DateTimeField()


class DailyClicks(Total):
    pk = models.CompositePrimaryKey("article_id", "day")
    day = models.DateField()
    readers = models.BigIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["day", "article_id"], name="daily_clicks_by_day"),)


class WeeklyClicks(Total):
    """Clicks in the ISO week that begins on the Monday `week`."""

    pk = models.CompositePrimaryKey("article_id", "week")
    week = models.DateField()
    readers = models.BigIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["week", "-clicks"], name="weekly_ranking"),)


class TotalClicks(Total):
    article_id = models.BigIntegerField(primary_key=True)
    readers = models.BigIntegerField(default=0)


class ReferrerDay(Total):
    """Counted clicks by the host that led to the article; empty if none was named."""

    pk = models.CompositePrimaryKey("article_id", "day", "referrer")
    day = models.DateField()
    referrer = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = (models.Index(fields=["day", "referrer"], name="referrers_by_day"),)


class ExclusionDay(Total):
    """Clicks that were not counted, and why. Article 0: the beacon named none."""

    pk = models.CompositePrimaryKey("article_id", "day", "reason")
    day = models.DateField()
    reason = models.CharField(max_length=16, choices=Reason)

    class Meta:
        indexes = (models.Index(fields=["day", "reason"], name="exclusions_by_day"),)


# --- Machinery ------------------------------------------------------------------------------


class Salt(models.Model):
    """What turns an address into a reader for one day. Deleted 48 hours after its day."""

    day = models.DateField(primary_key=True)
    value = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.day}"


class SpoolOffset(models.Model):
    """How far a spool file has been stored. Committed together with what was stored."""

    file = models.CharField(max_length=120, primary_key=True)
    offset = models.BigIntegerField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.file}: {self.offset}"


class Gap(models.Model):
    """Clicks that were lost or could not be read, so that charts can say so."""

    noticed_at = models.DateTimeField(_("noticed at"))
    file = models.CharField(_("file"), max_length=120)
    offset = models.BigIntegerField(_("offset"))
    detail = models.CharField(_("detail"), max_length=200)

    class Meta:
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")
        ordering = ("-noticed_at",)
        constraints = (
            models.UniqueConstraint(fields=("file", "offset"), name="a_gap_is_noticed_once"),
        )

    def __str__(self) -> str:
        return self.detail


# --- Boards ---------------------------------------------------------------------------------


class Board(models.TextChoices):
    WEEKLY_CLICKS = "weekly-clicks", _("Most-read articles of the week")
    # Translators: the board is known as 各单位用稿量排行榜.
    MONTHLY_UNITS = "monthly-units", _("Accepted articles by unit")


class ScoringRuleQuerySet(models.QuerySet["ScoringRule"]):
    def valid_for(self, period: Period) -> "ScoringRule":
        """Give the rule that is in effect when a month begins."""
        return self.filter(effective_from__lte=period.first).latest("effective_from")


class ScoringRule(models.Model):
    """How units share an article, and what an article is worth in points."""

    class Sharing(models.TextChoices):
        FULL = "full", _("each unit counts the article")
        LEAD_ONLY = "lead_only", _("only lead units count it")
        SPLIT = "split", _("the units share it equally")

    effective_from = models.DateField(
        _("effective from"), unique=True, help_text=_("A month follows the rule of its first day.")
    )
    sharing = models.CharField(_("sharing"), max_length=10, choices=Sharing, default=Sharing.FULL)
    brief = models.DecimalField(
        pgettext_lazy("form", "brief"), max_digits=5, decimal_places=2, default="0.50"
    )
    news = models.DecimalField(
        pgettext_lazy("form", "news"), max_digits=5, decimal_places=2, default="1.00"
    )
    feature = models.DecimalField(
        pgettext_lazy("form", "feature"), max_digits=5, decimal_places=2, default="3.00"
    )
    photo_story = models.DecimalField(
        pgettext_lazy("form", "photo story"), max_digits=5, decimal_places=2, default="1.00"
    )
    video = models.DecimalField(
        pgettext_lazy("form", "video"), max_digits=5, decimal_places=2, default="2.00"
    )
    photos = models.DecimalField(
        _("photos alone"),
        max_digits=5,
        decimal_places=2,
        default="0.50",
        help_text=_("For a unit that an article credits for its photos and nothing else."),
    )

    objects = ScoringRuleQuerySet.as_manager()

    FORMS = ("brief", "news", "feature", "photo_story", "video")

    class Meta:
        verbose_name = _("scoring rule")
        verbose_name_plural = _("scoring rules")
        ordering = ("-effective_from",)
        constraints = (
            models.CheckConstraint(
                condition=Q(brief__gte=0, news__gte=0, feature__gte=0)
                & Q(photo_story__gte=0, video__gte=0, photos__gte=0),
                name="points_are_nothing_or_more",
            ),
        )

    def __str__(self) -> str:
        return f"{self.effective_from:%Y-%m-%d}"

    def points(self, form: str) -> Fraction:
        return Fraction(getattr(self, form))

    def values(self) -> dict[str, str]:
        """Give what a statement copies."""
        copied = ("effective_from", "sharing", *self.FORMS, "photos")
        return {name: str(getattr(self, name)) for name in copied}


class StatementQuerySet(EvidenceQuerySet["Statement"]):
    def current(self) -> Self:
        """Leave out what a later statement replaced."""
        return self.filter(superseded_by=None)

    def of(self, board: str, period: Period) -> "Statement | None":
        return self.current().filter(board=board, period=period.label).first()


class Statement(Evidence):
    """A frozen board (定榜): everything it says is copied in, nothing is looked up later.

    `rows` are those of the board; `entries` say what each article gave to each unit. What
    either gains later is missing in older statements, and is read with a default.
    """

    board = models.CharField(_("board"), max_length=20, choices=Board)
    period = models.CharField(_("period"), max_length=8)
    zone = models.CharField(_("time zone"), max_length=40)
    rule = models.JSONField(_("rule"))
    rows = models.JSONField(_("rows"))
    entries = models.JSONField(_("entries"))
    article_ids = models.JSONField(_("articles"))
    sha256 = models.CharField(max_length=64, editable=False)
    frozen_at = models.DateTimeField(_("frozen at"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("frozen by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty where the calendar did it."),
    )
    frozen_by_name = models.CharField(_("name at the time"), max_length=150)
    supersedes = models.OneToOneField(
        "self",
        verbose_name=_("supersedes"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
    )
    reason = models.TextField(_("reason"), blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ("-frozen_at",)
        permissions = (("freeze_statement", _("Can freeze a board")),)
        constraints = (
            models.UniqueConstraint(
                fields=("board", "period"),
                condition=Q(supersedes=None),
                name="a_board_is_frozen_once_unless_superseded",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(reason=""),
                name="a_superseding_statement_says_why",
            ),
        )
        indexes = (models.Index(fields=["board", "-period"], name="statements_by_period"),)

    def __str__(self) -> str:
        return f"{self.get_board_display()} · {self.period}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sha256 = self.digest()
        super().save(*args, **kwargs)

    def digest(self) -> str:
        """Hash everything the statement says. A row that was tampered with no longer fits."""
        said = {
            "board": self.board,
            "period": self.period,
            "zone": self.zone,
            "rule": self.rule,
            "rows": self.rows,
            "entries": self.entries,
            "article_ids": self.article_ids,
            "frozen_at": self.frozen_at.astimezone(UTC).isoformat(),
            "frozen_by": self.frozen_by_name,
            "supersedes": self.supersedes.sha256 if self.supersedes else None,
            "reason": self.reason,
        }
        canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def is_intact(self) -> bool:
        return self.sha256 == self.digest()


class Adjustment(Evidence):
    """What a frozen month turned out to have wrong, booked in a later one."""

    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    article_id = models.BigIntegerField(_("article"))
    headline = models.CharField(_("headline"), max_length=120)
    booked_in = models.CharField(_("booked in"), max_length=7)
    concerns = models.CharField(_("concerns"), max_length=7)
    # Fractions as text, such as -1 or 1/3, so that they stay exact.
    count = models.CharField(_("count"), max_length=20)
    points = models.CharField(_("points"), max_length=20)
    reason = models.CharField(_("reason"), max_length=300)
    booked_at = models.DateTimeField(_("booked at"))

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("adjustment")
        verbose_name_plural = _("adjustments")
        ordering = ("booked_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(booked_in__gt=F("concerns")),
                name="an_adjustment_is_booked_in_a_later_month",
            ),
        )
        indexes = (
            models.Index(fields=["booked_in", "unit"], name="adjustments_of_a_month"),
            models.Index(fields=["concerns"], name="adjustments_concerning"),
        )

    def __str__(self) -> str:
        return f"{self.count} · {self.headline}"
