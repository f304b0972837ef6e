"""What the checks find in an article, with the newsroom's settings, words and waivers.

Reads, and changes nothing. A text that is not saved yet is checked just the same: as a
snapshot.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles import addresses
from articles.checks import documents, manuscripts, registry
from articles.checks.findings import Finding
from articles.checks.rules import Known, Rule
from articles.checks.words import WordList
from articles.models import Article, CheckRule, Edition, ListedWord, Section, Unit, Waiver
from articles.models.photos import private_storage
from articles.snapshots import Snapshot

# Of attachments, whose text is kept for a while in each process.
READ = 32
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Report:
    """What is open, and what somebody put aside, each with the waiver that says why."""

    open: list[Finding] = field(default_factory=list)
    aside: list[tuple[Finding, Waiver]] = field(default_factory=list)

    @property
    def blocking(self) -> list[Finding]:
        return [finding for finding in self.open if finding.is_blocking]


@dataclass(frozen=True)
class Checker:
    """Settings, words and waivers as they are now, for one text or for the whole archive."""

    rules: Mapping[str, Rule]
    known: Known
    everywhere: Mapping[str, Waiver]

    def check(self, content: Snapshot, *, day: date, waivers: Iterable[Waiver] = ()) -> Report:
        """Check a text that goes out on a day."""
        manuscript = manuscripts.read(content, day=day, document=self._document)
        put_aside = {waiver.key: waiver for waiver in waivers}
        report = Report()
        for finding in registry.run(manuscript, self.rules, self.known):
            known = (put_aside.get(finding.key), self.everywhere.get(finding.lasting_key))
            waiver = next((one for one in known if one and one.covers(finding)), None)
            if waiver:
                report.aside.append((finding, waiver))
            else:
                report.open.append(finding)
        return report

    def _document(self, row: dict[str, Any]) -> tuple[str, str]:
        wanted = ("identity", "mobile", "card", "student", "unread")
        if not row["file"] or all(self.rules[code].level == "off" for code in wanted):
            return "", ""
        return _read(row["file"], row["sha256"], row["name"], translation.get_language() or "")


def checker(at: datetime) -> Checker:
    """Read the settings. Three queries, and another when the list of words has changed."""
    rules = {code: check.rule for code, check in registry.CHECKS.items()}
    rules |= {row.check_code: row.rule for row in CheckRule.objects.all()}
    everywhere = {waiver.key: waiver for waiver in Waiver.objects.filter(article=None)}
    known = Known(_words(), addresses.own_hosts(), lambda paths: lead_nowhere(paths, at))
    return Checker(rules, known, everywhere)


def check(article: Article, content: Snapshot, at: datetime) -> Report:
    """Check a text of an article: its current version, or what is being typed."""
    waivers = article.waivers.all() if article.pk else ()
    return checker(at).check(content, day=day_of(article, at), waivers=waivers)


def day_of(article: Article, at: datetime) -> date:
    """Say when readers read it: from its first publication on, else today."""
    first = article.editions.order_by("number").first() if article.pk else None
    return timezone.localdate(first.first_published_at if first else at)


def current(article: Article, at: datetime) -> Report:
    """Check the working copy as it was last saved."""
    version = article.versions.first()
    return check(article, version.snapshot, at) if version else Report()


def refusals(article: Article, content: Snapshot, at: datetime) -> list[str]:
    """Say what keeps an article from being submitted, as sentences."""
    return [
        _("%(check)s: %(what)s %(excerpt)s")
        % {
            "check": registry.CHECKS[finding.check].name,
            "what": finding.what,
            "excerpt": finding.excerpt,
        }
        for finding in check(article, content, at).blocking
    ]


# The list of words


def words_revision() -> str:
    """Give what changes whenever the list does."""
    told = ListedWord.objects.aggregate(Count("pk"), Max("pk"), Max("changed_at"))
    return ":".join(map(str, told.values())) if told["pk__count"] else ""


def _words() -> WordList:
    revision = words_revision()
    return _word_list(revision) if revision else WordList(())


@lru_cache(maxsize=1)
def _word_list(_revision: str) -> WordList:
    return WordList(row.word for row in ListedWord.objects.all())


# Attachments


@lru_cache(maxsize=READ)
def _read(file: str, sha256: str, name: str, language: str) -> tuple[str, str]:
    try:
        with private_storage().open(file) as stored:
            return documents.read(stored.read(), name)
    except OSError:
        return "", _("This file is not in its place, so it was not read.")


# Addresses of our own


def lead_nowhere(paths: Iterable[str], at: datetime) -> set[str]:
    """Pick the paths of this site at which readers find nothing.

    Asks the database, no network: one query for each kind of page, however many paths.
    """
    nowhere: set[str] = set()
    asked: dict[str, dict[str, Any]] = {kind: {} for kind in ("number", "section", "unit")}
    with translation.override(settings.LANGUAGE_CODE):
        for path in paths:
            match = _page_at(path)
            if match is None or {"admin", "boards"} & set(match.namespaces):
                nowhere.add(path)
                continue
            match match.url_name:
                case "article" | "attachment" | "qr_code":
                    asked["number"][path] = match.kwargs["number"]
                case "section" | "unit" as name:
                    asked[name][path] = match.kwargs["slug"]
    there = {
        "number": Edition.objects.not_over(at)
        .filter(article_id__in=set(asked["number"].values()))
        .values_list("article_id", flat=True),
        "section": Section.objects.filter(slug__in=asked["section"].values()).values_list(
            "slug", flat=True
        ),
        "unit": Unit.objects.filter(slug__in=asked["unit"].values()).values_list(
            "slug", flat=True
        ),
    }
    for kind, wanted in asked.items():
        found = set(there[kind]) if wanted else set()
        nowhere |= {path for path, value in wanted.items() if value not in found}
    return nowhere


def _page_at(path: str) -> ResolverMatch | None:
    """Find the page of a path, in whatever language, the slash at its end written or not."""
    for language in LANGUAGES:
        begins = addresses.prefix(language)
        if begins and path.startswith(f"{begins}/"):
            path = path.removeprefix(begins)
    try:
        return resolve(path or "/")
    except Resolver404:
        return None if path.endswith("/") else _page_at(f"{path}/")
