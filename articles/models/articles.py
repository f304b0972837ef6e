"""The working copy of an article (稿件) and everything that hangs on it at the desk."""

import re
from datetime import datetime
from functools import reduce
from operator import or_
from pathlib import PurePath
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.managers import TaggableManager

from articles.models.people import Deputy, Membership, Person, User
from articles.models.photos import Photo, private_storage
from articles.models.sections import Section
from articles.models.units import Unit


class Language(models.TextChoices):
    CHINESE = "zh-hans", "简体中文"
    TRADITIONAL = "zh-hant", "繁體中文"
    ENGLISH = "en", "English"


class Form(models.TextChoices):
    NEWS = "news", pgettext_lazy("form", "news")
    BRIEF = "brief", pgettext_lazy("form", "brief")
    FEATURE = "feature", pgettext_lazy("form", "feature")
    PHOTO_STORY = "photo_story", pgettext_lazy("form", "photo story")
    VIDEO = "video", pgettext_lazy("form", "video")


class Origin(models.TextChoices):
    ORIGINAL = "original", _("original")
    REPRINT = "reprint", _("reprint")
    MEDIA = "media", _("media coverage")


class Importance(models.TextChoices):
    ORDINARY = "ordinary", _("ordinary")
    IMPORTANT = "important", _("important")
    SENSITIVE = "sensitive", _("sensitive")


class Part(models.TextChoices):
    """What a unit is to an article that it contributed to."""

    LEAD = "lead", _("lead")
    CO = "co", _("joint")


class Role(models.TextChoices):
    """What somebody did for an article. The values are those of `articles.credits`."""

    AUTHOR = "author", pgettext_lazy("credit", "text")
    EDITOR = "editor", pgettext_lazy("credit", "editor")
    PHOTOGRAPHER = "photographer", pgettext_lazy("credit", "photos")
    VIDEOGRAPHER = "videographer", pgettext_lazy("credit", "video")
    REVIEWER = "reviewer", pgettext_lazy("credit", "reviewed by")
    PROOFREADER = "proofreader", pgettext_lazy("credit", "proofreading")
    DESIGNER = "designer", pgettext_lazy("credit", "design")
    ILLUSTRATOR = "illustrator", pgettext_lazy("credit", "illustration")
    TRANSLATOR = "translator", pgettext_lazy("credit", "translation")
    PRODUCER = "producer", pgettext_lazy("credit", "producer")
    PRESENTER = "presenter", pgettext_lazy("credit", "presenter")
    PUBLISHER = "publisher", pgettext_lazy("credit", "publisher")
    SOURCE = "source", pgettext_lazy("credit", "source")
    CONTRIBUTING_UNIT = "contributing_unit", pgettext_lazy("credit", "contributing unit")
    OTHER = "other", pgettext_lazy("credit", "other")


# Whoever has one of these roles made the article, and does not review it.
CREATORS = (Role.AUTHOR, Role.PHOTOGRAPHER, Role.VIDEOGRAPHER)


class StageMark(models.TextChoices):
    """At which stage a reviewer or proof-reader signed, as printed."""

    FIRST = "first", _("first review")
    SECOND = "second", _("second review")
    THIRD = "third", _("third review")
    FINAL = "final", _("final review")


def _lent_to(user: User, at: datetime) -> QuerySet[Deputy, Any]:
    """Name those whom a user stands in for."""
    lent = Deputy.objects.active(timezone.localdate(at)).filter(deputy=user)
    return lent.values("represented")


def _at_units_of(user: User, lent: QuerySet[Deputy, Any], at: datetime) -> Q:
    members = Membership.objects.active(timezone.localdate(at))
    own = members.filter(user=user)
    reviewed = members.filter(user__in=lent, role=Membership.Role.REVIEWER)
    return Q(unit__in=own.values("unit").union(reviewed.values("unit")))


