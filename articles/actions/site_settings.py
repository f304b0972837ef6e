"""What follows when the site says something else of itself."""

from datetime import datetime

from django.db import transaction

from articles import log, outbox, pages, site
from articles.models import EditionPage, LogEntry, Person, SiteSettings, User
from articles.rights import site as rights
from articles.rights.permissions import NotAllowed

KIND = "rebuild pages"
PAGES_AT_ONCE = 500


@transaction.atomic
def put_in_force(row: SiteSettings, *, user: User, at: datetime, detail: str) -> None:
    """Write down what was changed and saved, and let readers meet it.

    Their next page has it; article pages are made for each reader until the background has
    made what is kept of them anew.
    """
    refused = rights.change(user)
    if refused is not None:
        raise NotAllowed(refused)
    entry = log.note(LogEntry.Action.EDITED, actor=user, at=at, about=row, detail=detail)
    _put_rebuild(f"log/{entry.pk}", at)
    _forget()


@transaction.atomic
def put_on_pages(person: Person, *, at: datetime) -> None:
    """Let credits lead to the page of a person, or no more, after they became a student or not."""
    if site.current().settings.students_have_pages:
        return
    kept = EditionPage.objects.filter(edition__credits__person=person)
    if EditionPage.objects.filter(pk__in=kept.values("pk")).delete()[0]:
        _put_rebuild(f"person/{person.pk}/{at.isoformat()}", at)


def rebuild(cause: str, turn: int, at: datetime) -> None:
    """Make some of the pages that are out of date, and leave the rest to the next errand."""
    site.forget()
    if pages.rebuild(at, most=PAGES_AT_ONCE) == PAGES_AT_ONCE:
        _put_rebuild(cause, at, turn=turn + 1)


def _put_rebuild(cause: str, at: datetime, *, turn: int = 1) -> None:
    outbox.put(KIND, f"{cause}/{turn}", due_at=at, payload={"cause": cause, "turn": turn})


def _forget() -> None:
    """Have this process read anew: in this transaction, and what others read before it ended."""
    site.forget()
    transaction.on_commit(site.forget)
