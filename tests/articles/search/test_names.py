"""Suggestions: who and what a query may mean, by characters, by sound, and nearly."""

from datetime import timedelta

import pytest

from articles import search
from articles.actions import publishing, writing
from articles.models import Credit, PrintedName
from articles.search import names
from tests.factories import (
    NOON,
    make_article,
    make_edition,
    make_person,
    make_section,
    make_unit,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def suggested(query, at=LATER):
    return [(name.kind, name.name) for name in names.suggestions(query, at=at)]


def meant(query):
    return [(name.kind, name.name) for name in names.near(query, at=LATER)]


def credited(headline="标题", name="张华伟", person=None, **fields):
    """Write an article that credits a person of the library."""
    article = make_article(headline, credit=name, **fields)
    Credit.objects.filter(article=article).update(person=person or make_person(name))
    writing.finish_change(article, author=article.created_by, at=NOON)
    return article


@pytest.fixture
def edition():
    section, unit = make_section("学术动态"), make_unit("党委宣传部", slug="xcb")
    return publish(credited(section=section, unit=unit, tags=("图书馆", "Open Day")))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("zhw", [("person", "张华伟")]),
        ("ZHW", [("person", "张华伟")]),
        ("zhang hua wei", [("person", "张华伟")]),
        ("zhanghua", [("person", "张华伟")]),
        ("张华", [("person", "张华伟")]),
        ("張華偉", [("person", "张华伟")]),
        ("张 华 伟", [("person", "张华伟")]),
        ("dwxcb", [("unit", "党委宣传部")]),
        ("宣传部", [("unit", "党委宣传部")]),
        ("tsg", [("tag", "图书馆")]),
        ("open", [("tag", "Open Day")]),
        ("xueshu", [("section", "学术动态")]),
        ("z", []),
        ("hw", []),
        ("%%", []),
        ("", []),
        ("长" * 300, []),
    ],
)
def test_suggestions_by_characters_and_by_sound(edition, query, expected):
    assert suggested(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("图书官", [("tag", "图书馆")]),  # sounds alike
        ("图画馆", [("tag", "图书馆")]),
        ("党宣传部", [("unit", "党委宣传部")]),
        ("open days", [("tag", "Open Day")]),
        ("图书馆", []),
        ("体育馆", []),
        ("书", []),
    ],
)
def test_near_is_what_sounds_alike_or_is_one_change_away(edition, query, expected):
    assert meant(query) == expected


def test_names_are_of_live_editions_only():
    chief = make_user("chief editor")
    person = make_person("李明远")
    publish(credited("甲", "李明远", person))
    # Under another name somebody withdrew, planned, or only drafted.
    withdrawn = publish(credited("乙", "绝密甲", person, tags=("绝密甲",))).article
    publish(credited("丙", "绝密乙", person, tags=("绝密乙",)), live_from=LATER + timedelta(1))
    credited("丁", "绝密丙", person, tags=("绝密丙",))

    assert set(suggested("绝密")) == {("tag", "绝密甲"), ("person", "绝密甲")}
    publishing.withdraw(withdrawn, user=chief, at=LATER, reason="核实")
    assert (suggested("绝密"), suggested("jm"), meant("绝秘甲")) == ([], [], [])
    assert suggested("lmy") == [("person", "李明远")]
    assert set(suggested("绝密", LATER + timedelta(2))) == {
        ("tag", "绝密乙"),
        ("person", "绝密乙"),
    }


def test_rebuild_learns_the_same_names(edition):
    def known():
        return set(PrintedName.objects.values_list("kind", "target", "name", "initials"))

    before = known()
    PrintedName.objects.create(kind="tag", target="x", name="没有的", key="x", pinyin="x")
    search.rebuild()

    assert len(before) == 5
    assert known() == before


def test_suggestions_ask_once(edition, django_assert_num_queries):
    for number in range(5):
        make_edition(f"标题{number}", tags=(f"图书{number}", f"图画{number}"))

    with django_assert_num_queries(1):
        assert len(names.suggestions("图书", at=LATER)) == 6


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("图书馆", "图书馆", False),
        ("图书馆", "图书", True),
        ("图书馆", "书馆", True),
        ("图馆", "图书馆", True),
        ("图书馆", "图画馆", True),
        ("图书馆", "图画室", False),
        ("图书馆", "馆", False),
    ],
)
def test_is_one_change(one, other, is_one):
    assert names.is_one_change(one, other) is is_one
    assert names.is_one_change(other, one) is is_one
