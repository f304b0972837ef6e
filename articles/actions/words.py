"""Taking many words into the newsroom's list at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from articles import log
from articles.checks.tables import Entry
from articles.models import ListedWord, LogEntry, User
from articles.rights import checking as rights
from articles.rights.permissions import NotAllowed

FIELDS = ("text", "is_allowed", "severity", "suggestion", "note")
AT_ONCE = 500


@dataclass(frozen=True)
class TakenIn:
    added: int
    changed: int
    same: int


@transaction.atomic
def take_in(entries: Iterable[Entry], *, user: User, at: datetime) -> TakenIn:
    """Add what the list lacks and change what it has otherwise; what is not named stays."""
    refused = rights.edit_list(user)
    if refused is not None:
        raise NotAllowed(refused)
    known = {word.key: word for word in ListedWord.objects.select_for_update()}
    added, changed, same = [], [], 0
    for entry in entries:
        word = known.get(entry.key)
        if word is None:
            added.append(ListedWord(key=entry.key, changed_at=at, **_values(entry)))
        elif _values(entry) == {name: getattr(word, name) for name in FIELDS}:
            same += 1
        else:
            for name, value in _values(entry).items():
                setattr(word, name, value)
            word.changed_at = at
            changed.append(word)
    ListedWord.objects.bulk_create(added, batch_size=AT_ONCE)
    ListedWord.objects.bulk_update(changed, (*FIELDS, "changed_at"), batch_size=AT_ONCE)
    if added or changed:
        with log.in_site_language():
            name = str(ListedWord._meta.verbose_name_plural)
            told = _("%(added)d added, %(changed)d changed, from a table") % {
                "added": len(added),
                "changed": len(changed),
            }
        log.note(LogEntry.Action.EDITED, actor=user, at=at, about=name, detail=told)
    return TakenIn(len(added), len(changed), same)


def _values(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in FIELDS}
