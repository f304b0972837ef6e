"""What an institution says of its own site (站点设置), in place of variables on a server."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.models.units import in_readers_language
from articles.text import colours, filings, traditional


def speaks_english() -> bool:
    return (get_language() or "").startswith("en")


def check_words(text: str) -> None:
    """Refuse what is no list of words and how they are written."""
    try:
        traditional.read_words(text)
    except traditional.WordsRefused as problem:
        message = _(
            "Line %(line)d: please give a word and how it is written, both in Chinese characters, "
            "with a blank between them, each word once."
        )
        raise ValidationError(message, params={"line": problem.line}) from problem


class SiteSettings(models.Model):
    """The one row with what the site is called, how it looks and what it shows.

    A migration makes it. `articles.site.current` reads it for pages.
    """

    only = models.PositiveSmallIntegerField(default=1, unique=True, editable=False)

    name = models.CharField(_("name of the site"), max_length=60)
    name_en = models.CharField(_("name of the site in English"), max_length=100)
    line = models.CharField(
        _("line under the name"),
        max_length=60,
        blank=True,
        help_text=_("A motto, or who publishes the site. A few words."),
    )
    line_en = models.CharField(_("line under the name in English"), max_length=100, blank=True)
    logo = models.FileField(
        _("logo"),
        upload_to="site/",
        blank=True,
        help_text=_(
            "Stands in place of the name above every page. A picture of pixels, at least 128 "
            "high; what is transparent becomes white. Without a logo the name is set in type."
        ),
    )
    logo_width = models.PositiveSmallIntegerField(default=0, editable=False)
    logo_height = models.PositiveSmallIntegerField(default=0, editable=False)
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        blank=True,
        validators=[colours.check_in_light],
        help_text=_("As #8a1f2d, for headings' marks, links and lines. Empty: the house's red."),
    )
    accent_in_dark = models.CharField(
        _("accent colour on dark"),
        max_length=7,
        blank=True,
        validators=[colours.check_in_dark],
        help_text=_(
            "For readers whose device is set to dark. Empty: the accent colour, made lighter "
            "until it can be read."
        ),
    )

    icp_number = models.CharField(
        _("ICP filing number"),
        max_length=40,
        blank=True,
        validators=[filings.check_icp],
        help_text=_("Of the subject or of the site: 京ICP备00000000号 or 京ICP备00000000号-1."),
    )
    police_number = models.CharField(
        _("police filing number"),
        max_length=40,
        blank=True,
        validators=[filings.check_police],
        help_text=_("As 京公网安备00000000000000号."),
    )
    police_emblem = models.FileField(
        _("police emblem"),
        upload_to="site/",
        blank=True,
        help_text=_("The picture that came with the police filing number; it stands before it."),
    )
    police_emblem_width = models.PositiveSmallIntegerField(default=0, editable=False)
    police_emblem_height = models.PositiveSmallIntegerField(default=0, editable=False)

    address = models.CharField(_("postal address"), max_length=200, blank=True)
    address_en = models.CharField(_("postal address in English"), max_length=200, blank=True)
    postcode = models.CharField(
        _("postcode"),
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"\A[0-9]{6}\Z", _("A postcode has six digits."))],
    )
    contact_mail = models.EmailField(
        _("mail address"), blank=True, help_text=_("Where readers report an error.")
    )
    contact_phone = models.CharField(
        _("telephone"),
        max_length=30,
        blank=True,
        validators=[
            RegexValidator(r"\A\+?[0-9][0-9 ()-]{4,}\Z", _("Digits, blanks, brackets and dashes."))
        ],
    )

    statement = models.TextField(
        _("accessibility statement"),
        blank=True,
        help_text=_("Empty: the page has a text about WCAG 2.2 AA that holds for this site."),
    )
    statement_en = models.TextField(_("accessibility statement in English"), blank=True)

    class Traditional(models.TextChoices):
        """Styles, by what OpenCC calls them."""

        NONE = "", _("no pages in traditional characters")
        TAIWAN = "s2tw", _("forms as printed in Taiwan")
        TAIWANESE = "s2twp", _("forms as printed in Taiwan, and words as used there")
        HONG_KONG = "s2hk", _("forms as printed in Hong Kong")
        OPENCC = "s2t", _("OpenCC's own forms")

    traditional = models.CharField(
        _("traditional characters"),
        max_length=10,
        blank=True,
        choices=Traditional,
        default=Traditional.TAIWAN,
        help_text=_(
            "Pages in simplified characters are written anew for readers of traditional ones, "
            "below /zh-hant/, and say so."
        ),
    )
    traditional_words = models.TextField(
        _("words written otherwise"),
        blank=True,
        validators=[check_words],
        help_text=_(
            "Names and words that come out wrong: one a line, a blank, and how it is to be "
            "written, as 台湾 台灣. People of this site whose surname is a word as well, as 范 "
            "and 余, keep it."
        ),
    )

    boards_are_public = models.BooleanField(
        _("boards are public"),
        default=True,
        help_text=_("Otherwise rankings are for staff, and no page leads readers there."),
    )
    students_have_pages = models.BooleanField(
        _("students have pages"),
        default=True,
        help_text=_(
            "Otherwise who is marked as a student has no page of their own. Their names stay in "
            "credits, without a link."
        ),
    )

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        default_permissions = ()
        permissions = (("change_sitesettings", _("Can change site settings")),)
        constraints = (
            models.CheckConstraint(condition=Q(only=1), name="a_site_has_one_row_of_settings"),
        )

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def clean(self) -> None:
        self.accent = colours.spelt(self.accent)
        self.accent_in_dark = colours.spelt(self.accent_in_dark)
        self.icp_number = filings.spelt(self.icp_number)
        self.police_number = filings.spelt(self.police_number)

    def name_here(self) -> str:
        return in_readers_language(self.name, self.name_en)

    def address_here(self) -> str:
        return in_readers_language(self.address, self.address_en)

    # Readers of English get nothing rather than a line or a page of Chinese.

    def line_here(self) -> str:
        return self.line_en if speaks_english() else self.line

    def statement_here(self) -> str:
        return self.statement_en if speaks_english() else self.statement

    def can_be_told(self) -> bool:
        return bool(self.contact_mail or self.contact_phone)

    def colours(self) -> str:
        """Give the accents for light and dark, as the address of their style sheet has them.

        Nothing where the house's own will do, which need no sheet.
        """
        if not self.accent and not self.accent_in_dark:
            return ""
        accent = self.accent or colours.HOUSE
        in_dark = self.accent_in_dark or colours.lightened(accent)
        return f"{accent}-{in_dark}".replace("#", "")

    def phone_link(self) -> str:
        return "tel:" + re.sub(r"[^+0-9]", "", self.contact_phone)

    def icp_link(self) -> str:
        return filings.ICP_REGISTER

    def police_link(self) -> str:
        return filings.police_link(self.police_number)

    def kept_on_pages(self) -> tuple[Any, ...]:
        """Give what article pages print of it that are made at publication."""
        return (
            self.name,
            self.name_en,
            self.logo.name,
            self.students_have_pages,
            (self.traditional, self.traditional_words),
        )


class FooterLink(models.Model):
    """An address that every page leads to at its end (页脚链接)."""

    site = models.ForeignKey(SiteSettings, on_delete=models.CASCADE, related_name="footer_links")
    title = models.CharField(_("title"), max_length=40)
    title_en = models.CharField(_("title in English"), max_length=80)
    address = models.CharField(
        _("address"),
        max_length=500,
        validators=[
            URLValidator(
                schemes=["https", "http"],
                message=_("Please give a whole address that begins with https://."),
            )
        ],
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("link at the end of pages")
        verbose_name_plural = _("links at the end of pages")
        ordering = ("position", "pk")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.title} {self.address}"

    def title_here(self) -> str:
        return in_readers_language(self.title, self.title_en)


class MemorialPeriod(models.Model):
    """Days of mourning, on which the site wears grey. They are days of the site's time zone."""

    site = models.ForeignKey(SiteSettings, on_delete=models.CASCADE, related_name="memorials")
    first_day = models.DateField(_("first grey day"))
    last_day = models.DateField(_("last grey day"))

    class Meta:
        verbose_name = _("days of mourning")
        verbose_name_plural = _("days of mourning")
        ordering = ("first_day", "pk")
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="mourning_does_not_end_before_it_begins",
                violation_error_message=_("It would end before it begins."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.first_day}–{self.last_day}"

    def includes(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day
