"""Earlier files of photos leave the public store once no edition shows them, and come back.

They go to the private store under the same names, for the desk and for editions to come.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)

from articles.models import EarlierFile, Edition, EditionPhoto, Photo
from articles.models.photos import private_storage

# A page that is open asks for its pictures as its reader comes to them, also when there is
# another edition by then.
STILL_OPEN = timedelta(hours=1)


def settle(*, at: datetime) -> int:
    """Put each earlier file where it belongs at a moment, and say how many were moved.

    Readers need those that an edition shows which is live or planned, or was replaced just now;
    what was withdrawn, or has come to its end, they need no more. One query if all lie right.
    """
    return _settle(EarlierFile.objects.all(), at)


def bring_out(photos: Iterable[int], at: datetime) -> None:
    """Have the files of photos, which an edition just made shows, where readers fetch them."""
    _settle(EarlierFile.objects.filter(photo__in=photos), at)


def _settle(files: QuerySet[EarlierFile], at: datetime) -> int:
    wrong = _with_need(files, at).filter(Q(is_needed=F("is_put_away")) | Q(is_moving=True))
    numbers = list(wrong.order_by("pk").values_list("pk", flat=True))
    return sum(_put_right(number, at) for number in numbers)


def _with_need(files: QuerySet[EarlierFile], at: datetime) -> QuerySet[Any]:
    live = Edition.objects.live(at).filter(article=OuterRef("article")).order_by()
    replaced = Edition.objects.filter(
        Exists(live),
        live_until__gt=at - STILL_OPEN,
        live_until__lte=at,
        live_from__lt=F("live_until"),
    )
    shown = EditionPhoto.objects.filter(photo=OuterRef("photo"), sha256=OuterRef("sha256"))
    # Each by itself, so that each finds its index.
    needed = shown.filter(edition__in=Edition.objects.not_over(at).order_by().values("pk"))
    still_open = shown.filter(edition__in=replaced.order_by().values("pk"))
    has_rights = Q(photo__expires_at=None) | Q(photo__expires_at__gt=at)
    return files.annotate(
        is_needed=ExpressionWrapper(
            Q(Exists(needed)) | Q(Exists(still_open)) & has_rights, output_field=BooleanField()
        )
    )


def _put_right(number: int, at: datetime) -> bool:
    """Move one file, having said so first: what a process that died left is finished by this.

    Until then nobody knows which of two files of a name is whole, so a move that was begun comes
    to its end, wherever the file is needed by now, and is followed by another one.
    """
    files = EarlierFile.objects.filter(pk=number)
    if not files.filter(is_moving=False).update(is_moving=True):
        _move(number, at, is_begun=True)
        files.filter(is_moving=False).update(is_moving=True)
    return _move(number, at)


@transaction.atomic
def _move(number: int, at: datetime, *, is_begun: bool = False) -> bool:
    """Move one file to the other store, unless it is needed where it lies by now."""
    # An edition that is being made names the photo before it is there for others: one waits for
    # the other, and so the edition finds what was put away, or we find the edition.
    Photo.objects.select_for_update(of=("self",)).get(earlier=number)
    file = _with_need(EarlierFile.objects.filter(pk=number), at).get()
    if not file.is_moving:
        return False  # somebody else has, meanwhile
    moves = is_begun or file.is_needed == file.is_put_away
    if moves:
        stores = (private_storage(), file.image.storage)
        source, target = stores if file.is_put_away else stores[::-1]
        _carry(file.public_files(), source, target)
        file.is_put_away = not file.is_put_away
    file.is_moving = False
    file.save(update_fields=["is_put_away", "is_moving"])
    return moves


def _carry(names: Iterable[str], source: Storage, target: Storage) -> None:
    """Copy all files before the first one is deleted: while one is in the source, it is whole."""
    names = list(names)
    for name in names:
        if source.exists(name):
            target.delete(name)  # half of it, if a process died
            with source.open(name) as content:
                target.save(name, content)
    for name in names:
        source.delete(name)
