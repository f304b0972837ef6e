"""A large newsroom for the desk: articles in every state, each with all that belongs to it."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import batched
from statistics import median
from time import perf_counter
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection, models, transaction
from django.test import Client
from django.utils import timezone

from articles.actions import publishing, reviewing, writing
from articles.models import (
    Article,
    ArticleUnit,
    Credit,
    Edition,
    EditionCredit,
    EditionUnit,
    LogEntry,
    Membership,
    ReviewDecision,
    ReviewRound,
    Role,
    Section,
    Unit,
    UnitGroup,
    User,
    Version,
)
from benchmarks.fill import SPAN, copy, counted_queries

VERSIONS = 10
BATCH = 500
# The last page that the list of a large newsroom leads to, and the articles on each.
LATE, LISTED = 40, 50
UNITS, AUTHORS = 50, 200
REMARK = "请核对时间。"
OF_ARTICLE: tuple[type[models.Model], ...] = (ArticleUnit, Credit, LogEntry)
OF_EDITION: tuple[type[models.Model], ...] = (EditionUnit, EditionCredit)


@dataclass(frozen=True)
class People:
    author: User
    editor: User
    chief: User


@dataclass(frozen=True)
class Pattern:
    """An article in one state, to be copied, and which share of a newsroom is in it."""

    share: float
    article: Article
    is_recent: bool


def fill(wanted: int) -> None:
    """Make so many articles, in the shares that a newsroom has after five years."""
    people = hire()
    units, authors = make_units(), make_authors()
    patterns = make_patterns(people)
    chance = random.Random(1)
    weights = [pattern.share for pattern in patterns]
    numbers = range(wanted - len(patterns))
    for batch in batched(numbers, BATCH):
        chosen = chance.choices(patterns, weights, k=len(batch))
        with transaction.atomic():
            for pattern in patterns:
                times = [
                    moment_of(number, wanted, chance, is_recent=pattern.is_recent)
                    for number, other in zip(batch, chosen, strict=True)
                    if other is pattern
                ]
                store(pattern, times, chance, units, authors)
    make_earlier_versions()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def hire() -> People:
    def make(name: str, group: str) -> User:
        user = User.objects.create_user(name, name=name, is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        return user

    return People(
        make("author", "correspondent"),
        make("editor", "desk editor"),
        make("chief", "chief editor"),
    )


def make_units() -> list[int]:
    group = UnitGroup.objects.create(slug="benchmark", name="学院")
    units = [
        Unit.objects.create(slug=f"unit-{number}", name=f"学院{number}", group=group)
        for number in range(UNITS)
    ]
    for number in range(10):
        Section.objects.create(slug=f"section-{number}", name=f"栏目{number}")
    author = User.objects.get(username="author")
    Membership.objects.create(
        user=author, unit=units[0], role=Membership.Role.CORRESPONDENT, valid_from=date(2020, 1, 1)
    )
    return [unit.pk for unit in units]


def make_authors() -> list[int]:
    made = User.objects.bulk_create(
        User(username=f"author{number}", name=f"通讯员{number}") for number in range(AUTHORS)
    )
    return [user.pk for user in made]


def make_patterns(people: People) -> list[Pattern]:
    """Write one article for each state, by the actions that everybody uses."""
    at = timezone.now() - timedelta(minutes=5)

    def draft() -> Article:
        article = Article(
            headline="国家重点实验室开放日迎来百名中学生",
            body="<p>" + "实验室向中学生开放,师生共同参观。" * 20 + "</p>",
            unit=Unit.objects.get(slug="unit-0"),
            section=Section.objects.get(slug="section-0"),
            event_date=timezone.localdate(at),
        )
        writing.create(article, author=people.author, at=at)
        Credit.objects.create(article=article, role=Role.AUTHOR, name="李明远")
        writing.finish_change(article, author=people.author, at=at)
        return article

    def then(*steps: Callable[[Article], object]) -> Article:
        article = draft()
        for step in steps:
            step(article)
            article.refresh_from_db()
        return article

    def submit(article: Article) -> object:
        return reviewing.submit(article, user=people.author, at=at)

    def send_back(article: Article) -> object:
        return reviewing.return_for_changes(
            article, reviewer=people.editor, seen_version=1, at=at, remark=REMARK
        )

    def approve(reviewer: User) -> Callable[[Article], object]:
        return lambda article: reviewing.approve(article, reviewer=reviewer, seen_version=1, at=at)

    def publish(live_from: datetime | None = None) -> Callable[[Article], object]:
        return lambda article: publishing.publish(
            article, user=people.chief, at=at, live_from=live_from
        )

    cleared = (submit, approve(people.editor), approve(people.chief))
    return [
        Pattern(0.03, draft(), is_recent=True),
        Pattern(0.01, then(submit, send_back), is_recent=True),
        Pattern(0.02, then(submit), is_recent=True),
        Pattern(0.01, then(submit, approve(people.editor)), is_recent=True),
        Pattern(0.002, then(*cleared), is_recent=True),
        Pattern(0.002, then(*cleared, publish(at + timedelta(days=3))), is_recent=True),
        Pattern(0.926, then(*cleared, publish()), is_recent=False),
    ]


def moment_of(number: int, wanted: int, chance: random.Random, *, is_recent: bool) -> datetime:
    """Say when an article was changed: in five years, or in two weeks if it is under way."""
    now = timezone.now()
    if is_recent:
        return now - timedelta(days=14) * chance.random()
    return now - SPAN * (number + 1) / wanted


def store(
    pattern: Pattern,
    times: list[datetime],
    chance: random.Random,
    units: list[int],
    authors: list[int],
) -> None:
    """Copy an article with its last version, reviews, editions and log."""
    source = pattern.article
    sections = list(Section.objects.values_list("pk", flat=True))
    articles = Article.objects.bulk_create(
        copy(
            source,
            headline=f"{source.headline} {chance.randrange(10**6)}",
            unit_id=chance.choice(units),
            created_by_id=chance.choice(authors),
            section_id=chance.choice(sections),
            created_at=at,
            changed_at=at,
            event_date=timezone.localdate(at),
            version_number=VERSIONS,
        )
        for at in times
    )
    version = source.versions.get()
    versions = Version.objects.bulk_create(
        copy(
            version,
            article_id=article.pk,
            number=VERSIONS,
            author_id=article.created_by_id,
            saved_at=article.changed_at,
        )
        for article in articles
    )
    for model in OF_ARTICLE:
        copy_all(model, "article_id", source.pk, [article.pk for article in articles])
    for review in source.rounds.all():
        rounds = ReviewRound.objects.bulk_create(
            copy(
                review,
                article_id=article.pk,
                version_id=kept.pk,
                submitted_by_id=article.created_by_id,
                submitted_at=article.changed_at,
                stage_since=article.changed_at,
                due_at=article.changed_at + timedelta(days=5),
            )
            for article, kept in zip(articles, versions, strict=True)
        )
        for decision in review.decisions.all():
            ReviewDecision.objects.bulk_create(
                copy(
                    decision,
                    round_id=made.pk,
                    version_id=made.version_id,
                    decided_at=made.submitted_at,
                )
                for made in rounds
            )
    for edition in source.editions.all():
        ahead = edition.live_from - timezone.now()
        is_ahead = ahead > timedelta(0)
        begins = [timezone.now() + ahead * chance.random() * 3 if is_ahead else at for at in times]
        editions = Edition.objects.bulk_create(
            copy(
                edition,
                article_id=article.pk,
                version_id=kept.pk,
                headline=article.headline,
                section_id=article.section_id,
                **dict.fromkeys(("live_from", "first_published_at", "displayed_at"), begin),
            )
            for article, kept, begin in zip(articles, versions, begins, strict=True)
        )
        for model in OF_EDITION:
            copy_all(model, "edition_id", edition.pk, [made.pk for made in editions])


def copy_all(model: Any, column: str, source: int, targets: list[int]) -> None:
    """Copy the rows that belong to one row to many others."""
    rows = list(model.objects.filter(**{column: source}))
    model.objects.bulk_create(copy(row, **{column: pk}) for pk in targets for row in rows)


def make_earlier_versions() -> None:
    """Give each article the versions before its last one, in the database alone."""
    columns = [
        field.column
        for field in Version._meta.concrete_fields
        if not field.primary_key and field.column != "number"
    ]
    names = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        for number in range(1, VERSIONS):
            cursor.execute(
                f"INSERT INTO articles_version (number, {names})"  # noqa: S608 (our own columns)
                f" SELECT %s, {names} FROM articles_version WHERE number = %s",
                [number, VERSIONS],
            )


def addresses() -> dict[str, tuple[str, str]]:
    """Name the pages, by whom they are opened and where."""
    articles, desk = "/admin/articles/article/", "/admin/desk/"
    unit = Unit.objects.get(slug="unit-1").pk
    late = min(LATE, -(-Article.objects.count() // LISTED))
    # One in the middle of what its author's desk, and everybody's list, has forgotten.
    old = Article.objects.filter(status=Article.Status.PUBLISHED, version_number=VERSIONS)
    history = f"{articles}{old.order_by('pk')[old.count() // 2].pk}/history/"
    return {
        "my desk, chief editor": ("chief", "/admin/"),
        "my desk, desk editor": ("editor", "/admin/"),
        "my desk, correspondent": ("author", "/admin/"),
        "articles": ("chief", articles),
        "articles, a late page": ("chief", f"{articles}?p={late}"),
        "articles by event date": ("chief", f"{articles}?o=5"),
        "articles of a unit": ("chief", f"{articles}?unit__id__exact={unit}"),
        "articles in review": ("chief", f"{articles}?status__exact=in_review"),
        "articles waiting": ("chief", f"{articles}?whose=waiting"),
        "articles, search": ("chief", f"{articles}?q=开放日"),
        "articles, search in vain": ("chief", f"{articles}?q=没有的词"),
        "articles of a unit, search": ("chief", f"{articles}?unit__id__exact={unit}&q=开放日"),
        "articles live": ("chief", f"{articles}?when=live"),
        "articles mine": ("author", f"{articles}?whose=mine"),
        "history of an article": ("chief", history),
        "board": ("chief", f"{desk}board/"),
        "board, a unit": ("chief", f"{desk}board/?unit={unit}"),
        "calendar, this month": ("chief", f"{desk}calendar/"),
    }


def measure(rounds: int) -> Iterator[dict[str, Any]]:
    """Open each page in this process; give how often it asks and how long it takes."""
    browsers = {}
    for name in ("author", "editor", "chief"):
        browsers[name] = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
        browsers[name].force_login(User.objects.get(username=name))
    for page, (name, address) in addresses().items():
        browsers[name].get(address)
        with counted_queries() as counts:
            answer = browsers[name].get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answers {answer.status_code}.")
        times = []
        for _ in range(rounds):
            begun = perf_counter()
            browsers[name].get(address)
            times.append(perf_counter() - begun)
        yield {"page": page, "queries": sum(counts.values()), "ms": median(times) * 1000}


def main(rounds: int) -> None:
    """Print what was measured as JSON."""
    print(json.dumps({"articles": Article.objects.count(), "pages": list(measure(rounds))}))
