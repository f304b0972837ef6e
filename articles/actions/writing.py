"""Saving the working copy: refuse what is stale, keep every version.

A change is `begin_change`, then whatever the caller writes (form, inlines, an import), then
`finish_change`, all in one transaction.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from articles import log, snapshots
from articles.actions import (
    figures,
    proofreading,
    publishing,
    reviewing,
    steps,
    translating,
)
from articles.actions.photographers import Choice
from articles.models import Article, Correction, LogEntry, User, Version
from articles.rights.permissions import NotAllowed, Verb
from articles.rights.writing import may_write_for, shorten_review
from articles.text import typo_limit


class StaleArticle(Exception):
    """Somebody saved the article since this user opened it."""

    def __init__(self, current: Version) -> None:
        self.current = current
        super().__init__(
            _("%(name)s saved this article after you had opened it.")
            % {"name": current.author_name}
        )


@transaction.atomic
def create(article: Article, *, author: User, at: datetime) -> Article:
    """Put a new article on file, as a draft without a version yet: `finish_change` adds it."""
    if not author.has_perm("articles.add_article"):
        raise NotAllowed(_("You may not write articles."))
    if not may_write_for(author, article.unit, at):
        raise NotAllowed(_("You may write for your own unit only."))
    as_draft(article, author=author, at=at).save()
    return article


def as_draft(article: Article, *, author: User, at: datetime) -> Article:
    """Say on a new article whose draft it is, for whoever was allowed to make it to save."""
    article.status = Article.Status.DRAFT
    article.version_number = 0
    article.created_by = author
    article.created_at = article.changed_at = at
    return article


def begin_change(article: Article, *, seen_version: int, author: User, at: datetime) -> Article:
    """Lock an article for a change by somebody who saw a version of it.

    Raises `NotAllowed`, or `StaleArticle` when a newer version has been saved since.
    """
    # The second of two savers waits here, then finds that the version has moved on.
    article = steps.begin(article, user=author, verb=Verb.CHANGE, at=at)
    if article.version_number != seen_version:
        raise StaleArticle(article.versions.get(number=article.version_number))
    return article


@transaction.atomic
def finish_change(
    article: Article,
    *,
    author: User,
    at: datetime,
    reason: str = "",
    imported: bool = False,
    photographers: Choice | None = None,
) -> Version:
    """Keep the working copy as a version; saving the same again keeps the one there is.

    A real change lapses what was built on the text before: an approval goes back to the last
    stage, and an edition that has not gone out yet does not. A proof-reader's typo keeps both.
    With a choice of `photographers` whoever took the photos is credited.
    """
    _complete(article)
    article.refresh_from_db()
    figures.settle(article)
    latest = article.versions.order_by("-number").first()
    if photographers is not None:
        before = latest.snapshot if latest else None
        photographers.apply(article, before)
    content = snapshots.take(article)
    sha256 = snapshots.digest(content)
    if latest and latest.sha256 == sha256:
        return latest
    if latest:
        was = latest.snapshot["section"], latest.snapshot["importance"]
        now = content["section"], content["importance"]
        refused = shorten_review(author, article, was, now)
        if refused is not None:
            raise NotAllowed(refused)
        if latest.snapshot["language"] != article.language:
            translating.follow(article)
    article.version_number = latest.number + 1 if latest else 1
    article.changed_at = at
    article.save(update_fields=["version_number", "changed_at"])
    version = version_of(article, content, author=author, at=at, reason=reason)
    version.save()
    first = LogEntry.Action.IMPORTED if imported else LogEntry.Action.CREATED
    action = LogEntry.Action.CHANGED if latest else first
    log.write(article, action, actor=author, at=at, detail=reason)
    if latest:
        _reopen(article, version, author=author, at=at)
    return version


def version_of(
    article: Article, content: snapshots.Snapshot, *, author: User, at: datetime, reason: str
) -> Version:
    """Draw up the version that keeps a working copy as it is now, to be saved."""
    return Version(
        article=article,
        number=article.version_number,
        snapshot=content,
        sha256=snapshots.digest(content),
        author=author,
        author_name=str(author),
        saved_at=at,
        reason=reason,
    )


@transaction.atomic
def correct(article: Article, *, editor: User, text: str, at: datetime) -> Correction:
    """Write a note to the readers. They see it when the change has passed review."""
    article = steps.begin(article, user=editor, verb=Verb.CORRECT, at=at)
    if not text.strip():
        raise NotAllowed(_("A correction says what was wrong and what is right."))
    correction = article.corrections.create(text=text.strip(), written_by=editor, written_at=at)
    finish_change(article, author=editor, at=at)
    log.write(article, LogEntry.Action.CORRECTED, actor=editor, at=at, detail=text.strip())
    return correction


def _complete(article: Article) -> None:
    """Fill in what follows from the rest: the owning unit contributes unless others do."""
    if not article.units.exists():
        article.units.create(unit=article.unit)


def _reopen(article: Article, version: Version, *, author: User, at: datetime) -> None:
    found = proofreading.mend(article, version, proofreader=author, at=at)
    if found is not None and found.verdict is typo_limit.Verdict.TYPO:
        return
    why = proofreading.in_words(found) if found else ""
    match article.status:
        case Article.Status.IN_REVIEW:
            reviewing.begin_again(article, actor=author, at=at)
        case Article.Status.APPROVED:
            _ask_again(article, author=author, at=at, why=why)
        case Article.Status.PUBLISHED if publishing.take_off_schedule(
            article, actor=author, at=at
        ):
            _ask_again(article, author=author, at=at, why=why)
        case Article.Status.PUBLISHED | Article.Status.WITHDRAWN | Article.Status.REJECTED:
            steps.move(article, Article.Status.DRAFT)


def _ask_again(article: Article, *, author: User, at: datetime, why: str) -> None:
    if not reviewing.begin_again(article, actor=author, at=at):
        publishing.ask_last_stage_again(article, actor=author, at=at, why=why)
