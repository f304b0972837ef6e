"""What the public reads: editions and what hangs on them. No row here knows a draft."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, NoReturn, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.models.articles import (
    LONGEST_ADDRESS,
    Form,
    Language,
    Origin,
    Part,
    Role,
    StageMark,
)
from articles.models.evidence import Evidence, EvidenceIsPermanent, EvidenceQuerySet
from articles.models.people import Person
from articles.models.photos import Photo
from articles.models.sections import Section
from articles.models.units import Unit, in_readers_language

# As `rendering` writes it.
PHOTO_SHOWN = re.compile(r'<figure data-photo="([0-9]+)"')


# What stands in the place of a slug: nothing, and where another page of the article answers.
TAKEN = frozenset(("", "error"))


def article_address(number: int, slug: str) -> str:
    """Give the address of an article in the reader's language."""
    return article_addresses()(number, slug)


def article_addresses() -> Callable[[int, str], str]:
    """Give what names articles for a reader of the language spoken now: a page names many."""
    before, after = _around_an_article(get_language(), get_script_prefix())
    return lambda number, slug: f"{before}{number}/{'-' if slug in TAKEN else slug}{after}"


@cache
def _around_an_article(_language: str, _prefix: str) -> tuple[str, str]:
    before, after = reverse("articles:article", args=[0, "-"]).split("0/-")
    return before, after


class EditionQuerySet(EvidenceQuerySet["Edition"]):
    def live(self, at: datetime) -> Self:
        """Keep what the public sees at a moment: one edition per article at most."""
        return self.filter(Q(live_until=None) | Q(live_until__gt=at), live_from__lte=at)

    def for_lists(self) -> Self:
        """Leave out the text, which no list prints."""
        return self.defer("body").select_related("section")

    def newest_first(self) -> Self:
        return self.order_by("-displayed_at", "-article_id")

    def went_out(self, at: datetime) -> Self:
        """Keep what readers saw at some time before a moment."""
        return self.filter(
            Q(live_until=None) | Q(live_until__gt=F("live_from")), live_from__lte=at
        )

    def last_seen(self, at: datetime) -> "Edition | None":
        """Give what readers saw last before a moment: of one article, what restoring brings."""
        return self.went_out(at).order_by("-number").select_related("version").first()

    def planned(self, at: datetime) -> Self:
        """Keep what has not gone out yet and is going to."""
        return self.not_over(at).filter(live_from__gt=at)

    def not_over(self, at: datetime) -> Self:
        """Keep what is live or on the schedule."""
        still = Q(live_until__gt=at) & Q(live_until__gt=F("live_from"))
        return self.filter(Q(live_until=None) | still)

    def end(self, at: datetime) -> int:
        return models.QuerySet.update(self, live_until=at)

    def take_back(self) -> int:
        """End editions where they begin, so that they never go out."""
        return models.QuerySet.update(self, live_until=F("live_from"))

    def run_on(self) -> int:
        """Give ended editions back the end that they were published with."""
        return models.QuerySet.update(self, live_until=F("expires_at"))


