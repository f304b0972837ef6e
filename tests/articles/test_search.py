from datetime import timedelta

import pytest
from django.core.management import call_command

from articles import search
from articles.actions import publishing
from articles.models import Credit, EditionWords, Role
from articles.search import Piece
from tests.factories import (
    NOON,
    make_article,
    make_edition,
    make_unit,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def found(query, at=LATER):
    return {edition.headline for edition in search.find(query, at=at)}


@pytest.fixture
def editions():
    make_edition(
        "校园铁人三项赛开赛",
        body="<p>三百名选手参加Campus Triathlon 2026，<b>冠军</b>来自体育部。</p>",
        credit="欧阳雨桐",
        unit=make_unit("体育工作部"),
        tags=("全民健身", "Sport Science"),
    )
    make_edition("图书馆延长开放时间", body="<p>自习座位增加两百个，可用AI助手预约。</p>")


@pytest.mark.parametrize(
    ("query", "headlines"),
    [
        ("铁", {"校园铁人三项赛开赛"}),
        ("开", {"校园铁人三项赛开赛", "图书馆延长开放时间"}),
        ("馆", {"图书馆延长开放时间"}),
        ("铁人", {"校园铁人三项赛开赛"}),
        ("人三项", {"校园铁人三项赛开赛"}),
        ("校园铁人三项赛开赛", {"校园铁人三项赛开赛"}),
        ("图书 座位", {"图书馆延长开放时间"}),
        ("图书 冠军", set()),
        # Each pair of it is there, but not side by side
        ("三项三百", set()),
        ("時間", {"图书馆延长开放时间"}),
        ("圖書館", {"图书馆延长开放时间"}),
        ("圖(tú)書(shū)館", {"图书馆延长开放时间"}),
        ("Triathlon", {"校园铁人三项赛开赛"}),
        ("triath", {"校园铁人三项赛开赛"}),
        ("ＴＲＩＡＴＨＬＯＮ", {"校园铁人三项赛开赛"}),
        ("athlon", set()),
        ("campus 2026 冠军", {"校园铁人三项赛开赛"}),
        ("AI助手", {"图书馆延长开放时间"}),
        ("欧阳雨桐", {"校园铁人三项赛开赛"}),
        ("雨桐", {"校园铁人三项赛开赛"}),
        ("体育工作", {"校园铁人三项赛开赛"}),
        ("健身", {"校园铁人三项赛开赛"}),
        ("science", {"校园铁人三项赛开赛"}),
        ("参加Campus", {"校园铁人三项赛开赛"}),
        ("篮球", set()),
        ("", set()),
        ("，。！", set()),
    ],
)
def test_find_meets_words_of_any_length(editions, query, headlines):
    assert found(query) == headlines


@pytest.mark.parametrize(
    "query",
    [
        *(
            '"',
            "'",
            "''",
            '"铁人" OR "图书"',
            "铁人* NOT 图书",
            "NEAR(铁 人)",
            "tokens:铁",
            "铁'人",
        ),
        *(
            "铁人 & !图书",
            "a | b",
            "铁:*",
            "%",
            "_",
            "\\",
            "铁\x00人",
            "\ud800",
            "(",
            ")",
            "-",
            "--",
        ),
        *("铁" * 10_000, "铁人三项" * 3_000, "x" * 10_000, "x " * 5_000, '"' * 10_000),
        *("<script>", "; DROP TABLE articles_edition", "😀", "{{ 铁 }}", "%s %(a)s", "a_b_c"),
    ],
)
def test_find_answers_whatever_is_typed(editions, query):
    assert found(query) <= {"校园铁人三项赛开赛", "图书馆延长开放时间"}


def test_find_takes_operators_for_words(editions):
    assert found("铁人 OR 图书馆") == set()


def test_find_shows_only_what_is_live_at_the_moment():
    publish(make_article("春季运动会开幕"), expires_at=NOON + timedelta(hours=2))
    publish(make_article("秋季运动会开幕"), live_from=NOON + timedelta(hours=3))
    make_article("冬季运动会开幕")

    assert [
        found("运动会", NOON - timedelta(seconds=1)),
        found("运动会", NOON + timedelta(hours=1)),
        found("运动会", NOON + timedelta(hours=2)),
        found("运动会", NOON + timedelta(hours=3)),
    ] == [set(), {"春季运动会开幕"}, set(), {"秋季运动会开幕"}]


def test_find_forgets_a_withdrawn_article():
    edition = make_edition("运动会成绩公布")
    before = found("成绩")
    publishing.withdraw(
        edition.article, user=make_user("chief editor"), at=LATER, reason="成绩有误"
    )

    assert (before, found("成绩", LATER)) == ({"运动会成绩公布"}, set())


def test_find_reads_words_far_into_a_long_text():
    make_edition("长文", body=f"<p>{'校园生活与学术研究' * 4_000}量子比特</p>")

    assert (found("量子比特"), found("子比"), found("量比")) == ({"长文"}, {"长文"}, set())


def test_index_holds_the_longest_words_and_texts():
    noise = "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(150_000))
    make_edition("乱码", body=f"<p>{'x' * 5_000} {noise}</p>")

    assert found("乱码") == {"乱码"}


def test_index_knows_rare_characters_of_names():
    article = make_article("𬭎先生来访")
    Credit.objects.create(article=article, role=Role.EDITOR, name="王𬬭")
    make_edition("别的先生来访")
    publish(article)

    assert found("𬭎") == {"𬭎先生来访"}
    assert found("𬭎先生") == {"𬭎先生来访"}


def test_index_again_changes_nothing():
    edition = make_edition("图书馆")
    search.index(edition)

    assert found("图书") == {"图书馆"}


def test_rebuild_finds_the_same(editions, capsys):
    before = found("开")
    EditionWords.objects.all().delete()
    without = found("开")
    call_command("rebuild_search")

    assert (without, found("开")) == (set(), before)
    assert capsys.readouterr().out == "2 editions are indexed.\n"


def test_mark_divides_a_text_without_losing_any():
    assert search.mark("用ＡＩ讀圖書館的書", "图书 ai") == [
        Piece("用", is_hit=False),
        Piece("ＡＩ", is_hit=True),
        Piece("讀", is_hit=False),
        Piece("圖書", is_hit=True),
        Piece("館的書", is_hit=False),
    ]


@pytest.mark.parametrize("query", ["", "篮球", '"'])
def test_mark_leaves_a_text_whole_without_a_hit(query):
    assert search.mark("<b>图书馆", query) == [Piece("<b>图书馆", is_hit=False)]


def test_excerpts_stand_around_the_first_hit(django_assert_num_queries):
    far = make_edition("一", body=f"<p>{'前' * 200}图书馆{'后' * 200}</p>")
    none = make_edition("图书馆", body="<p>短文。</p>")

    with django_assert_num_queries(1):
        shown = search.excerpts([far, none], "图书馆", length=12)

    assert shown == {
        far.pk: [
            Piece("…", is_hit=False),
            Piece("前前前", is_hit=False),
            Piece("图书馆", is_hit=True),
            Piece("后" * 6, is_hit=False),
            Piece("…", is_hit=False),
        ],
        none.pk: [Piece("短文。", is_hit=False)],
    }
