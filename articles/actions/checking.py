"""Putting a finding of the checks aside, and taking it up again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from articles import checking, log
from articles.checks.findings import Finding
from articles.checks.folding import fold
from articles.models import Article, ListedWord, LogEntry, User, Waiver
from articles.models.checks import Severity
from articles.rights import checking as rights
from articles.rights.permissions import NotAllowed

LONGEST = 300


@transaction.atomic
def put_aside(article: Article, *, key: str, user: User, at: datetime, reason: str) -> Waiver:
    """Say that a finding of the saved text is none, or may stay. It is known again by its key."""
    article = Article.objects.select_for_update().get(pk=article.pk)
    finding = find(article, key, at)
    refused = rights.put_aside(user, article, at, is_blocking=finding.is_blocking)
    _refuse(refused, reason)
    waiver = Waiver.objects.filter(article=article, key=finding.key).first()
    if waiver is None or not waiver.covers(finding):
        told = _told(finding, user, at, reason)
        waiver, _made = Waiver.objects.update_or_create(
            article=article, key=finding.key, defaults=told
        )
        _log(article, waiver, LogEntry.Action.PUT_ASIDE, user, at)
    return waiver


@transaction.atomic
def put_aside_everywhere(
    article: Article, *, key: str, user: User, at: datetime, reason: str, phrase: str = ""
) -> Waiver | ListedWord:
    """Put a finding aside for good: in every article, of today and later.

    For a word it is the phrase around it that becomes an allowed one.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    finding = find(article, key, at)
    _refuse(rights.put_aside_everywhere(user), reason)
    if finding.phrase:
        return _allow(finding, phrase, user=user, at=at, reason=reason)
    if not finding.lasting:
        raise NotAllowed(_("This can be put aside in this article only."))
    told = _told(finding, user, at, reason) | {"level": Severity.BLOCKING}
    waiver, made = Waiver.objects.get_or_create(
        article=None, key=finding.lasting_key, defaults=told
    )
    if made:
        _log(article, waiver, LogEntry.Action.PUT_ASIDE, user, at)
    return waiver


@transaction.atomic
def take_up(article: Article, waiver: Waiver, *, user: User, at: datetime) -> None:
    """Let a finding that was put aside in an article be found again."""
    _refuse(rights.put_aside(user, article, at, is_blocking=False), "-")
    _log(article, waiver, LogEntry.Action.TAKEN_UP, user, at)
    waiver.delete()


def find(article: Article, key: str, at: datetime) -> Finding:
    """Give a finding of the saved text by its key."""
    report = checking.current(article, at)
    found = (*report.open, *(finding for finding, _waiver in report.aside))
    finding = next((finding for finding in found if finding.key == key), None)
    if finding is None:
        raise NotAllowed(_("The saved text has no such finding. Save what you typed first."))
    return finding


def _refuse(refused: str | None, reason: str) -> None:
    if refused is not None:
        raise NotAllowed(refused)
    if not reason.strip():
        raise NotAllowed(_("Please say why."))


def _allow(finding: Finding, phrase: str, *, user: User, at: datetime, reason: str) -> ListedWord:
    phrase = phrase.strip()
    if fold(finding.phrase) not in fold(phrase):
        raise NotAllowed(_("The phrase has to contain “%(word)s”.") % {"word": finding.phrase})
    if fold(finding.phrase) == fold(phrase):
        raise NotAllowed(
            _("The phrase has to be longer than “%(word)s”; else take the word off the list.")
            % {"word": finding.phrase}
        )
    allowed, made = ListedWord.objects.get_or_create(
        key=fold(phrase),
        defaults={"text": phrase, "is_allowed": True, "note": reason.strip()},
    )
    if not made and not allowed.is_allowed:
        raise NotAllowed(_("“%(word)s” is itself on the list of words.") % {"word": allowed})
    if made:
        log.note(LogEntry.Action.ADDED, actor=user, at=at, about=allowed, detail=reason.strip())
    return allowed


def _told(finding: Finding, user: User, at: datetime, reason: str) -> dict[str, object]:
    with log.in_site_language():
        return {
            "check_code": finding.check,
            "what": finding.what[:LONGEST],
            "excerpt": str(finding.excerpt)[:LONGEST],
            "level": Severity.BLOCKING if rights.puts_all_aside(user) else Severity.ADVISORY,
            "reason": reason.strip(),
            "put_by": user,
            "put_by_name": str(user),
            "put_at": at,
        }


def _log(
    article: Article, waiver: Waiver, action: LogEntry.Action, user: User, at: datetime
) -> None:
    with log.in_site_language():
        lines = (str(waiver), waiver.excerpt, waiver.reason)
    log.write(article, action, actor=user, at=at, detail="\n".join(filter(None, lines)))