def _in_reviews_of(user: User, lent: QuerySet[Deputy, Any]) -> tuple[QuerySet[Any, Any], ...]:
    """Give the keys of articles on which a user is to decide, or has decided."""
    here = Article.objects.order_by()
    decided = here.filter(rounds__decisions__reviewer=user).values("pk")
    represented = here.filter(rounds__decisions__on_behalf_of=user).values("pk")
    seated = here.filter(Q(rounds__seats__user=user) | Q(rounds__seats__user__in=lent))
    later = here.filter(pk=OuterRef("pk"), rounds__number__gt=OuterRef("seated_at"))
    asked = seated.alias(seated_at=F("rounds__number")).exclude(Exists(later))
    return asked.values("pk"), decided, represented


# Messengers make addresses long.
LONGEST_ADDRESS = 500
# What is printed on one line wherever it stands: on pages, in lists, in mails.
ONE_LINE = ("kicker", "headline", "subhead", "source")
BREAK = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: User, at: datetime) -> Self:
        """Keep what a user may see: all of it for the desk, the own units' for the others.

        Deputies of a unit's reviewer see that unit's as well. Whoever has a seat at the latest
        review of an article, or decided on it at any time, reads it from then on.
        The one rule behind every list, search, autocomplete, export and direct address.
        """
        if not user.is_active:
            return self.none()
        if user.has_perm("articles.view_every_unit"):
            return self
        lent = _lent_to(user, at)
        of_reviews = (Q(pk__in=keys) for keys in _in_reviews_of(user, lent))
        return self.filter(reduce(or_, of_reviews, _at_units_of(user, lent, at)))

    def keys_visible_to(self, user: User, at: datetime) -> QuerySet[Any, Any]:
        """Give the keys of what is `visible_to` a user, for the query of something else.

        Each of the reasons to see an article has an index; all of them together have none.
        """
        if not user.is_active or user.has_perm("articles.view_every_unit"):
            return self.visible_to(user, at).order_by().values("pk")
        lent = _lent_to(user, at)
        of_units = self.filter(_at_units_of(user, lent, at)).order_by().values("pk")
        return of_units.union(*_in_reviews_of(user, lent)).order_by()

    def with_credits(self) -> Self:
        """Load every credit line in one more query, however many articles there are."""
        in_order = Credit.objects.select_related("person", "unit").order_by("position", "pk")
        return self.prefetch_related(Prefetch("credits", queryset=in_order))


