"""The approval sheet: what it takes from the record, and what it notices."""

from datetime import timedelta

import pytest
from django.db import models

from articles.actions import forcing, proofreading, publishing, reviewing, writing
from articles.evidence import approval_sheets
from articles.models import Article, Edition, ReviewStage, Role, Version
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=2)


def make(edition: Edition) -> approval_sheets.Sheet:
    return approval_sheets.make(Article.objects.get(pk=edition.article_id), edition)


def test_sheet_numbers_an_edition_by_year_article_and_edition():
    edition = factories.make_edition()

    assert approval_sheets.sheet_number(edition) == f"2026-{edition.article_id:06d}-01"


def test_sheet_lists_every_stage_with_who_decided_on_which_text():
    article = factories.submit(factories.make_article("图书馆夜间开放"))
    desk = factories.make_user("desk editor", name="陈晓", unit=factories.make_unit("宣传部"))
    reviewing.approve(article, reviewer=desk, seen_version=1, at=NOON, remark="可用")
    other = factories.make_user("desk editor")
    article = factories.change(article, by=other, at=NOON, headline="图书馆夜间开放了")
    chief = factories.make_user("chief editor", name="杨静")
    reviewing.approve(article, reviewer=chief, seen_version=2, at=NOON)
    edition = publishing.publish(article, user=other, at=NOON)

    sheet = make(edition)

    lines = [
        (
            line.stage,
            line.decision.reviewer_name,
            line.decision.reviewer_unit,
            line.decision.remark,
            line.decision.version.number,
            line.is_final_text,
        )
        for line in sheet.passages[0].lines
    ]
    assert lines == [
        ("初审", "陈晓", "宣传部", "可用", 1, False),
        ("终审", "杨静", "", "", 2, True),
    ]
    assert (sheet.characters, sheet.photos, sheet.forced) == (12, 0, None)
    assert sheet.sha256 == edition.version.sha256
    assert sheet.agrees


def told(line: approval_sheets.Line) -> tuple[str, str, int | None, bool]:
    deed = line.decision or line.signature or line.fix
    return line.stage, type(deed).__name__, line.version, line.is_final_text


def test_sheet_lists_signatures_and_typo_fixes_in_order_with_decisions():
    ReviewStage.objects.filter(name="终审").update(wants_proofreader=True)
    article = factories.submit(factories.make_article("同学门来到图书馆看展览听讲座的一天"))
    first = factories.make_user("desk editor")
    reviewing.approve(article, reviewer=first, seen_version=1, at=NOON)
    reader = factories.make_user("proof-reader", name="校对员")
    minutes = (NOON + timedelta(minutes=number) for number in range(1, 10))
    proofreading.sign(article, proofreader=reader, seen_version=1, at=next(minutes))
    desk = factories.make_user("desk editor")
    article = factories.change(article, by=desk, at=next(minutes), subhead="夜间开放")
    proofreading.sign(article, proofreader=reader, seen_version=2, at=next(minutes), remark="通读")
    chief = factories.make_user("chief editor")
    reviewing.approve(article, reviewer=chief, seen_version=2, at=next(minutes))
    for headline in ("同学们来到图书馆看展览听讲座的一天", "同学们来到图书室看展览听讲座的一天"):
        article = factories.change(article, by=reader, at=next(minutes), headline=headline)
    edition = publishing.publish(article, user=chief, at=next(minutes))

    lines = make(edition).passages[0].lines

    assert [told(line) for line in lines] == [
        ("初审", "ReviewDecision", 1, False),
        ("proof-reading", "ProofSignature", 1, False),
        ("proof-reading", "ProofSignature", 2, False),
        ("终审", "ReviewDecision", 2, False),
        ("typo fix", "TypoFix", 3, False),
        ("typo fix", "TypoFix", 4, True),
    ]


def test_sheet_of_an_edition_leaves_out_a_typo_fix_that_came_after_it():
    article = factories.approve(factories.make_article("同学门来到图书馆"))
    chief, reader = factories.make_user("chief editor"), factories.make_user("proof-reader")
    article.refresh_from_db()
    publishing.publish(article, user=chief, at=NOON, live_from=LATER)
    mended_at = NOON + timedelta(hours=1)
    article = factories.change(article, by=reader, at=mended_at, headline="同学们来到图书馆")
    first, second = article.editions.order_by("number")

    assert [told(line)[1:] for line in make(first).passages[0].lines] == [
        ("ReviewDecision", 1, True),
        ("ReviewDecision", 1, True),
    ]
    assert told(make(second).passages[0].lines[-1]) == ("typo fix", "TypoFix", 2, True)


def test_sheet_notices_a_text_that_was_altered_on_record():
    edition = factories.make_edition()
    altered = edition.version.snapshot | {"headline": "改过"}
    models.QuerySet(Version).filter(pk=edition.version_id).update(snapshot=altered)
    edition = Edition.objects.get(pk=edition.pk)

    assert not make(edition).agrees


def test_sheet_of_a_later_edition_leaves_out_what_led_to_the_first():
    first = factories.make_edition("初版")
    article = Article.objects.get(pk=first.article_id)
    editor = factories.make_user("desk editor")
    article = factories.change(article, by=editor, at=LATER, headline="再版")
    reviewing.submit(article, user=editor, at=LATER)
    for group in ("desk editor", "chief editor"):
        reviewer = factories.make_user(group)
        reviewing.approve(article, reviewer=reviewer, seen_version=2, at=LATER)
    second = publishing.publish(article, user=editor, at=LATER)

    assert [p.review.number for p in make(first).passages] == [1]
    assert [p.review.number for p in make(second).passages] == [2]


def test_sheet_of_a_forced_publication_says_what_was_skipped_and_who_answered():
    article = factories.submit(factories.make_article("停水通知"))
    chief = factories.make_user("chief editor", name="许知行")
    forced = forcing.force_publish(article, user=chief, seen_version=1, reason="急", at=NOON)
    head = factories.make_user("head", name="贺兰舟")
    forcing.confirm(article, user=head, seen_edition=1, at=LATER, remark="属实")

    sheet = make(forced.edition)

    assert [(line.stage, line.decision) for line in sheet.passages[0].lines] == [
        ("初审", None),
        ("终审", None),
    ]
    assert sheet.forced == forced
    assert sheet.forced.answer.answered_by_name == "贺兰舟"


def test_sheet_flags_a_typed_reviewer_who_decided_nothing():
    article = factories.make_article()
    article.credits.create(role=Role.REVIEWER, name="王敏", position=1)
    writing.finish_change(article, author=article.created_by, at=NOON)
    article.refresh_from_db()
    edition = factories.publish(article)

    sheet = make(edition)

    assert sheet.doubtful == ("王敏",)
    assert sheet.decided == edition.credits.get(role=Role.REVIEWER).name
