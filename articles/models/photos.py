"""Photos (图片): the original stays private, the public sees what is made from it."""

from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from imagefield.fields import ImageField, PPOIField
from taggit.models import TaggedItem

from articles.models.people import Membership, Person, User
from articles.models.units import Unit
from articles.pictures import looks
from articles.pictures.crops import WHOLE, Crop
from articles.pictures.renditions import WIDTHS
from articles.text import days
from articles.text.hanzi import match_key, simplified

LOOK = ("look_1", "look_2", "look_3", "look_4")
# In percent, how finely the style sheet cuts around a focal point; a script of the desk knows it.
STEP = 25
MOST_WORDS = 5


def private_storage() -> Any:
    return storages["private"]


def public_name(photo: "Photo", filename: str) -> str:
    """Name public files ourselves: nothing of the uploaded name is kept."""
    return f"photos/{uuid4().hex}.jpg"


def private_name(photo: "Photo", filename: str) -> str:
    return f"originals/{photo.sha256[:2]}/{photo.sha256}"


def in_percent(focal_point: str) -> tuple[int, int]:
    across, down = (round(100 * float(share)) for share in focal_point.split("x"))
    return across, down


def focus(focal_point: str) -> str:
    """Give the classes by which the style sheet cuts a picture around a point."""
    steps = (
        f"{side}-{STEP * round(percent / STEP)}"
        for side, percent in zip(("across", "down"), in_percent(focal_point), strict=True)
    )
    off = [step for step in steps if not step.endswith("-50")]
    return " ".join(["focus", *off]) if off else ""


def filed_between(first: date | None, last: date | None) -> Q:
    since = Q(filed_at__gte=days.begins(first)) if first else Q()
    until = Q(filed_at__lt=days.ends(last)) if last else Q()
    return since & until


def _about(word: str, articles: QuerySet[Any]) -> Q:
    # Chinese has no capitals, and folding them takes most of the time.
    has = "icontains" if word.upper() != word.lower() else "contains"
    spelled = {word, simplified(word)}
    tags = TaggedItem.objects.filter(
        reduce(or_, (Q(**{f"tag__name__{has}": text}) for text in spelled)),
        content_type__app_label="articles",
        content_type__model="article",
    )
    tagged = articles.order_by().filter(pk__in=tags.values("object_id"))
    known = Q(uses__article__in=tagged.values("pk"))
    if key := match_key(word):
        known |= Q(photographer__key__contains=key) | Q(photographer__aliases__key__contains=key)
        known |= Q(unit__names__key__contains=key)
    by_names = Photo.objects.filter(known).order_by().values("pk")
    said = (
        Q(**{f"{field}__{has}": text})
        for field in ("caption", "alt", "photographer_name")
        for text in spelled
    )
    return reduce(or_, said, Q(pk__in=by_names))


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: User, at: datetime) -> Self:
        """Keep the whole library for the desk, their units' pictures for others."""
        if user.has_perm("articles.view_every_unit"):
            return self
        units = Membership.objects.active(timezone.localdate(at)).filter(user=user).values("unit")
        used_there = Photo.objects.filter(uses__article__unit__in=units).order_by().values("pk")
        of_the_units = Q(unit__in=units) | Q(pk__in=used_there)
        return self.filter(Q(uploaded_by=user, unit=None) | of_the_units)

    def about(self, words: str, articles: QuerySet[Any]) -> Self:
        """Keep photos that have each word in what is known of them.

        That is their captions and credits, every name of who took them and of their unit, in
        either script, and the tags of those `articles` that use them: what a reader may not see
        tells nothing.
        """
        found = self
        for word in words.split()[:MOST_WORDS]:
            found = found.filter(_about(word, articles))
        return found

    def filed(self, first: date | None, last: date | None) -> Self:
        """Keep those of some days, both included, as `filed_at` has them."""
        return self.filter(filed_between(first, last))

    def without_caption(self) -> Self:
        return self.filter(caption="")

    def without_photographer(self) -> Self:
        return self.filter(photographer=None, photographer_name="")

    def unused(self, articles: QuerySet[Any]) -> Self:
        """Keep what none of some articles has now."""
        seen = articles.order_by().values("pk")
        used = Photo.objects.filter(uses__article__in=seen).order_by()
        return self.exclude(pk__in=used.values("pk"))

    def for_readers(self) -> Self:
        """Read what the public may know of a photo apart from its edition, and nothing else."""
        public = ("image", "width", "height", "renditions", "focal_point", "expires_at")
        return self.only(*public).order_by("pk")

    def looking_like(self, photo: "Photo") -> Self:
        """Keep pictures that look like this one: resized, saved again, mended. Two queries."""
        look = photo.look
        if look is None:
            return self.none()
        close = Q()
        for name, band in zip(LOOK, looks.bands(look), strict=True):
            close |= Q(**{f"{name}__in": looks.near(band)})
        candidates = Photo.objects.filter(close).exclude(pk=photo.pk).order_by()
        alike = [
            number
            for number, *bands in candidates.values_list("pk", *LOOK)
            if looks.distance(look, looks.whole(bands)) <= looks.ALIKE
        ]
        return self.filter(pk__in=alike)

    def without_renditions(self) -> Self:
        return self.filter(renditions=[])


class HasPublicFiles(models.Model):
    """A master and the sizes made of it, in the public store or in the private one."""

    image: Any
    # Every size made of the master, smallest first: {"width", "height", "files": {format: name}}.
    renditions = models.JSONField(default=list, editable=False)

    class Meta:
        abstract = True

    def public_files(self) -> list[str]:
        """Name every file of it that is made for readers, below the folder of media."""
        # PostgreSQL keeps keys in an order of its own.
        made = (name for size in self.renditions for name in sorted(size["files"].values()))
        return [self.image.name, *made]


