"""Which editions a search finds, in which order, and that it finds nothing else."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import search
from articles.actions import publishing, writing
from articles.models import Credit, Edition, EditionWords, Role
from articles.search import Place, Rank, Wanted
from articles.search.finding import _by_index
from articles.search.words import phrases
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


def hits(query, at=LATER, most=100, **asked):
    """Give the headlines that a search finds, in its order."""
    editions = Edition.objects.in_bulk()
    places = search.find(Wanted(query, **asked), at=at, most=most)
    return [editions[place.edition].headline for place in places]


def found(query, at=LATER):
    return set(hits(query, at))


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
        ("“铁人三项”", {"校园铁人三项赛开赛"}),
        ('"参加 Campus Triathlon"', {"校园铁人三项赛开赛"}),
        ("「选手参加」 冠军", {"校园铁人三项赛开赛"}),
        ("“2026 冠军”", {"校园铁人三项赛开赛"}),
        ("“铁人 冠军”", set()),
        ('"triath"', set()),
        ('"Triathlon', {"校园铁人三项赛开赛"}),
        ("“”", set()),
        ("campus 2026 冠军", {"校园铁人三项赛开赛"}),
        ("AI助手", {"图书馆延长开放时间"}),
        ("欧阳雨桐", {"校园铁人三项赛开赛"}),
        ("雨桐", {"校园铁人三项赛开赛"}),
        ("体育工作", {"校园铁人三项赛开赛"}),
        ("健身", {"校园铁人三项赛开赛"}),
        ("science", {"校园铁人三项赛开赛"}),
        ("参加Campus", {"校园铁人三项赛开赛"}),
        ("篮球", set()),
        ("", {"校园铁人三项赛开赛", "图书馆延长开放时间"}),
        ("，。！", set()),
    ],
)
def test_find_meets_words_of_any_length(editions, query, headlines):
    assert found(query) == headlines


def test_neighbours_with_the_same_digest_are_told_apart(monkeypatch):
    monkeypatch.setattr("articles.search.indexing.crc32", lambda _text: 7)
    make_edition("学生老师座谈", body="<p>学生，老师。Open Day</p>")
    make_edition("老师看望学生们", body="<p>老师，学生。Day open</p>")

    answers = {query: found(query) for query in ("学生老师", "“学生 老师”", '"open day"')}

    assert all(headlines == {"学生老师座谈"} for headlines in answers.values())


def test_phrase_of_words_that_all_have_reads_the_texts_that_have_them_side_by_side():
    for number in range(3):
        make_edition(f"标题{number}", body="<p>学生来了。老师来了。</p>")
    make_edition("标题三", body="<p>学生，老师。</p>")
    asked = phrases("“学生 老师”")

    by_index = EditionWords.objects.filter(_by_index(asked, Rank.ANYWHERE, (), ["‡year-2026"]))

    assert [words.edition.headline for words in by_index] == ["标题三"]


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
            "§铁人 ¶铁人 ‡form-news",
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
    search.index([edition])

    assert found("图书") == {"图书馆"}


def test_rebuild_finds_the_same(editions, capsys):
    before = found("开")
    EditionWords.objects.all().delete()
    without = found("开")
    call_command("rebuild_search")

    assert (without, found("开")) == (set(), before)
    assert capsys.readouterr().out == "2 editions are indexed.\n"


def test_find_names_with_and_without_the_blank_in_them():
    make_edition("一", body="<p>记者 王 伟 李　强 摄</p>")
    make_edition("二", body="<p>记者王伟摄</p>")
    make_edition("三", body="<p>王者归来，伟大</p>")

    assert [found(query) for query in ("王伟", "王 伟", "王　伟", "李强", "李 强")] == [
        *[{"一", "二"}] * 3,
        *[{"一"}] * 2,
    ]


def several():
    """Publish five articles, the newest first, of each rank one, and two alike."""
    for hours, headline, about in (
        (0, "新校车", {"body": "<p>途经图书馆。</p>"}),
        (1, "新食堂", {"tags": ("图书馆",)}),
        (2, "图书馆开放", {}),
        (3, "新宿舍", {"unit": make_unit("图书馆")}),
        (4, "图书馆改建", {}),
    ):
        make_edition(headline, at=NOON - timedelta(hours=hours), **about)


BEST = ["图书馆开放", "图书馆改建", "新食堂", "新宿舍", "新校车"]


def test_find_puts_headings_above_names_above_bodies_and_the_newest_first():
    several()

    assert hits("图书馆") == BEST
    assert hits("图书") == BEST
    assert hits("馆") == BEST
    assert hits("“图书馆”") == BEST


def test_find_ranks_by_all_words():
    make_edition("图书馆", body="<p>开放</p>", at=NOON)
    make_edition("图书馆开放", at=NOON - timedelta(days=1))

    assert hits("开放 图书馆") == ["图书馆开放", "图书馆"]


def test_find_the_newest_first_if_asked():
    several()

    assert hits("图书馆", by_date=True) == [
        "新校车", "新食堂", "图书馆开放", "新宿舍", "图书馆改建",
    ]  # fmt: skip


@pytest.mark.parametrize("by_date", [False, True])
def test_find_goes_on_from_any_place_and_back(by_date):
    several()
    wanted = Wanted("图书馆", by_date=by_date)
    all_ = search.find(wanted, at=LATER, most=100)

    for number, place in enumerate(all_):
        onwards = search.find(wanted, at=LATER, most=2, beyond=place)
        back = search.find(wanted, at=LATER, most=2, beyond=place, backwards=True)
        assert onwards == all_[number + 1 : number + 3]
        assert back == all_[:number][::-1][:2]


def test_find_goes_back_among_articles_of_one_moment():
    editions = [make_edition("书院", at=NOON) for _ in range(3)]
    newest_first = [edition.article_id for edition in reversed(editions)]
    wanted = Wanted("书院", by_date=True)
    last = search.find(wanted, at=NOON, most=3)[-1]

    back = search.find(wanted, at=NOON, most=2, beyond=last, backwards=True)

    assert last.article == newest_first[2]
    assert [place.article for place in back] == [newest_first[1], newest_first[0]]


def test_find_looks_as_far_back_as_there_are_articles():
    days = (0, 20, 45, 400, 800, 2400)
    for number in days:
        make_edition(f"校庆{number}", at=NOON - timedelta(days=number))
    make_edition("别的", at=NOON - timedelta(days=2450))

    expected = [f"校庆{number}" for number in days]
    assert hits("校庆") == expected
    assert hits("校庆", most=4) == expected[:4]
    last = search.find(Wanted("校庆"), at=LATER, most=100)[-1]
    back = search.find(Wanted("校庆"), at=LATER, most=9, beyond=last, backwards=True)
    assert len(back) == 5


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("year", [1, 9999])
def test_find_looks_nowhere_for_what_is_beyond_all_articles(year, backwards):
    make_edition("校庆", at=NOON)
    make_edition("百年校庆", at=NOON - timedelta(days=800))
    beyond = Place(Rank.HEADING, NOON.replace(year=year), 1)

    with CaptureQueriesContext(connection) as queries:
        found = search.find(Wanted("校庆"), at=LATER, most=9, beyond=beyond, backwards=backwards)

    assert len(found) == (2 if (year == 1) == backwards else 0)
    assert not any("‡year-0002" in q["sql"] or "‡year-9998" in q["sql"] for q in queries)


def test_find_an_article_with_its_day_in_the_future():
    make_edition("校庆预告", displayed_at=NOON + timedelta(days=400))

    assert hits("校庆") == ["校庆预告"]


def test_find_narrows_by_everything_that_the_index_has():
    person, unit = make_person("李明远"), make_unit("校史馆")
    section = make_section("学术")
    article = make_article(
        "校庆甲", unit=unit, section=section, tags=("百年-校庆",), form="video", at=NOON
    )
    Credit.objects.filter(article=article).update(person=person)
    writing.finish_change(article, author=article.created_by, at=NOON)
    edition = publish(article)
    make_edition("校庆乙", at=NOON - timedelta(days=40))
    each = [
        ("section", section.pk),
        ("unit", unit.slug),
        ("person", person.pk),
        ("tag", edition.tags.get().slug),
        ("form", "video"),
    ]

    assert [hits("校庆", filters=(one,)) for one in each] == [["校庆甲"]] * 5
    assert hits("", filters=tuple(each)) == ["校庆甲"]
    assert hits("校庆", filters=(("form", "brief"),)) == []
    assert hits("校庆", filters=(("form", "\" OR '|"),)) == []
    assert hits("校庆", since=NOON - timedelta(days=1)) == ["校庆甲"]
    assert hits("校庆", until=NOON) == ["校庆乙"]
    assert hits("", until=NOON) == ["校庆乙"]
    assert hits("，", filters=tuple(each)) == []


def test_places_say_rank_date_and_article():
    edition = make_edition("图书馆")

    assert search.find(Wanted("图书馆"), at=LATER, most=1) == [
        Place(Rank.HEADING, NOON, edition.article_id, edition.pk)
    ]
