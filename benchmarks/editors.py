"""Editors who save at once: whom and what they need, and whether all that they saved is there."""

import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from articles import snapshots
from articles.actions import writing
from articles.log import chain
from articles.models import Article, Membership, Section, Unit, UnitGroup, User

BODY = "\n".join(f"<p>第{number}段:实验室向中学生开放,师生共同参观。</p>" for number in range(9))


@transaction.atomic
def hire(editors: int, pairs: int, password: str) -> list[dict[str, Any]]:
    """Give so many correspondents a draft each; the first ones share theirs with one other."""
    unit = Unit.objects.create(
        slug="benchmark", name="学院", group=UnitGroup.objects.create(slug="all", name="全部")
    )
    section = Section.objects.create(slug="benchmark", name="栏目")
    group, hashed = Group.objects.get(name="correspondent"), make_password(password)
    found: list[dict[str, Any]] = []
    for number in range(editors):
        name = f"editor{number}"
        user = User.objects.create(username=name, name=name, password=hashed, is_staff=True)
        user.groups.add(group)
        Membership.objects.create(
            user=user, unit=unit, role=Membership.Role.CORRESPONDENT, valid_from=date(2020, 1, 1)
        )
        is_second = number < 2 * pairs and number % 2
        article = found[-1]["article"] if is_second else draft(user, unit, section)
        found.append({"username": name, "article": article, "writes_at_end": bool(is_second)})
    return found


def draft(author: User, unit: Unit, section: Section) -> int:
    at = timezone.now()
    article = Article(headline="开放日", body=BODY, unit=unit, section=section)
    writing.create(article, author=author, at=at)
    writing.finish_change(article, author=author, at=at)
    return article.pk


def problems(saved: list[dict[str, Any]]) -> list[str]:
    """Say what is not as it should be after saves that were accepted: lost, twice, out of order.

    A save is an article, who saved, and the words that nobody else wrote.
    """
    found: list[str] = []
    by_article: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for save in saved:
        by_article[save["article"]].append(save)
    for pk, saves in by_article.items():
        article = Article.objects.get(pk=pk)
        versions = list(article.versions.order_by("number").select_related("author"))
        if [version.number for version in versions] != list(range(1, len(saves) + 2)):
            found.append(f"Article {pk}: {len(versions)} versions of {len(saves)} saves.")
        times = [version.saved_at for version in versions]
        if times != sorted(times):
            found.append(f"Article {pk}: its versions are out of order.")
        if versions[-1].sha256 != snapshots.digest(snapshots.take(article)):
            found.append(f"Article {pk}: the working copy is not the last version.")
        for save in saves:
            having = [v for v in versions if save["words"] in v.snapshot["body"]]
            if not having or having[0].author.username != save["username"]:
                found.append(f"Article {pk}: no version of “{save['words']}”.")
            elif having != versions[having[0].number - 1 :]:
                found.append(f"Article {pk}: “{save['words']}” was lost again.")
    return found


def check(saved: str) -> None:
    """Print what is wrong, with the log, as JSON."""
    broken = [problem.text for problem in chain.verify(timezone.now()).problems]
    print(json.dumps(problems(json.loads(Path(saved).read_text("utf-8"))) + broken))