class Photo(HasPublicFiles):
    """A picture in the library. Its files are made once, by `actions.photos.take_in`."""

    original = models.FileField(
        pgettext_lazy("file", "original"),
        storage=private_storage,
        upload_to=private_name,
        max_length=200,
    )
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    image = ImageField(
        _("picture"),
        upload_to=public_name,
        width_field="width",
        height_field="height",
        ppoi_field="focal_point",
        blank=True,
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    # Of the original, held upright; nothing where it came in before this was kept.
    original_width = models.PositiveIntegerField(null=True, editable=False)
    original_height = models.PositiveIntegerField(null=True, editable=False)
    # What it looks like, in four parts that are looked up one by one; see `pictures.looks`.
    look_1 = models.PositiveIntegerField(null=True, editable=False, db_index=True)
    look_2 = models.PositiveIntegerField(null=True, editable=False, db_index=True)
    look_3 = models.PositiveIntegerField(null=True, editable=False, db_index=True)
    look_4 = models.PositiveIntegerField(null=True, editable=False, db_index=True)
    focal_point = PPOIField(_("focal point"))
    # Where its file was cut out of another one by the site: of which, and which part of it.
    whole = models.ForeignKey(
        "EarlierFile", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    crop = models.JSONField(null=True, editable=False)
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    alt = models.CharField(_("text for those who cannot see it"), max_length=300, blank=True)
    photographer = models.ForeignKey(
        Person,
        verbose_name=_("photographer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="photos",
    )
    photographer_name = models.CharField(_("photographer as printed"), max_length=100, blank=True)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="photos",
    )
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    rights = models.CharField(_("rights"), max_length=200, blank=True)
    # The fields that nobody typed: from which notes of the file, as {"caption": "IPTC"}.
    filled_from = models.JSONField(default=dict, editable=False)
    expires_at = models.DateTimeField(_("rights end at"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.PROTECT,
        related_name="uploaded_photos",
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    # The day under which it is found: when it was taken, or came in if its file does not say.
    filed_at = models.GeneratedField(
        verbose_name=_("filed under"),
        expression=Coalesce("taken_at", "uploaded_at"),
        output_field=models.DateTimeField(),
        db_persist=True,
    )

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ("-uploaded_at", "-pk")
        indexes = (
            models.Index(
                fields=["image"],
                condition=Q(expires_at__isnull=False),
                name="photos_with_an_end",
            ),
            models.Index(fields=["-filed_at", "-id"], name="photos_by_day"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0), name="a_photo_has_a_size"
            ),
        )

    def __str__(self) -> str:
        return self.caption or _("Photo %(number)s") % {"number": self.pk}

    @property
    def credit(self) -> str:
        """Who took it, as printed; empty if nobody knows."""
        return self.photographer_name or (str(self.photographer) if self.photographer else "")

    def address(self, size: str, kind: str = "webp") -> str:
        """Where a file of at least this size is; the master until there is one."""
        for made in self.renditions:
            if made["width"] >= min(WIDTHS[size], self.width):
                return self.image.storage.url(made["files"][kind])
        return self.image.url

    @property
    def look(self) -> int | None:
        bands = [getattr(self, name) for name in LOOK]
        return None if None in bands else looks.whole(bands)

    @look.setter
    def look(self, look: int | None) -> None:
        for name, band in zip(
            LOOK, [None] * 4 if look is None else looks.bands(look), strict=True
        ):
            setattr(self, name, band)

    def file_of(self, sha256: str) -> "Photo | EarlierFile":
        """Give the file that a version names: this one, or one that it has replaced since."""
        if sha256 == self.sha256:
            return self
        return self.earlier.filter(sha256=sha256).order_by("-pk").first() or self

    def is_shown(self, at: datetime) -> bool:
        """Say whether its rights let readers see it at a moment."""
        return self.expires_at is None or at < self.expires_at

    @property
    def part(self) -> Crop:
        """The part of the whole picture that it shows."""
        return Crop(*self.crop) if self.crop else WHOLE

    @property
    def focus_in_percent(self) -> tuple[int, int]:
        """Say where its focal point is: from the left, from the top."""
        return in_percent(self.focal_point)

    def put_focus(self, across: int, down: int) -> None:
        self.focal_point = f"{across / 100}x{down / 100}"

    @property
    def thumb(self) -> str:
        return self.address("thumb")


class EarlierFile(HasPublicFiles):
    """A file that a photo had before it got a better one: versions and editions still name it."""

    photo = models.ForeignKey(
        Photo, verbose_name=_("photo"), on_delete=models.PROTECT, related_name="earlier"
    )
    original = models.FileField(storage=private_storage, max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    image = models.FileField(max_length=200, db_index=True)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    original_width = models.PositiveIntegerField(null=True)
    original_height = models.PositiveIntegerField(null=True)
    # Whether its public files lie in the private store, for no edition shows them.
    is_put_away = models.BooleanField(default=False, db_default=False, editable=False)
    # Whether they are on their way to the other store, or a process died on it.
    is_moving = models.BooleanField(default=False, db_default=False, editable=False)
    # Where it was cut around; where that was not kept, as its photo is now.
    focal_point = models.CharField(max_length=20, blank=True, editable=False)
    crop = models.JSONField(null=True)
    replaced_at = models.DateTimeField(_("replaced at"))
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("replaced by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("earlier file of a photo")
        verbose_name_plural = _("earlier files of photos")
        ordering = ("-replaced_at", "-pk")

    def __str__(self) -> str:
        return f"{self.photo} {self.sha256[:8]}"

    def open_master(self) -> Any:
        """Open the clean picture, wherever it is."""
        storage = private_storage() if self.is_put_away else self.image.storage
        return storage.open(str(self.image.name))