class Article(models.Model):
    """A working copy. Only `articles.actions` writes `status` and `version_number`."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        RETURNED = "returned", _("returned for changes")
        APPROVED = "approved", _("approved")
        # The edition's own times say whether readers see it already.
        PUBLISHED = "published", _("published")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")
        JOINED = "joined", _("joined into another")

    kicker = models.CharField(
        _("kicker"), max_length=60, blank=True, help_text=_("The line above the headline.")
    )
    headline = models.CharField(_("headline"), max_length=120)
    subhead = models.CharField(_("subhead"), max_length=160, blank=True)
    summary = models.TextField(
        _("summary"), max_length=400, blank=True, help_text=_("For lists and shared links.")
    )
    body = models.TextField(_("body"), blank=True)
    slug = models.SlugField(
        _("slug"), max_length=80, blank=True, help_text=_("Made from the headline if empty.")
    )
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.PROTECT, related_name="articles"
    )
    form = models.CharField(_("form"), max_length=20, choices=Form, default=Form.NEWS)
    language = models.CharField(
        _("language"), max_length=10, choices=Language, default=Language.CHINESE
    )
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.ORIGINAL)
    source = models.CharField(
        _("source"), max_length=100, blank=True, help_text=_("Who published it first.")
    )
    source_url = models.URLField(
        _("address of the source"),
        max_length=LONGEST_ADDRESS,
        blank=True,
        help_text=_("Readers of media coverage are led there."),
    )
    importance = models.CharField(
        _("importance"), max_length=10, choices=Importance, default=Importance.ORDINARY
    )
    event_date = models.DateField(
        _("event date"),
        null=True,
        blank=True,
        help_text=_("Of media coverage: when the medium published it."),
    )
    displayed_at = models.DateTimeField(
        _("displayed date"),
        null=True,
        blank=True,
        help_text=_("What readers see instead of the time of publication. Moves no count."),
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("owning unit"),
        on_delete=models.PROTECT,
        related_name="owned_articles",
        help_text=_("Its members see the draft."),
    )
    contributors = models.ManyToManyField(
        Unit, through="ArticleUnit", verbose_name=_("contributing units"), related_name="+"
    )
    tags = TaggableManager(_("tags"), blank=True, related_name="articles")

    # The desk's word with whoever gave the news; no part of the text, nor of its versions.
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True, editable=False)
    embargo_note = models.CharField(
        _("who asked for the embargo, and why"), max_length=200, blank=True, editable=False
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    version_number = models.PositiveIntegerField(_("version"), default=0, editable=False)
    joined_into = models.ForeignKey(
        "self",
        verbose_name=_("joined into"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="joined_articles",
        help_text=_("The joint article that this one became a part of."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.PROTECT,
        related_name="created_articles",
        editable=False,
    )
    created_at = models.DateTimeField(_("created at"), editable=False)
    changed_at = models.DateTimeField(_("changed at"), editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ("-changed_at", "-pk")
        permissions = (
            ("view_every_unit", _("Can see the articles of every unit")),
            ("submit_article", _("Can submit an article for review")),
            ("review_article", _("Can decide in a review")),
            ("publish_article", _("Can publish an approved article")),
            ("proofread_article", _("Can sign as a proof-reader")),
            ("withdraw_article", _("Can withdraw and restore an article")),
            ("hand_over_article", _("Can hand over reviews and appoint reviewers")),
            ("export_article", _("Can export articles for the archive")),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(headline=""), name="an_article_has_a_headline"),
            models.CheckConstraint(
                condition=Q(status="joined", joined_into__isnull=False)
                | (~Q(status="joined") & Q(joined_into=None)),
                name="a_joined_article_says_into_which",
            ),
        )
        indexes = (
            models.Index(fields=["-changed_at", "-id"], name="articles_by_change"),
            models.Index(fields=["status", "-changed_at"], name="articles_by_status"),
            models.Index(fields=["unit", "-changed_at"], name="articles_by_unit"),
            models.Index(fields=["event_date", "-changed_at", "-id"], name="articles_by_event"),
            models.Index(
                fields=["-event_date", "-changed_at", "-id"], name="articles_by_late_event"
            ),
            models.Index(fields=["embargo_until"], name="articles_by_embargo"),
        )

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.pk, self.slug or "-"])

    def clean(self) -> None:
        super().clean()
        for name in ONE_LINE:
            setattr(self, name, BREAK.sub(" ", getattr(self, name)))

    def is_embargoed(self, at: datetime) -> bool:
        return self.embargo_until is not None and at < self.embargo_until


class ArticleUnit(models.Model):
    """A unit that contributed. It counts on the board once an editor has confirmed it."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="units"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="contributions"
    )
    part = models.CharField(_("part"), max_length=4, choices=Part, default=Part.LEAD)
    position = models.PositiveIntegerField(_("position"), default=0)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("contributing unit")
        verbose_name_plural = _("contributing units")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("article", "unit"), name="a_unit_contributes_once_to_an_article"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="a_confirmation_has_a_person_and_a_time",
            ),
        )

    def __str__(self) -> str:
        return str(self.unit)


