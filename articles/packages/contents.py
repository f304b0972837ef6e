"""All that is on file about an article, as plain data: what it is, what was done to it, by whom.

Comments, notices and kept texts of colleagues are no part of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import models
from django.utils.encoding import force_str

from articles.addresses import absolute
from articles.models import Article, EarlierFile, Edition, Person, Photo, Section, Unit, User
from articles.models.seals import filled_columns

SCHEMA = 2
# Numbers of these are told by name as well.
NAMED: dict[type[models.Model], str] = {
    User: "accounts",
    Person: "people",
    Unit: "units",
    Section: "sections",
}

type Record = dict[str, Any]


class Teller:
    """Turns rows into data, and remembers whose numbers stand in them."""

    def __init__(self) -> None:
        self._numbers: dict[type[models.Model], set[int]] = defaultdict(set)

    def row(self, row: models.Model, **more: Any) -> Record:
        """Give the columns that say something."""
        for field in row._meta.concrete_fields:
            number = getattr(row, field.attname)
            if number is not None and field.related_model in NAMED:
                self._numbers[field.related_model].add(number)
        return {name: plain(value) for name, value in filled_columns(row).items()} | more

    def rows(self, found: Iterable[models.Model]) -> list[Record]:
        return [self.row(row) for row in found]

    def names(self) -> dict[str, dict[str, str]]:
        return {
            name: {
                str(number): str(row)
                for number, row in sorted(model._default_manager.in_bulk(numbers).items())
            }
            for model, name in NAMED.items()
            if (numbers := self._numbers[model])
        }


def plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return force_str(value)


def of(article: Article, editions: list[Edition], tell: Teller) -> Record:
    """Give everything but versions and files, in a number of queries that does not grow."""
    forced = article.forced.select_related("edition", "version", "answer").order_by("forced_at")
    return {
        "schema": SCHEMA,
        "article": tell.row(article),
        "address": absolute(article.get_absolute_url()),
        "tags": sorted(article.tags.names()),
        "units": tell.rows(article.units.order_by("position", "pk")),
        "credits": tell.rows(article.credits.order_by("position", "pk")),
        "corrections": tell.rows(article.corrections.order_by("written_at", "pk")),
        "withdrawals": tell.rows(article.withdrawals.order_by("withdrawn_at", "pk")),
        "editions": [
            tell.row(
                edition,
                version_number=edition.version.number,
                sha256=edition.version.sha256,
                units=tell.rows(edition.units.all()),
                credits=tell.rows(edition.credits.all()),
                tags=tell.rows(edition.tags.all()),
            )
            for edition in editions
        ],
        "rounds": list(_rounds(article, tell)),
        "forced": [
            tell.row(
                row,
                edition_number=row.edition.number,
                version_number=row.version.number,
                answer=tell.row(row.given_answer) if row.given_answer else None,
            )
            for row in forced
        ],
        "log": list(_log(article)),
    }


def _rounds(article: Article, tell: Teller) -> Iterator[Record]:
    rounds = article.rounds.order_by("number").prefetch_related(
        "seats", "signatures", "fixes", "decisions__version", "decisions__readmission"
    )
    for review in rounds:
        decisions = [
            tell.row(
                row,
                version_number=row.version.number,
                readmission=tell.row(row.readmission) if hasattr(row, "readmission") else None,
            )
            for row in review.decisions.all()
        ]
        yield tell.row(
            review,
            decisions=decisions,
            signatures=tell.rows(review.signatures.all()),
            fixes=tell.rows(review.fixes.all()),
            seats=tell.rows(review.seats.all()),
        )


def _log(article: Article) -> Iterator[Record]:
    """Give each entry as it was sealed, with the hash that anybody can compute again."""
    for entry in article.log_entries.select_related("seal").order_by("pk"):
        seal = getattr(entry, "seal", None)
        if seal is None:
            yield {"entry": filled_columns(entry)}
        else:
            seal.entry = entry
            yield seal.content() | {"sha256": seal.sha256}


def photo_files(
    wanted: set[tuple[int, str]], tell: Teller
) -> Iterator[tuple[Record, Photo | EarlierFile]]:
    """Give the files of photos that versions name, each with what the library says of it."""
    photos = Photo.objects.select_related("photographer").in_bulk({pk for pk, _sha in wanted})
    earlier = {
        (file.photo_id, file.sha256): file
        for file in EarlierFile.objects.filter(photo__in=photos).order_by("pk")
    }
    for number, sha256 in sorted(wanted):
        photo = photos.get(number)
        if photo is None:
            continue
        file = photo if photo.sha256 == sha256 else earlier.get((number, sha256))
        if file is None:
            continue
        yield tell.row(photo, sha256=sha256, credit=photo.credit), file
