"""Reviewers are printed from the decisions, whatever somebody typed."""

from datetime import timedelta

import pytest

from articles import printed_reviewers
from articles.actions import forcing, publishing, reviewing, writing
from articles.models import Article, ReviewStage, Role, StageMark
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def write(typed: str = "王敏") -> Article:
    """Write a draft whose line names a reviewer between author and editor."""
    article = factories.make_article("图书馆夜间开放")
    article.credits.create(role=Role.REVIEWER, name=typed, stage=StageMark.FIRST, position=1)
    article.credits.create(role=Role.EDITOR, name="林晓", position=2)
    writing.finish_change(article, author=article.created_by, at=NOON)
    article.refresh_from_db()
    return article


def approve(article: Article, *names: str, at=NOON) -> None:
    reviewing.submit(article, user=article.created_by, at=at)
    unit = factories.make_unit("党委宣传部")
    for group, name in zip(("desk editor", "chief editor"), names, strict=False):
        reviewer = factories.make_user(group, name=name, unit=unit)
        factories.make_person(name, user=reviewer)
        reviewing.approve(article, reviewer=reviewer, seen_version=article.version_number, at=at)
    article.refresh_from_db()


def publish(article: Article):
    return publishing.publish(article, user=factories.make_user("chief editor"), at=NOON)


def rows(edition):
    return [(c.role, c.unit_name, c.name, c.stage) for c in edition.credits.all()]


def test_edition_prints_who_decided_in_place_of_who_was_typed():
    article = write()
    approve(article, "陈晓", "杨静")

    edition = publish(article)

    printed = edition.credits.get(role=Role.REVIEWER)
    line = next(line for line in edition.furniture["credits"] if line["role"] == "reviewer")
    assert rows(edition)[1:] == [
        ("reviewer", "党委宣传部", "杨静", "final"),
        ("editor", "", "林晓", ""),
    ]
    assert (printed.person.name, printed.unit.name) == ("杨静", "党委宣传部")
    assert [(entry["name"], entry["stage"]) for entry in line["entries"]] == [("杨静", "final")]
    assert "终审：党委宣传部 杨静" in edition.credit_line
    assert "王敏" not in edition.credit_line


def test_version_keeps_the_typed_reviewer_and_its_hash():
    article = write()
    before = article.versions.latest("number").sha256
    approve(article, "陈晓", "杨静")

    edition = publish(article)

    typed = [c["name"] for c in edition.version.snapshot["credits"] if c["role"] == "reviewer"]
    assert typed == ["王敏"]
    assert edition.version.sha256 == before


def test_every_marked_stage_is_printed_as_the_round_froze_it():
    ReviewStage.objects.update(is_credited=True)
    article = write()
    approve(article, "陈晓", "杨静")
    ReviewStage.objects.update(is_credited=False)

    edition = publish(article)

    assert [(name, stage) for role, _unit, name, stage in rows(edition) if role == "reviewer"] == [
        ("陈晓", "first"),
        ("杨静", "final"),
    ]


def test_only_stage_is_printed_without_a_mark():
    ReviewStage.objects.filter(position=2).delete()
    article = write()
    approve(article, "陈晓")

    assert [row for row in rows(publish(article)) if row[0] == "reviewer"] == [
        ("reviewer", "党委宣传部", "陈晓", "")
    ]


def test_name_is_printed_as_it_was_when_they_decided():
    article = write()
    approve(article, "陈晓", "杨静")
    decision = article.rounds.get().decisions.last()
    decision.reviewer.name = "杨静仪"
    decision.reviewer.save()

    edition = publish(article)

    assert edition.credits.get(role=Role.REVIEWER).name == "杨静"


def test_forced_edition_prints_no_reviewer():
    article = write()
    chief = factories.make_user("chief editor")
    forced = forcing.force_publish(article, user=chief, seen_version=2, reason="急", at=NOON)

    assert [role for role, *_rest in rows(forced.edition)] == ["author", "editor"]


def test_restored_edition_prints_who_decided_on_it():
    article = write()
    approve(article, "陈晓", "杨静")
    publish(article)
    chief = factories.make_user("chief editor")
    later = NOON + timedelta(hours=1)
    publishing.withdraw(article, user=chief, reason="核实", at=later)

    edition = publishing.restore(article, user=chief, reason="已核实", at=later)

    assert edition.credits.get(role=Role.REVIEWER).name == "杨静"


def test_outlook_compares_the_line_with_the_decisions():
    article = write()

    before = printed_reviewers.outlook(article, None)
    approve(article, "陈晓", "杨静")
    after = printed_reviewers.outlook(article, article.rounds.get())

    assert (before.signatures, before.doubtful, before.decided) == ((), ("王敏",), "")
    assert (after.doubtful, after.decided) == (("王敏",), "杨静")
    assert after.signatures == (printed_reviewers.Signature("终审", "杨静", "党委宣传部"),)


def test_outlook_doubts_nobody_who_decided_in_whatever_script():
    article = write(typed="楊靜")
    approve(article, "陈晓", "杨静")

    assert printed_reviewers.outlook(article, article.rounds.get()).doubtful == ()


def test_typo_fix_is_printed_with_who_approved_the_text_that_it_mends():
    article = write()
    approve(article, "陈晓", "杨静")
    reader = factories.make_user("proof-reader")
    article = factories.change(article, by=reader, at=NOON, headline="图书馆夜间开馆")

    edition = publish(article)

    assert edition.headline == "图书馆夜间开馆"
    assert edition.credits.get(role=Role.REVIEWER).name == "杨静"
