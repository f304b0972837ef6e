"""Articles that say the same in several languages, and who says so."""

import pytest
from django.db import IntegrityError

from articles.actions import translating
from articles.models import LogEntry, Translation
from articles.rights.permissions import NotAllowed, WrongInput
from tests.factories import NOON, change, make_article, make_edition, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user("desk editor")


@pytest.fixture
def story():
    return make_article("校庆日")


def english(headline="Anniversary", **fields):
    return make_article(headline, language="en", **fields)


def tie(article, original, user):
    return translating.tie(article, original=original, user=user, at=NOON)


def groups() -> list[tuple[str, str, str]]:
    rows = Translation.objects.order_by("original", "pk")
    return [(row.original.headline, row.article.headline, row.language) for row in rows]


def test_tie_keeps_the_group_and_is_logged_at_both(editor, story):
    translation = english()

    tie(translation, story, editor)

    assert groups() == [("校庆日", "校庆日", "zh-hans"), ("校庆日", "Anniversary", "en")]
    logged = LogEntry.objects.filter(action=LogEntry.Action.TIED).order_by("pk")
    assert [(entry.article, entry.actor, entry.detail) for entry in logged] == [
        (translation, editor, f"← {story.pk}"),
        (story, editor, f"→ {translation.pk}"),
    ]


def test_tie_asks_no_review_again(editor):
    live = make_edition("校庆日").article
    translation = make_edition("Anniversary", language="en").article

    tie(translation, live, editor)

    for article in (live, translation):
        article.refresh_from_db()
        assert (article.status, article.versions.count()) == ("published", 1)


def test_translation_of_a_translation_is_one_of_the_original(editor, story):
    first, second = english(), make_article("校慶日", language="zh-hant")
    tie(first, story, editor)

    tie(second, first, editor)

    assert groups() == [
        ("校庆日", "校庆日", "zh-hans"),
        ("校庆日", "Anniversary", "en"),
        ("校庆日", "校慶日", "zh-hant"),
    ]


@pytest.mark.parametrize(
    ("tied", "article", "original", "reason"),
    [
        ([], "校庆日", "校庆日", "An article is no translation of itself."),
        ([], "另一篇", "校庆日", "“校庆日” is in 简体中文 as well."),
        ([], "Anniversary", "并入的", "“并入的” is not worked on any more."),
        (
            [("Anniversary", "校庆日")],
            "Another",
            "校庆日",
            "“Anniversary” is “校庆日” in English already.",
        ),
        (
            [("Anniversary", "校庆日")],
            "Anniversary",
            "另一篇",
            "This article is a translation of “校庆日” already. Part them first.",
        ),
        (
            [("Anniversary", "校庆日")],
            "校庆日",
            "Another",
            "Others are translations of this article already. Declare “Another” a translation",
        ),
    ],
)
def test_tie_that_makes_no_sense_is_refused(editor, tied, article, original, reason):
    texts = {name: make_article(name) for name in ("校庆日", "另一篇", "并入的")}
    texts |= {name: english(name) for name in ("Anniversary", "Another")}
    texts["并入的"].status = "joined"
    texts["并入的"].joined_into = texts["另一篇"]
    texts["并入的"].save()
    for one, other in tied:
        tie(texts[one], texts[other], editor)
    before = groups()

    with pytest.raises(WrongInput) as refusal:
        tie(texts[article], texts[original], editor)

    assert str(refusal.value).startswith(reason)
    assert groups() == before


@pytest.mark.parametrize("group", ["proof-reader", "head", "correspondent"])
def test_who_may_not_change_an_article_ties_it_to_nothing(story, group):
    stranger = make_user(group, unit=make_unit())

    with pytest.raises(NotAllowed):
        tie(english(), story, stranger)

    assert groups() == []


def test_unit_ties_its_own_articles_and_none_that_it_cannot_see(story):
    unit = make_unit()
    writer = make_user("correspondent", unit=unit)
    translation = english(unit=unit)

    with pytest.raises(WrongInput, match="There is no such article"):
        tie(translation, story, writer)
    tie(translation, make_article("本单位的", unit=unit), writer)

    assert groups()[1:] == [("本单位的", "Anniversary", "en")]


def test_database_keeps_a_second_text_of_a_language_out(editor, story):
    tie(english(), story, editor)

    with pytest.raises(IntegrityError):
        Translation.objects.create(article=english(), original=story, language="en")


def test_untie_leaves_the_others_tied(editor, story):
    first, second = english(), make_article("校慶日", language="zh-hant")
    tie(first, story, editor)
    tie(second, story, editor)

    translating.untie(first, user=editor, at=NOON)
    left = groups()
    translating.untie(second, user=editor, at=NOON)

    assert left == [("校庆日", "校庆日", "zh-hans"), ("校庆日", "校慶日", "zh-hant")]
    assert groups() == []  # the original alone is none
    untied = LogEntry.objects.filter(action=LogEntry.Action.UNTIED, article=story)
    assert [entry.detail for entry in untied.order_by("pk")] == [
        f"→ {first.pk}",
        f"→ {second.pk}",
    ]


def test_original_is_parted_by_its_translations(editor, story):
    translation = english()
    tie(translation, story, editor)

    with pytest.raises(NotAllowed, match="Others are translations of this article"):
        translating.untie(story, user=editor, at=NOON)
    with pytest.raises(NotAllowed, match="not tied"):
        translating.untie(english("Another"), user=editor, at=NOON)
    with pytest.raises(NotAllowed, match="no such article"):
        translating.untie(translation, user=make_user("correspondent", unit=make_unit()), at=NOON)

    assert len(groups()) == 2


def test_change_of_language_is_followed_or_refused(editor, story):
    translation = english()
    tie(translation, story, editor)

    translation = change(translation, by=editor, at=NOON, language="zh-hant")
    translation.refresh_from_db()
    followed = groups()
    with pytest.raises(NotAllowed, match="“校庆日” is this article in 简体中文 already"):
        change(translation, by=editor, at=NOON, language="zh-hans")

    assert followed == [("校庆日", "校庆日", "zh-hans"), ("校庆日", "Anniversary", "zh-hant")]


def test_change_of_another_article_is_free(editor):
    alone = make_article("一篇")

    change(alone, by=editor, at=NOON, language="en")

    assert alone.versions.count() == 2
    assert groups() == []
