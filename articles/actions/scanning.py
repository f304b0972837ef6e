"""Checking all that is live again, after a word was added to the list."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import checking, log, outbox
from articles.checks.findings import Finding
from articles.models import Article, Edition, LogEntry, Scan, ScanFinding, User
from articles.rights.permissions import NotAllowed

PAGE = 50
# In one errand, which should not take longer than a minute.
AT_ONCE = 200
# A scan that takes longer has been left: its worker or command has gone.
GIVEN_UP = timedelta(hours=6)
DRAFTS = (
    Article.Status.DRAFT,
    Article.Status.IN_REVIEW,
    Article.Status.RETURNED,
    Article.Status.APPROVED,
)


@dataclass(frozen=True)
class Checked:
    """An article that was read, as readers see it or as it is at the desk."""

    article: Article
    edition: Edition | None
    findings: list[Finding]

    @property
    def headline(self) -> str:
        return self.edition.headline if self.edition else self.article.headline


# All of it, in the order of articles


def editions(at: datetime, *, after: int = 0) -> Iterator[Checked]:
    """Check what is live, article by article. What was put aside is left out."""
    live = Edition.objects.live(at).order_by("article_id")
    related = live.select_related("article", "version").prefetch_related("article__waivers")
    found = related.defer("body", "furniture")
    while page := list(found.filter(article_id__gt=after)[:PAGE]):
        yield from check_editions(page, at)
        after = page[-1].article_id


def drafts(at: datetime, *, after: int = 0) -> Iterator[Checked]:
    """Check what is written or reviewed, article by article."""
    found = Article.objects.filter(status__in=DRAFTS).order_by("pk")
    while True:
        page = list(found.filter(pk__gt=after).prefetch_related("waivers")[:PAGE])
        if not page:
            return
        checker = checking.checker(at)
        for article in page:
            version = article.versions.first()
            if version is not None:
                day = checking.day_of(article, at)
                waivers = article.waivers.all()
                report = checker.check(version.snapshot, day=day, waivers=waivers)
                yield Checked(article, None, report.open)
        after = page[-1].pk


def check_editions(found: Iterable[Edition], at: datetime) -> Iterator[Checked]:
    checker = checking.checker(at)
    for edition in found:
        day = timezone.localdate(edition.first_published_at)
        waivers = edition.article.waivers.all()
        report = checker.check(edition.version.snapshot, day=day, waivers=waivers)
        yield Checked(edition.article, edition, report.open)


# Kept for the desk


@transaction.atomic
def start(*, user: User, at: datetime) -> Scan:
    """Have all that is live checked by a worker, unless that is under way."""
    if not user.has_perm("articles.view_every_unit"):
        raise NotAllowed(_("Only who sees every unit has all articles checked."))
    last = Scan.objects.select_for_update().first()
    if last is not None and not may_start(last, at):
        raise NotAllowed(_("All articles are being checked already."))
    drop_unfinished()
    scan = begin(at)
    outbox.put("scan archive", f"scan/{scan.pk}/0", due_at=at, payload={"scan": scan.pk})
    with log.in_site_language():
        told = _("Findings in the archive")
    log.note(LogEntry.Action.SCANNED, actor=user, at=at, about=told)
    return scan


def may_start(last: Scan, at: datetime) -> bool:
    """Tell whether another scan may begin: the last one is done, or was left long ago."""
    return last.finished_at is not None or last.started_at < at - GIVEN_UP


def begin(at: datetime) -> Scan:
    return Scan.objects.create(started_at=at, words=checking.words_revision())


def go_on(number: int, *, at: datetime, limit: int = AT_ONCE) -> None:
    """Check some more for a scan, and put an errand for the rest."""
    scan = Scan.objects.filter(pk=number).first()
    if scan is None:
        return  # another one began anew
    for _one in keep(scan, at=at, limit=limit):
        pass
    if scan.finished_at is None:
        key = f"scan/{scan.pk}/{scan.reached}"
        outbox.put("scan archive", key, due_at=at, payload={"scan": scan.pk})


def keep(scan: Scan, *, at: datetime, limit: int | None = None) -> Iterator[Checked]:
    """Check from where a scan stopped, keep what is found, and note how far it got."""
    if scan.finished_at is not None:
        return
    for number, checked in enumerate(editions(at, after=scan.reached)):
        if limit is not None and number >= limit:
            return
        _keep(scan, checked)
        yield checked
    _finish(scan, at)


@transaction.atomic
def _keep(scan: Scan, checked: Checked) -> None:
    ScanFinding.objects.filter(edition__article=checked.article).delete()
    ScanFinding.objects.bulk_create(
        ScanFinding(
            edition=checked.edition,
            check_code=finding.check,
            level=finding.level,
            key=finding.key,
        )
        for finding in checked.findings
    )
    scan.reached, scan.checked = checked.article.pk, scan.checked + 1
    scan.save(update_fields=["reached", "checked"])


@transaction.atomic
def _finish(scan: Scan, at: datetime) -> None:
    """Forget what was found in editions that readers do not see any more."""
    gone = ScanFinding.objects.exclude(edition__in=Edition.objects.live(at))
    gone.delete()
    scan.finished_at = at
    scan.save(update_fields=["finished_at"])


def drop_unfinished() -> None:
    """Give up what was begun: another scan begins anew."""
    Scan.objects.filter(finished_at=None).delete()


def unfinished() -> Scan | None:
    return Scan.objects.filter(finished_at=None).first()


def only(findings: Iterable[Finding], codes: Collection[str], *, blocking: bool) -> list[Finding]:
    """Keep the findings of some checks (of all, where none is named)."""
    return [
        finding
        for finding in findings
        if (not codes or finding.check in codes) and (finding.is_blocking or not blocking)
    ]
