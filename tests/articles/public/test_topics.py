"""Topics as readers see them: their list, their pages, and where articles name them."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.actions import composing, publishing, topics
from articles.models import FrontBlock, Photo
from tests.factories import make_edition, make_photo, make_section, make_topic, make_user

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def now():
    return timezone.now()


def text(answer):
    return answer.content.decode()


def shown_on(answer):
    front, page = answer.context["front"], answer.context["page"]
    return (
        front.lead and front.lead.headline,
        [edition.headline for edition in front.heads],
        [edition.headline for edition in page.editions],
    )


def tagged(*headlines, tag="校庆", **fields):
    return [
        make_edition(headline, tags=(tag,), at=timezone.now() - (9 - number) * HOUR, **fields)
        for number, headline in enumerate(headlines)
    ]


def test_page_fills_itself_with_what_carries_its_tag_the_newest_first(client, now, monkeypatch):
    monkeypatch.setattr("articles.public.lists.front.HEADS", 1)
    tagged("一", "二", "三", "四")
    tagged("别的", tag="体育")
    make_topic("迎校庆", slug="a", tag="校庆", introduction="<p>开头<strong>的话</strong></p>")

    page = client.get("/topics/a/")

    assert shown_on(page) == ("四", ["三"], ["二", "一"])
    assert "<p>开头<strong>的话</strong></p>" in text(page)
    assert "Concluded" not in text(page)


def test_what_editors_place_comes_first_and_what_they_add_stands_by_its_day(client, now):
    first, _second, _third = tagged("一", "二", "三")
    other, added = tagged("别的", "加入的", tag="体育")
    topic = make_topic(slug="a", tag="校庆")
    words = {"user": make_user("desk editor"), "page": topic, "at": now - timedelta(minutes=1)}
    composing.place(first.article, key="lead", **words)
    block = composing.add_block(kind="group", title="场外", **words)
    composing.place(other.article, key=block.key, **words)
    composing.place(added.article, key="more", **words)

    page = client.get("/topics/a/")

    assert shown_on(page) == ("一", ["三", "加入的", "二"], [])
    blocks = page.context["front"].blocks
    shown = [(one.block.heading(), [e.headline for e in one.editions]) for one in blocks]
    assert shown == [("场外", [other.headline])]


def test_withdrawn_article_leaves_the_page(client, now):
    edition, *_ = tagged("撤下的", "留下的")
    topic = make_topic(slug="a", tag="校庆")
    chief = make_user("chief editor")
    composing.place(
        edition.article, user=chief, page=topic, key="lead", at=now - timedelta(minutes=1)
    )
    before = shown_on(client.get("/topics/a/"))
    publishing.withdraw(edition.article, user=chief, reason="核实", at=now)

    assert (before, shown_on(client.get("/topics/a/"))) == (
        ("撤下的", ["留下的"], []),
        ("留下的", [], []),
    )


@pytest.mark.parametrize("path", ["", "en/", "zh-hant/"])
def test_draft_and_planned_topics_are_not_there(client, now, path):
    make_topic("草稿题", slug="draft", shown_from=None)
    make_topic("将来题", slug="planned", shown_from=now + HOUR)
    make_topic("现在题", slug="now")
    slugs = ("draft", "planned", "now")

    pages = [client.get(f"/{path}topics/{slug}/").status_code for slug in slugs]
    feeds = [client.get(f"/{path}feeds/topics/{slug}/rss/").status_code for slug in slugs]

    assert pages == feeds == [404, 404, 200]
    everywhere = "".join(
        b"".join(client.get(there)).decode() for there in ("/", "/topics/", "/sitemap-lists.xml")
    )
    found = [word in everywhere for word in ("草稿题", "将来题", "draft/", "planned/", "现在题")]
    assert found == [False, False, False, False, True]


def test_list_has_current_ones_and_then_those_that_are_over(client, now):
    make_topic("旧", shown_from=now - 90 * HOUR)
    make_topic("新", shown_from=now - HOUR, concluded_at=now + HOUR)
    make_topic("早已结束", shown_from=now - 90 * HOUR, concluded_at=now - 9 * HOUR)
    make_topic("刚结束", slug="over", shown_from=now - 90 * HOUR, concluded_at=now - HOUR)

    page = client.get("/topics/")
    over = client.get("/topics/over/")

    assert [str(one) for one in page.context["current"]] == ["新", "旧"]
    assert [str(one) for one in page.context["concluded"]] == ["刚结束", "早已结束"]
    first, last = (timezone.localdate(now - hours * HOUR) for hours in (90, 1))
    times = re.findall(r'<time datetime="([-0-9]+)">', text(over).partition("<main")[2])
    assert times == [first.isoformat(), last.isoformat()]
    assert "Concluded" in text(over)


def test_empty_list_says_so_and_no_page_leads_there(client):
    page = client.get("/topics/")

    assert "There are no topics yet." in text(page)
    assert 'href="/topics/"' not in text(client.get("/"))
    make_topic()
    assert 'href="/topics/"' in text(client.get("/"))


def test_empty_topic_says_so(client):
    make_topic(slug="a")

    assert "Nothing has been published here yet." in text(client.get("/topics/a/"))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_earlier_slug_leads_on_in_the_readers_language(client, now, prefix):
    topic = make_topic(slug="old")
    topic.slug = "new"
    topics.save(topic, user=make_user("desk editor"), at=now)

    answer = client.get(f"{prefix}/topics/old/")

    assert (answer.status_code, answer.url) == (301, f"{prefix}/topics/new/")
    assert client.get(f"{prefix}/feeds/topics/old/rss/").status_code == 200


def test_photo_is_shown_with_its_credit_while_its_rights_last(client, now):
    photo = make_photo(photographer_name="沈若溪")
    make_topic("迎校庆", slug="a", photo=photo, photo_credit="沈若溪")

    before = [text(client.get(path)) for path in ("/topics/a/", "/topics/", "/")]
    Photo.objects.update(expires_at=now)
    after = [text(client.get(path)) for path in ("/topics/a/", "/topics/", "/")]

    assert [photo.image.url in page for page in (*before, *after)] == [True] * 3 + [False] * 3
    assert 'property="og:image"' in before[0]
    assert ["沈若溪" in page for page in (before[0], after[0])] == [True, False]


def test_readers_of_english_get_english_or_no_introduction(client):
    make_topic("迎校庆", slug="a", title_en="The Anniversary", introduction="<p>开头</p>")
    make_topic("新生", slug="b", introduction_en="<p>Hello</p>", introduction="<p>你好</p>")

    english, other = text(client.get("/en/topics/a/")), text(client.get("/en/topics/b/"))

    assert '<h1 lang="en">The Anniversary</h1>' in english
    assert '<h1 lang="zh-hans">新生</h1>' in other
    assert ["开头" in english, "你好" in other, "<p>Hello</p>" in other] == [False, False, True]


def test_readers_of_traditional_characters_get_them(client):
    make_topic("迎校庆", slug="a", introduction="<p>学校的历史</p>")

    page = text(client.get("/zh-hant/topics/a/"))

    assert ["迎校慶" in page, "學校的歷史" in page] == [True, True]


def test_page_tells_machines_what_it_is(client):
    [edition] = tagged("一")
    make_topic("迎校庆", slug="a", tag="校庆", introduction="<p>开头 & 的话</p>")

    page = text(client.get("/topics/a/"))

    [described] = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL
    )
    said = json.loads(described)
    assert (said["@type"], said["name"], said["url"], said["description"]) == (
        "CollectionPage", "迎校庆", "http://testserver/topics/a/", "开头 & 的话",
    )  # fmt: skip
    assert [step["item"] for step in said["breadcrumb"]["itemListElement"]] == [
        "http://testserver/", "http://testserver/topics/", "http://testserver/topics/a/",
    ]  # fmt: skip
    [item] = said["mainEntity"]["itemListElement"]
    assert item["url"] == f"http://testserver{edition.get_absolute_url()}"
    assert '<meta property="og:title" content="迎校庆"' in page
    assert '<link rel="canonical" href="http://testserver/topics/a/">' in page
    sitemap = b"".join(client.get("/sitemap-lists.xml")).decode()
    assert "<loc>http://testserver/en/topics/a/</loc>" in sitemap


def test_home_page_shows_current_topics_that_are_meant_for_it(client, now):
    make_topic("旧题", shown_from=now - 9 * HOUR)
    make_topic("新题", shown_from=now - HOUR)
    make_topic("不上首页", on_home_page=False)
    make_topic("已结束", shown_from=now - 9 * HOUR, concluded_at=now - HOUR)
    words = {"user": make_user("desk editor"), "page": None, "seen": "", "at": now}

    def on_home_page():
        blocks = client.get("/").context["front"].blocks
        return [str(topic) for shown in blocks for topic in shown.topics]

    by_itself = on_home_page()
    composing.change_block("topics", most=1, **words)
    fewer = on_home_page()
    composing.change_block("topics", is_shown=False, **words)

    assert (by_itself, fewer, on_home_page()) == (["新题", "旧题"], ["新题"], [])
    assert FrontBlock.objects.get(kind="topics").heading() == "current topics"


# The article page


def named(client, edition, prefix=""):
    page = text(client.get(f"{prefix}{edition.get_absolute_url()}"))
    line = re.search(r'<p class="note in-topic".*?</p>', page, re.DOTALL)
    return re.findall(r'<a href="([^"]+)" lang="([^"]+)">([^<]+)</a>', line[0]) if line else []


def test_article_names_the_topics_that_it_is_in(client, now):
    edition, _other = tagged("一", "二")
    placed = make_topic("专题甲", slug="a", title_en="Topic A")
    make_topic("专题乙", slug="b", tag="校庆", concluded_at=now - timedelta(minutes=1),
               shown_from=now - 3 * HOUR)  # fmt: skip
    draft = make_topic("草稿题", slug="c", tag="校庆", shown_from=None)
    make_topic("别的", slug="d", tag="体育")
    editor = make_user("desk editor")
    for topic in (placed, draft):
        composing.place(
            edition.article, user=editor, page=topic, key="more", at=now - timedelta(minutes=1)
        )

    assert named(client, edition) == [
        ("/topics/b/", "zh-hans", "专题乙"),
        ("/topics/a/", "zh-hans", "专题甲"),
    ]
    assert named(client, edition, "/en")[1] == ("/en/topics/a/", "en", "Topic A")


def test_article_names_a_topic_as_it_is_now(client, now):
    edition, _other = tagged("一", "二")
    topic = make_topic("旧名", slug="a")
    words = {"user": make_user("desk editor"), "page": topic}
    at = now - timedelta(minutes=1)

    before = named(client, edition)
    placement = composing.place(edition.article, key="heads", at=at, **words)
    placed = named(client, edition)
    topic.title, topic.slug = "新名", "b"
    topics.save(topic, user=words["user"], at=now)
    renamed = named(client, edition)
    composing.take_out(placement.pk, at=timezone.now(), **words)

    assert (before, placed, renamed, named(client, edition)) == (
        [],
        [("/topics/a/", "zh-hans", "旧名")],
        [("/topics/b/", "zh-hans", "新名")],
        [],
    )


@pytest.mark.parametrize("topics_there", [1, 5])
def test_article_page_asks_one_question_however_many_topics(
    client, django_assert_num_queries, settings, topics_there
):
    settings.FRAME_CACHE_SECONDS = settings.RAIL_CACHE_SECONDS = 60
    [edition] = tagged("一")
    for _ in range(topics_there):
        make_topic(tag="校庆")
    client.get(edition.get_absolute_url())

    with django_assert_num_queries(1):
        names = named(client, edition)

    assert len(names) == topics_there


@pytest.mark.parametrize("rows", [1, 5])
def test_topic_asks_as_much_for_many_as_for_one(client, django_assert_num_queries, rows):
    section = make_section()
    tagged(*"甲乙丙丁戊"[:rows], section=section)
    make_topic(slug="a", tag="校庆", photo=make_photo())
    for _ in range(rows):
        make_topic(photo=make_photo())

    with django_assert_num_queries(10):
        client.get("/topics/a/")
    with django_assert_num_queries(5):
        client.get("/topics/")


def test_topic_shows_within_the_second_what_was_changed(client, settings, now):
    settings.PAGE_CACHE_SECONDS = 0.05
    settings.FRAME_CACHE_SECONDS = 3600
    first, second = tagged("一", "二")
    topic = make_topic("旧名", slug="a", tag="校庆")
    words = {"user": make_user("chief editor"), "at": now}
    pages = [client.get("/topics/a/")]
    copies = client.get("/topics/a/").content == pages[0].content

    composing.place(first.article, page=topic, key="lead", **words)
    topic.title = "新名"
    topics.save(topic, **words)
    publishing.withdraw(second.article, reason="核实", **words)
    patience = timezone.now() + timedelta(seconds=5)
    while "新名" not in (page := text(client.get("/topics/a/"))) and timezone.now() < patience:
        pass

    assert copies
    assert [word in page for word in ("新名", "一", "二", "旧名")] == [True, True, False, False]
