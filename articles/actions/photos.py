"""Taking pictures into the library."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles import log, outbox
from articles.log import wording
from articles.models import EarlierFile, LogEntry, Person, Photo, Unit, User
from articles.pictures import Note, TakenPicture, apart, renditions
from articles.rights import photos as rights
from articles.rights import roles
from articles.rights.permissions import NotAllowed


class Common(NamedTuple):
    """What is said once of many photos. It holds where the file of one says nothing."""

    caption: str = ""
    credit: str = ""
    rights: str = ""


NOTHING_COMMON = Common()
OF_THE_FILE = (
    "sha256", "width", "height", "original_width", "original_height", "renditions", "crop",
)  # fmt: skip

# What people say of a photo, as the log calls it.
WORDS = {
    "caption": gettext_lazy("caption"),
    "alt": gettext_lazy("text for those who cannot see it"),
    "credit": pgettext_lazy("photo", "by"),
}
WHOSE = ("credit", "unit")
FIELDS_OF = {"credit": ("photographer", "photographer_name")}


class PhotoMoved(NotAllowed):
    """A colleague changed the photo after the user had seen it. `photo` is as it is now."""

    def __init__(self, photo: Photo, names: Iterable[str]) -> None:
        self.photo = photo
        said = " · ".join(str(getattr(photo, name)) for name in names if getattr(photo, name))
        told = _(
            "Somebody changed this photo meanwhile; now it says: %(words)s. Save again for yours."
        )
        super().__init__(told % {"words": said or "–"})


def mark(photo: Photo, names: Iterable[str]) -> str:
    """Tell what a photo says from anything else that it may say."""
    said = "\0".join(str(getattr(photo, name) or "") for name in names)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _require_seen(photo: Photo, names: Iterable[str], seen: str) -> None:
    if seen != mark(photo, names):
        raise PhotoMoved(photo, names)


def take_in(
    data: bytes,
    *,
    user: User,
    at: datetime,
    caption: str = "",
    alt: str = "",
    photographer: Person | None = None,
    photographer_name: str = "",
    unit: Unit | None = None,
    taken: TakenPicture | None = None,
    common: Common = NOTHING_COMMON,
) -> Photo:
    """Put a picture into the library. A worker makes its sizes; pages show it whole until then.

    `taken` is what `apart.take_in` has made of it already, so that no transaction waits for it.

    What is not said here is filled from the notes in the file, and `Photo.filled_from` says so;
    what they do not say either, from what is `common`.
    The same file a second time gives the photo that is there, unchanged. Raises `NotAllowed`
    or `PictureRefused`, each with a sentence for the user.
    """
    known = on_file(data, user=user, at=at)
    if known:
        return known
    taken = taken or apart.take_in(data)
    photo = Photo(
        sha256=hashlib.sha256(data).hexdigest(),
        caption=caption,
        alt=alt,
        photographer=photographer,
        photographer_name=photographer_name,
        unit=unit,
        uploaded_by=user,
        uploaded_at=at,
    )
    describe(photo, taken)
    fill(photo, taken.notes)
    complete(photo, common)
    photo.original.save("original", ContentFile(data), save=False)
    photo.image.save("master.jpg", ContentFile(taken.master), save=False)
    # All files are there before the row is, which makes the picture known.
    try:
        photo.save()
    except DatabaseError:
        # Somebody else sent it at this very moment: of our files nobody would know.
        for file in (photo.original, photo.image):
            file.storage.delete(str(file.name))
        raise
    outbox.put("make renditions", str(photo.image.name), due_at=at, payload={"photo": photo.pk})
    return photo


def receive(
    data: bytes,
    *,
    user: User,
    at: datetime,
    unit: Unit | None = None,
    common: Common = NOTHING_COMMON,
) -> tuple[Photo, bool]:
    """Take in one of many files that came together, and say whether it is new here.

    Call it outside of a transaction, which would wait while the file is read. Raises as
    `take_in` does.
    """
    known = on_file(data, user=user, at=at)
    if known:
        return known, False
    taken = apart.take_in(data)
    try:
        with transaction.atomic():
            # Somebody may have sent the same file meanwhile, or does at this very moment.
            if known := on_file(data, user=user, at=at):
                return known, False
            photo = take_in(data, user=user, at=at, unit=unit, common=common, taken=taken)
            log.note(LogEntry.Action.ADDED, actor=user, at=at, about=photo)
    except IntegrityError:
        known = on_file(data, user=user, at=at)
        if known is None:
            raise
        return known, False
    return photo, True


def on_file(data: bytes, *, user: User, at: datetime) -> Photo | None:
    """Find the photo that was made of this very file. Who may not see it is refused."""
    refused = rights.add(user)
    if refused is not None:
        raise NotAllowed(refused)
    sha256 = hashlib.sha256(data).hexdigest()
    known = (
        Photo.objects.filter(sha256=sha256).first()
        or Photo.objects.filter(earlier__sha256=sha256).first()
    )
    if known and not Photo.objects.visible_to(user, at).filter(pk=known.pk).exists():
        raise NotAllowed(
            _(
                "This file is in the library already, where you do not see it. "
                "Please ask the desk for it."
            )
        )
    return known


@transaction.atomic
def replace(
    photo: Photo, data: bytes, *, user: User, at: datetime, taken: TakenPicture | None = None
) -> Photo:
    """Give a photo another file: a better scan of it. Its words stay as they are.

    The file before is kept. What is published or approved goes on showing it, for a version
    names the file by its hash; the next version of an article has the new one.
    """
    refuse_replacement(photo, data, user=user, at=at)
    taken = taken or apart.take_in(data)
    photo = Photo.objects.select_for_update().get(pk=photo.pk)
    change_file(photo, data, taken, user=user, at=at)
    photo.whole = photo.crop = None
    photo.save()
    with log.in_site_language():
        detail = _("another file")
    log.note(LogEntry.Action.EDITED, actor=user, at=at, about=photo, detail=detail)
    return photo


def change_file(
    photo: Photo, data: bytes, taken: TakenPicture, *, user: User, at: datetime
) -> EarlierFile:
    """Put another file in the place of the one that a locked photo has, which is given back.

    The photo is still to be saved.
    """
    earlier = EarlierFile.objects.create(
        photo=photo,
        original=photo.original.name,
        image=photo.image.name,
        replaced_at=at,
        replaced_by=user,
        **{name: getattr(photo, name) for name in OF_THE_FILE},
    )
    photo.sha256 = hashlib.sha256(data).hexdigest()
    photo.renditions = []
    describe(photo, taken)
    photo.original.save("original", ContentFile(data), save=False)
    photo.image.save("master.jpg", ContentFile(taken.master), save=False)
    outbox.put("make renditions", str(photo.image.name), due_at=at, payload={"photo": photo.pk})
    return earlier


@transaction.atomic
def say_whose(
    photo: Photo, *, photographer: str, unit: Unit | None, seen: str, user: User, at: datetime
) -> Photo:
    """Say who took a photo, by name, and which unit it is of.

    `seen` is the `mark` of `WHOSE` that the user had before them. Raises `NotAllowed`, or
    `PhotoMoved` where a colleague has said something else since.
    """
    refused = rights.change(user, photo, at)
    if refused is not None:
        raise NotAllowed(refused)
    photo = Photo.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    if (photographer, unit) == (photo.credit, photo.unit):
        return photo
    _require_seen(photo, WHOSE, seen)
    if unit != photo.unit and not roles.is_desk(user):
        raise NotAllowed(_("The desk says which unit a photo is of."))
    if photographer != photo.credit:
        photo.photographer, photo.photographer_name = _named(photographer)
    photo.unit = unit
    for name in ("photographer", "photographer_name"):
        photo.filled_from.pop(name, None)
    photo.save(update_fields=["photographer", "photographer_name", "unit", "filled_from"])
    with log.in_site_language():
        said = {"photographer": photo.credit or "–", "unit": unit or "–"}
        detail = _("photographer: %(photographer)s; unit: %(unit)s") % said
    log.note(LogEntry.Action.EDITED, actor=user, at=at, about=photo, detail=detail)
    return photo


def _named(name: str) -> tuple[Person | None, str]:
    """Find who is meant by a name, and what of it has to be printed beside them."""
    # Of two people of one name we cannot know which; somebody will.
    people = list(Person.objects.named(name)[:2]) if name else []
    if len(people) != 1:
        return None, name
    return people[0], "" if str(people[0]) == name else name


def refuse_replacement(photo: Photo, data: bytes, *, user: User, at: datetime) -> None:
    """Raise `NotAllowed` where a photo may not get this file from this user."""
    refused = rights.change(user, photo, at)
    if refused is not None:
        raise NotAllowed(refused)
    known = on_file(data, user=user, at=at)
    if known is None:
        return
    refuse_other(known, photo)
    if known.sha256 == hashlib.sha256(data).hexdigest():
        raise NotAllowed(_("The photo has this file already."))


def refuse_other(known: Photo, photo: Photo) -> None:
    """Raise `NotAllowed` where another photo than the one that is to get a file has it."""
    if known != photo:
        raise NotAllowed(
            _("This file is in the library already, as another photo: %(photo)s.")
            % {"photo": known}
        )


def describe(photo: Photo, taken: TakenPicture) -> None:
    """Keep of a file what its pixels say."""
    photo.look = taken.look
    photo.original_width, photo.original_height = taken.width, taken.height


def fill(photo: Photo, notes: dict[str, Note]) -> None:
    """Fill what is empty from the notes of the file, and remember from which ones."""
    for field in ("caption", "rights"):
        if field in notes and not getattr(photo, field):
            setattr(photo, field, notes[field].text)
            photo.filled_from[field] = notes[field].source
    if "photographer_name" in notes and not photo.credit:
        name, source = notes["photographer_name"]
        photo.photographer, photo.photographer_name = _named(name)
        for field in ("photographer", "photographer_name"):
            if getattr(photo, field):
                photo.filled_from[field] = source
    if "taken_at" in notes and photo.taken_at is None:
        moment = datetime.fromisoformat(notes["taken_at"].text)
        # Most cameras do not know their time zone: the site's is the best guess.
        photo.taken_at = moment if moment.tzinfo else timezone.make_aware(moment)
        photo.filled_from["taken_at"] = notes["taken_at"].source


def complete(photo: Photo, common: Common) -> None:
    """Put to what is still empty what holds for all photos that came with it."""
    photo.caption = photo.caption or common.caption
    photo.rights = photo.rights or common.rights
    if common.credit and not photo.credit:
        photo.photographer, photo.photographer_name = _named(common.credit)


@transaction.atomic
def reword(photo: Photo, *, seen: str, user: User, at: datetime, **words: str) -> Photo:
    """Give a photo another `caption`, `alt` or `credit`. What is the same already stays.

    `seen` is the `mark` of `WORDS` that the user had before them. Raises `NotAllowed` with a
    sentence for the user, `PhotoMoved` where a colleague has said something else since.
    """
    refused = rights.change(user, photo, at)
    if refused is not None:
        raise NotAllowed(refused)
    photo = Photo.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    changed = {name: text for name, text in words.items() if getattr(photo, name) != text}
    if not changed:
        return photo
    _require_seen(photo, WORDS, seen)
    with log.in_site_language():
        detail = "\n".join(
            f"{WORDS[name]}: {difference(getattr(photo, name), text)}"
            for name, text in changed.items()
        )
    for name, text in changed.items():
        if name == "credit":
            photo.photographer, photo.photographer_name = _named(text)
        else:
            setattr(photo, name, text)
        for field in FIELDS_OF.get(name, (name,)):
            photo.filled_from.pop(field, None)
    photo.save()
    log.note(LogEntry.Action.EDITED, actor=user, at=at, about=photo, detail=detail)
    return photo


def difference(before: str, after: str) -> str:
    return wording.difference(wording.text(before), wording.text(after))


def make_renditions(photo: Photo) -> None:
    """Make every size of a photo, unless they are there. Readers get them from then on."""
    if photo.renditions:
        return
    with photo.image.storage.open(photo.image.name) as file:
        made = _stored(photo, file.read())
    # Another file may have taken its place meanwhile, which has sizes of its own.
    has_them = Photo.objects.filter(pk=photo.pk, image=photo.image.name).update(renditions=made)
    photo.renditions = made
    if not has_them:
        for name in photo.public_files()[1:]:
            photo.image.storage.delete(name)


def _stored(photo: Photo, master: bytes) -> list[dict[str, Any]]:
    """Store every size beside the master, whose name they share, and say what there is."""
    storage = photo.image.storage
    folder = str(photo.image.name).removesuffix(".jpg")
    made = []
    for width, height, files in renditions.make(master):
        names = {kind: f"{folder}/{width}.{kind}" for kind in files}
        for kind, name in names.items():
            storage.delete(name)  # of a worker that died over it
            storage.save(name, ContentFile(files[kind]))
        made.append({"width": width, "height": height, "files": names})
    return made