class Edition(models.Model):
    """A version as the public reads it, from `live_from` until just before `live_until`.

    Never changed but for its end. Publishing again ends the previous edition at the moment
    the new one begins, so an article has at most one live edition at any time, and "what did
    the site say on that day" is a query. `live_until == live_from`: taken back before it
    went out.

    `furniture` is what an article page prints around the text, made once:
    `{"lead": picture | None, "credits": [{"role", "entries": [{"name", "person", "unit",
    "unit_slug", "note", "stage"}]}], "units": [{"name", "name_en", "slug", "part"}],
    "attachments": [{"title", "size", "file", "name"}],
    "tags": [{"name", "slug"}], "corrections": [{"id", "text", "at"}]}`, a picture being
    `{"photo", "src", "width", "height", "alt", "caption", "credit"}`: the whole photo, as `body`
    has it in `<figure data-photo="…">`. Readers get its sizes by `public.showing`.
    `credit_line` is the credits in the house format, for feeds and other machines.
    """

    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        related_name="editions",
    )
    version = models.ForeignKey(
        "articles.Version",
        verbose_name=_("version"),
        on_delete=models.PROTECT,
        related_name="editions",
    )
    number = models.PositiveIntegerField(_("number"))
    live_from = models.DateTimeField(_("live from"))
    live_until = models.DateTimeField(_("live until"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    first_published_at = models.DateTimeField(_("first published at"))
    displayed_at = models.DateTimeField(_("displayed date"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made at"))

    kicker = models.CharField(_("kicker"), max_length=60, blank=True)
    headline = models.CharField(_("headline"), max_length=120)
    subhead = models.CharField(_("subhead"), max_length=160, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    body = models.TextField(_("body"), blank=True)
    slug = models.SlugField(_("slug"), max_length=80, blank=True)
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.PROTECT, related_name="editions"
    )
    form = models.CharField(_("form"), max_length=20, choices=Form)
    language = models.CharField(_("language"), max_length=10, choices=Language)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin)
    source = models.CharField(_("source"), max_length=100, blank=True)
    source_url = models.URLField(
        _("address of the source"), max_length=LONGEST_ADDRESS, blank=True
    )
    event_date = models.DateField(_("event date"), null=True, blank=True)
    credit_line = models.TextField(_("credit line"), blank=True)
    furniture = models.JSONField(_("page furniture"))
    # Its first photo as readers get it now: `public.showing.leads` puts it here.
    lead: Any = None

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("-live_from", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("article", "number"), name="editions_of_an_article_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(live_until=None) | Q(live_until__gte=F("live_from")),
                name="an_edition_does_not_end_before_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(first_published_at__lte=F("live_from")),
                name="an_edition_is_not_older_than_its_article",
            ),
        )
        indexes = (
            models.Index(fields=["article", "-live_from"], name="editions_of_an_article"),
            models.Index(fields=["-displayed_at", "-article"], name="editions_by_date"),
            models.Index(
                fields=["section", "-displayed_at", "-article"], name="editions_of_a_section"
            ),
            # All that the archive's calendar asks for a month.
            models.Index(
                fields=["displayed_at", "live_from", "live_until"], name="editions_by_day"
            ),
            models.Index(fields=["first_published_at"], name="editions_by_publication"),
            models.Index(fields=["live_from"], name="editions_by_beginning"),
            models.Index(fields=["live_until"], name="editions_by_end"),
            models.Index(fields=["form", "-displayed_at", "-article"], name="editions_of_a_form"),
        )

    def __str__(self) -> str:
        return self.headline

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise EvidenceIsPermanent(self._meta.label)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return article_address(self.article_id, self.slug)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise EvidenceIsPermanent(self._meta.label)

    @property
    def contributors(self) -> list[dict[str, str]]:
        """The units as `{"slug", "title"}`, named in the reader's language where they can be."""
        return [
            {
                "slug": row["slug"],
                "title": in_readers_language(row["name"], row.get("name_en", "")),
            }
            for row in self.furniture["units"]
        ]

    @property
    def medium(self) -> str:
        """Whose coverage of the institution it is, if it is any: a paper, a station."""
        return self.source if self.origin == Origin.MEDIA else ""

    @property
    def at_medium(self) -> str:
        """Where readers are led on to, if it points at a page of a medium."""
        return self.source_url if self.medium else ""

    @property
    def host_of_medium(self) -> str:
        return urlsplit(self.at_medium).hostname or ""

    def shown_photos(self) -> list[int]:
        """Number the photos on its page, each once, the first of the article first."""
        lead = self.furniture.get("lead") or {}
        numbers = [lead.get("photo"), *map(int, PHOTO_SHOWN.findall(self.body))]
        return list(dict.fromkeys(number for number in numbers if number))

    def is_live(self, at: datetime) -> bool:
        return self.live_from <= at and (self.live_until is None or at < self.live_until)


class EditionPart(Evidence):
    """A row by which lists find an edition; it repeats the date so that they need no sort."""

    displayed_at = models.DateTimeField()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        abstract = True


class EditionUnit(EditionPart):
    """A unit that the edition credits, under the name it had at first publication."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="edition_units")
    name = models.CharField(_("name"), max_length=100)
    part = models.CharField(_("part"), max_length=4, choices=Part)
    position = models.PositiveIntegerField(_("position"), default=0)
    confirmed = models.BooleanField(_("confirmed"))

    class Meta:
        verbose_name = _("unit of an edition")
        verbose_name_plural = _("units of editions")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "unit"), name="an_edition_credits_a_unit_once"
            ),
        )
        indexes = (
            models.Index(fields=["unit", "-displayed_at", "-edition"], name="editions_of_a_unit"),
        )

    def __str__(self) -> str:
        return self.name


class EditionCredit(EditionPart):
    """A credit as printed."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="credits")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="edition_credits"
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=100, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="edition_credits"
    )
    unit_name = models.CharField(_("unit"), max_length=100, blank=True)
    stage = models.CharField(_("stage"), max_length=10, choices=StageMark, blank=True)
    note = models.CharField(_("note"), max_length=60, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("credit of an edition")
        verbose_name_plural = _("credits of editions")
        ordering = ("position", "pk")
        indexes = (
            models.Index(
                fields=["person", "-displayed_at", "-edition"], name="editions_of_a_person"
            ),
            models.Index(
                fields=["person", "role", "-displayed_at", "-edition"],
                name="editions_of_a_person_in_a_role",
            ),
            models.Index(fields=["unit", "role"], name="edition_credits_of_a_unit"),
        )

    def __str__(self) -> str:
        return " ".join(filter(None, (self.get_role_display(), self.unit_name, self.name)))


class EditionTag(EditionPart):
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="tags")
    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("slug"), max_length=100, allow_unicode=True)

    class Meta:
        verbose_name = _("tag of an edition")
        verbose_name_plural = _("tags of editions")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "slug"), name="an_edition_carries_a_tag_once"
            ),
        )
        indexes = (
            models.Index(fields=["slug", "-displayed_at", "-edition"], name="editions_of_a_tag"),
        )

    def __str__(self) -> str:
        return self.name


class EditionPhoto(Evidence):
    """A photo that the edition shows, so that a photo's editions are found without their texts."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="photos")
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="editions")
    # Which of its files, as the version names it.
    sha256 = models.CharField(max_length=64, editable=False)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo of an edition")
        verbose_name_plural = _("photos of editions")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "photo"), name="an_edition_shows_a_photo_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.photo)


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    def standing(self, at: datetime) -> Self:
        """Keep those under which an article is off the site at a moment."""
        not_lifted = Q(lifted_at=None) | Q(lifted_at__gt=at)
        return self.filter(not_lifted, withdrawn_at__lte=at)


class Withdrawal(models.Model):
    """An article taken off the site (撤稿). Its address answers 410 while this stands.

    An edition that is planned lifts it from the moment at which it begins.
    """

    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        related_name="withdrawals",
    )
    headline = models.CharField(_("headline"), max_length=120)
    reason = models.TextField(_("reason"), help_text=_("For the desk."))
    public_note = models.CharField(
        _("note to readers"), max_length=300, blank=True, help_text=_("Shown at the address.")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    lifted_at = models.DateTimeField(_("restored at"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("restored by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ("-withdrawn_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("article",),
                condition=Q(lifted_at=None),
                name="an_article_is_withdrawn_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return self.headline
