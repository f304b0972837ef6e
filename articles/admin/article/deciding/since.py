"""What changed in an article since somebody decided on it: what the next one has to know."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.article.record import comparing
from articles.admin.article.record.comparing import Difference
from articles.models import Article, ReviewDecision, ReviewRound, User, Version

Verdict = ReviewDecision.Verdict


@dataclass(frozen=True)
class Since:
    """What somebody saw, and how the current version differs from it."""

    sentence: str
    number: int = 0
    address: str = ""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class _Look:
    """A version that counts: approved, returned, or seen last by the user."""

    number: int
    changed: str
    same: str
    words: dict[str, object]


def changes(article: Article, review: ReviewRound, user: User) -> list[Since]:
    """Compare the current version with what was decided on before, the earliest first.

    That is what each stage of this review approved, what was returned before it, and what
    this user decided on or saved last. Five queries, all told, whatever there is.
    """
    current = article.version_number
    looks = list(_looks(article, review, user))
    wanted = {look.number for look in looks} | {current}
    versions = {version.number: version for version in article.versions.filter(number__in=wanted)}
    newest = versions[current]
    older = [versions[number] for number in sorted(wanted - {current})]
    differing = [version for version in older if version.sha256 != newest.sha256]
    contents = [version.snapshot for version in (*differing, newest)]
    *all_old, new = comparing.all_lines(*contents)
    found = {
        version.number: comparing.differences(old, new)
        for version, old in zip(differing, all_old, strict=True)
    }
    return [_said(look, found.get(look.number, []), article, newest) for look in looks]


def since_version(article: Article, number: int) -> Since:
    """Compare the current version with one that somebody had open when the next was saved."""
    versions = {
        version.number: version
        for version in article.versions.filter(number__in=(number, article.version_number))
    }
    seen, newest = versions[number], versions[article.version_number]
    look = _Look(
        number,
        _("%(name)s changed this article after you had opened it (version %(number)d): %(what)s."),
        _("%(name)s saved this article after you had opened it (version %(number)d), unchanged."),
        {"name": newest.author_name, "number": number},
    )
    old, new = comparing.all_lines(seen.snapshot, newest.snapshot)
    return _said(look, comparing.differences(old, new), article, newest)


def _said(look: _Look, found: list[Difference], article: Article, newest: Version) -> Since:
    if not found:
        return Since(look.same % look.words)
    what = comparing.summary(found, newest.snapshot["language"])
    query = urlencode({"old": look.number, "new": newest.number})
    address = reverse("admin:articles_article_compare", args=[article.pk])
    sentence = look.changed % (look.words | {"what": what})
    return Since(sentence, look.number, f"{address}?{query}", tuple(found))


def _looks(article: Article, review: ReviewRound, user: User) -> Iterator[_Look]:
    decisions = list(
        ReviewDecision.objects.filter(round__article=article)
        .select_related("round", "version")
        .defer("version__snapshot")
    )
    saved = article.versions.filter(author=user).aggregate(number=Max("number"))["number"]
    if not decisions and saved is None:
        return
    last = max((decision.round.number for decision in decisions), default=0)
    told = set()
    for decision in decisions:
        if decision.round.number == review.number and decision.verdict == Verdict.APPROVE:
            yield _approval(decision)
            told.add(decision.version.number)
        elif decision.round.number == last and decision.verdict == Verdict.RETURN:
            yield _return(decision)
            told.add(decision.version.number)
    decided = [d.version.number for d in decisions if d.reviewer_id == user.pk]
    mine = max([*decided, *([saved] if saved else [])], default=None)
    if mine is not None and mine not in told and mine != article.version_number:
        yield _Look(
            mine,
            _("Changed since you last had it (version %(number)d): %(what)s."),
            _("Nothing has changed since you last had it (version %(number)d)."),
            {"number": mine},
        )


def _approval(decision: ReviewDecision) -> _Look:
    return _Look(
        decision.version.number,
        _("Changed since “%(stage)s” (%(name)s, version %(number)d): %(what)s."),
        _("Nothing has changed since “%(stage)s” (%(name)s, version %(number)d)."),
        _words(decision),
    )


def _return(decision: ReviewDecision) -> _Look:
    return _Look(
        decision.version.number,
        _(
            "Changed since it was returned at “%(stage)s” (%(name)s, version %(number)d): "
            "%(what)s."
        ),
        _(
            "Nothing has changed since it was returned at “%(stage)s” (%(name)s, "
            "version %(number)d)."
        ),
        _words(decision),
    )


def _words(decision: ReviewDecision) -> dict[str, object]:
    return {
        "stage": decision.stage_title(),
        "name": decision.reviewer_name,
        "number": decision.version.number,
    }
