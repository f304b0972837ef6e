"""Earlier files of photos leave the public store once no edition shows them, and come back.

They go to the private store under the same names, for the desk and for editions to come.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from articles.models import EarlierFile, Edition, EditionPhoto, Photo
from articles.models.photos import private_storage


def settle(*, at: datetime) -> int:
    """Put each earlier file where it belongs at a moment, and say how many were moved.

    Readers need those that an edition shows which is live or planned. One query if all lie right.
    """
    return _settle(EarlierFile.objects.all(), at)


def bring_out(photos: Iterable[int], at: datetime) -> None:
    """Have the files of photos, which an edition just made shows, where readers fetch them."""
    _settle(EarlierFile.objects.filter(photo__in=photos), at)


def _settle(files: QuerySet[EarlierFile], at: datetime) -> int:
    wrong = _with_need(files, at).filter(is_needed=F("is_put_away")).order_by("pk")
    return sum(_move(number, at) for number in wrong.values_list("pk", flat=True))


def _with_need(files: QuerySet[EarlierFile], at: datetime) -> QuerySet[Any]:
    showing = EditionPhoto.objects.filter(
        photo=OuterRef("photo"),
        sha256=OuterRef("sha256"),
        edition__in=Edition.objects.not_over(at).order_by().values("pk"),
    )
    return files.annotate(is_needed=Exists(showing))


@transaction.atomic
def _move(number: int, at: datetime) -> bool:
    """Move one file, unless somebody else has meanwhile, or an edition has come or gone."""
    # An edition that is being made names the photo before it is there for others: one waits for
    # the other, and so the edition finds what was put away, or we find the edition.
    Photo.objects.select_for_update(of=("self",)).get(earlier=number)
    file = _with_need(EarlierFile.objects.filter(pk=number), at).get()
    if file.is_needed != file.is_put_away:
        return False
    public, private = file.image.storage, private_storage()
    source, target = (private, public) if file.is_needed else (public, private)
    names = file.public_files()
    for name in names:
        # What a process that died had moved already lies there.
        if source.exists(name) and not target.exists(name):
            with source.open(name) as content:
                target.save(name, content)
    for name in names:
        source.delete(name)
    file.is_put_away = not file.is_needed
    file.save(update_fields=["is_put_away"])
    return True