class Credit(models.Model):
    """One role of one person or unit. `name` is what is printed, whoever `person` is."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="credits"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.AUTHOR)
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="credits",
    )
    name = models.CharField(
        _("printed name"),
        max_length=100,
        blank=True,
        help_text=_("The person's own name if empty."),
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="credits",
    )
    unit_name = models.CharField(
        _("printed unit"),
        max_length=100,
        blank=True,
        help_text=_("The unit's own name if empty."),
    )
    stage = models.CharField(_("stage"), max_length=10, choices=StageMark, blank=True)
    note = models.CharField(_("note"), max_length=60, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(unit_name=""),
                name="a_credit_names_a_person_or_a_unit",
            ),
        )

    def __str__(self) -> str:
        return " ".join(filter(None, (self.get_role_display(), self.unit_name, self.name)))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.complete()
        super().save(*args, **kwargs)

    def complete(self) -> None:
        """Print the own name of whom it names, unless it says another one."""
        self.name = self.name or (self.person.name if self.person else "")
        self.unit_name = self.unit_name or (self.unit.name if self.unit else "")


class ArticlePhoto(models.Model):
    """A photo in an article, after which paragraph, with a caption of its own if given."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="photos"
    )
    photo = models.ForeignKey(
        Photo, verbose_name=_("photo"), on_delete=models.PROTECT, related_name="uses"
    )
    caption = models.CharField(
        _("caption here"),
        max_length=300,
        blank=True,
        help_text=_("The photo's own caption if empty."),
    )
    paragraph = models.PositiveSmallIntegerField(
        _("after paragraph"),
        default=0,
        validators=[MaxValueValidator(999)],
        help_text=_("0 puts it above the text."),
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    # A figure of the text: `actions.figures` keeps these rows as the body has them.
    in_body = models.BooleanField(_("in the text"), default=False, editable=False)

    class Meta:
        verbose_name = _("photo in the article")
        verbose_name_plural = _("photos in the article")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("article", "photo"), name="a_photo_stands_once_in_an_article"
            ),
        )

    def __str__(self) -> str:
        return str(self.photo)


def download_name(title: str, stored: str) -> str:
    """Name a document by its title, with the ending of the stored file."""
    name, suffix = PurePath(title.replace("\\", "/")).name, PurePath(stored).suffix
    return name if name.lower().endswith(suffix) else name + suffix


def attachment_name(attachment: "Attachment", filename: str) -> str:
    suffix = PurePath(filename).suffix.lower()
    return f"attachments/{attachment.sha256[:2]}/{attachment.sha256}{suffix}"


class Attachment(models.Model):
    """A document that goes with an article. Its file stays when it is taken off again."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="attachments"
    )
    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(
        _("file"), storage=private_storage, upload_to=attachment_name, max_length=200
    )
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def download_name(self) -> str:
        return download_name(self.title, self.file.name or "")


class Correction(models.Model):
    """A public note (更正) on an article. It goes live with the edition that carries it."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="corrections"
    )
    text = models.TextField(_("text"), max_length=500)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    written_at = models.DateTimeField(_("written at"), editable=False)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("written_at", "pk")

    def __str__(self) -> str:
        return self.text


class Comment(models.Model):
    """A remark of a colleague on an article and the version it was made on."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="comments"
    )
    version_number = models.PositiveIntegerField(_("version"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("comment", "by"),
        on_delete=models.PROTECT,
        related_name="article_comments",
    )
    reply_to = models.ForeignKey(
        "self",
        verbose_name=_("answers"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="replies",
    )
    passage = models.TextField(_("passage"), max_length=500, blank=True)
    text = models.TextField(_("comment"), max_length=2000)
    mentioned = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("mentioned"), blank=True, related_name="+"
    )
    written_at = models.DateTimeField(_("written at"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("written_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="a_settled_comment_has_a_person_and_a_time",
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def root(self) -> "Comment":
        """The comment that began the thread; only that one is settled."""
        return self.reply_to or self

    def thread(self) -> "models.QuerySet[Comment]":
        root = self.reply_to_id or self.pk
        return Comment.objects.filter(Q(pk=root) | Q(reply_to=root))
