"""The pages that readers see."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.actions import publishing, reviewing, writing
from articles.models import Credit, Placement, Section
from tests.analytics.clicking import click
from tests.articles.public.helpers import headlines, text
from tests.factories import (
    approve,
    change,
    make_article,
    make_edition,
    make_person,
    make_photo,
    make_section,
    make_unit,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def recently(hours: int = 1):
    return timezone.now() - hours * HOUR


def test_article_prints_the_edition(client):
    section = make_section("综合新闻", slug="news")
    unit = make_unit("图书馆", slug="library")
    person = make_person("陈晨")
    article = make_article(
        "图书馆夜间开放",
        section=section,
        unit=unit,
        kicker="服务",
        subhead="首月逾两万人次",
        body="<p>灯亮到零点。</p>",
        tags=("阅读",),
        source="校报",
    )
    Credit.objects.create(article=article, role="editor", person=person, name="陈晨", position=1)
    article = change(article, by=article.created_by, at=recently(3))
    edition = publish(article, at=recently())

    page = text(client.get(edition.get_absolute_url()))

    for printed in (
        "<h1>图书馆夜间开放</h1>",
        "服务",
        "首月逾两万人次",
        "<p>灯亮到零点。</p>",
        reverse("articles:section", args=["news"]),
        reverse("articles:unit", args=["library"]),
        reverse("articles:person", args=[person.pk]),
        reverse("articles:tag", args=["阅读"]),
        "Source: 校报",
        reverse("articles:qr_code", args=[article.pk]),
        "https://service.weibo.com/share/share.php?url=http%3A%2F%2Ftestserver",
    ):
        assert printed in page, printed


def test_article_under_another_slug_leads_to_the_right_one(client):
    edition = make_edition(at=recently())
    right = edition.get_absolute_url()

    for slug in ("wrong", "-"):
        answer = client.get(reverse("articles:article", args=[edition.article_id, slug]))
        assert (answer.status_code, answer["Location"]) == (301, right)
    answer = client.get(reverse("articles:article", args=[edition.article_id]))
    assert (answer.status_code, answer["Location"]) == (301, right)


@pytest.mark.parametrize("number", [0, 4711, 10**17])
def test_article_that_never_was_is_not_found(client, number):
    answer = client.get(reverse("articles:article", args=[number]))

    assert answer.status_code == 404
    assert "There is no page at this address" in text(answer)
    assert reverse("articles:front_page") in text(answer)


def test_article_that_readers_have_not_seen_yet_is_not_found(client):
    draft = make_article("甲草稿")
    approved = approve(make_article("乙待发"), at=recently())
    scheduled = publish(
        make_article("丙定时"), at=timezone.now(), live_from=timezone.now() + HOUR
    ).article
    plan = publish(make_article("丁取消定时"), at=timezone.now(), live_from=timezone.now() + HOUR)
    publishing.unschedule(
        plan.article, user=make_user("chief editor"), seen_edition=plan.pk, at=timezone.now()
    )

    answers = [
        client.get(reverse("articles:article", args=[article.pk, "-"]))
        for article in (draft, approved, scheduled, plan.article)
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({text(answer) for answer in answers}) == 1


def test_withdrawn_article_leaves_a_tombstone(client):
    edition = make_edition("来源不明的消息", at=recently())
    publishing.withdraw(
        edition.article,
        user=make_user("chief editor"),
        reason="当事人投诉",
        public_note="应来源方要求撤回。",
        at=timezone.now(),
    )

    answer = client.get(edition.get_absolute_url())

    assert answer.status_code == 410
    assert "This article has been withdrawn" in text(answer)
    assert "应来源方要求撤回。" in text(answer)
    assert "当事人投诉" not in text(answer)
    assert "来源不明的消息" not in text(answer)


def test_expired_article_is_gone(client):
    edition = publish(make_article(), at=recently(3), expires_at=recently())

    answer = client.get(edition.get_absolute_url())

    assert answer.status_code == 410
    assert "no longer on this site" in text(answer)


def test_change_is_seen_when_it_is_published(client):
    edition = make_edition("第一版", at=recently(5))
    editor = make_user("desk editor")
    article = change(edition.article, by=editor, at=recently(4), headline="第二版")
    reviewing.submit(article, user=editor, at=recently(4))
    for group in ("desk editor", "chief editor"):
        reviewing.approve(
            article,
            reviewer=make_user(group),
            seen_version=article.version_number,
            at=recently(3),
        )
    assert "第二版" not in text(client.get(edition.get_absolute_url()))

    second = publishing.publish(article, user=make_user("chief editor"), at=recently())

    assert "<h1>第二版</h1>" in text(client.get(second.get_absolute_url()))


def test_section_that_is_renamed_has_its_new_name_on_old_articles(client):
    section = make_section("综合新闻", slug="news")
    edition = make_edition(section=section, at=recently())
    client.get(edition.get_absolute_url())
    section.name, section.slug = "要闻", "top"
    section.save()

    page = text(client.get(edition.get_absolute_url()))

    assert '<a href="/sections/top/">要闻</a></p>' in page
    assert "综合新闻" not in page


def test_article_leads_to_its_neighbours_in_the_section(client):
    section = make_section()
    times = [recently(3), recently(2), recently(2), recently(1)]
    first, second, third, _last = [
        make_edition(f"第{number}篇", section=section, at=at) for number, at in enumerate(times, 1)
    ]
    make_edition("别处", at=recently(2))

    page = text(client.get(second.get_absolute_url()))

    turn = page[page.index('<nav class="turn"') : page.index("</nav>", page.index("turn"))]
    assert first.get_absolute_url() in turn
    assert third.get_absolute_url() in turn
    assert turn.count("<a ") == 2


def test_headline_cannot_leave_the_block_of_data(client):
    edition = make_edition("</script><b>甲</b>", at=recently())

    page = text(client.get(edition.get_absolute_url()))

    assert "<b>甲" not in page
    assert "\\u003C/script\\u003E" in page


@pytest.mark.parametrize("others", [1, 5])
def test_article_asks_one_question(client, settings, django_assert_num_queries, others):
    settings.RAIL_CACHE_SECONDS = settings.FRAME_CACHE_SECONDS = 60
    section = make_section()
    article = make_article(section=section, tags=("一", "二"))
    for place in range(others):
        article.photos.create(photo=make_photo(user=article.created_by), position=place)
    writing.finish_change(article, author=article.created_by, at=recently(4))
    article.refresh_from_db()
    edition = publish(article, at=recently(3))
    for hours in (1, 4, 5, 6):
        make_edition(section=section, tags=("一",), at=recently(hours))
    click(edition, *range(others), at=recently(2))
    address = edition.get_absolute_url()
    client.get(address)  # the boards beside it and the sections above are known from here on

    with django_assert_num_queries(1):
        page = client.get(address)
    with django_assert_num_queries(1):
        unchanged = client.get(address, headers={"If-None-Match": page["ETag"]})

    assert f"Clicks {others}<" in text(page)
    assert text(page).count('class="view"') == others
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged["ETag"] == page["ETag"]


def test_changed_article_is_sent_to_whoever_has_the_old_one(client):
    edition = make_edition(at=recently(2))
    address = edition.get_absolute_url()
    before = client.get(address)
    click(edition, 1, at=recently(1))

    after = client.get(address, headers={"If-None-Match": before["ETag"]})

    assert after.status_code == 200
    assert "Clicks 1<" in text(after)


@pytest.fixture
def lists():
    """Give the address of each kind of list with something that fills it, and its queries."""
    section, unit, person = make_section(), make_unit(), make_person()

    def fill(number: int) -> None:
        for hours in range(number):
            article = make_article(section=section, unit=unit, tags=("校庆",))
            for role in ("author", "editor"):
                Credit.objects.create(
                    article=article, role=role, person=person, name=person.name, position=9
                )
            article = change(article, by=article.created_by, at=recently(hours + 2))
            publish(article, at=recently(hours + 1))

    month = timezone.localtime(recently(6))
    return fill, {
        "section": (reverse("articles:section", args=[section.slug]), 8),
        "unit": (reverse("articles:unit", args=[unit.slug]), 10),
        "person": (reverse("articles:person", args=[person.pk]), 10),
        "tag": (reverse("articles:tag", args=["校庆"]), 5),
        "month": (reverse("articles:month", args=[f"{month:%Y}", f"{month:%m}"]), 6),
    }


@pytest.mark.usefixtures("_boards_apart")
@pytest.mark.parametrize("rows", [1, 5])
@pytest.mark.parametrize("name", ["section", "unit", "person", "tag"])
def test_list_asks_as_much_for_many_as_for_one(
    client, django_assert_num_queries, lists, name, rows
):
    fill, addresses = lists
    fill(rows)
    address, queries = addresses[name]

    with django_assert_num_queries(queries):
        page = client.get(address)

    assert len(headlines(page)) == rows


@pytest.mark.parametrize("name", ["section", "unit", "person", "tag"])
def test_list_shows_only_what_is_live(client, lists, name):
    fill, addresses = lists
    fill(3)
    address, _queries = addresses[name]
    before = headlines(client.get(address))
    gone = Section.objects.get(editions__headline=before[1]).editions.get(headline=before[1])
    publishing.withdraw(
        gone.article, user=make_user("chief editor"), reason="错误", at=timezone.now()
    )

    after = headlines(client.get(address))

    assert after == [before[0], before[2]]


def test_names_of_drafts_are_not_found(client):
    person, unit = make_person("未见报"), make_unit("新单位", slug="new")
    article = make_article(unit=unit, tags=("绝密",))
    Credit.objects.create(article=article, role="editor", person=person, name="未见报", position=1)

    assert client.get(reverse("articles:person", args=[person.pk])).status_code == 404
    assert client.get(reverse("articles:tag", args=["绝密"])).status_code == 404
    assert headlines(client.get(reverse("articles:unit", args=["new"]))) == []


def test_lists_tell_what_is_no_text(client):
    section, now = make_section(slug="campus"), timezone.now()
    for hours, form in enumerate(("news", "photo_story", "video"), start=1):
        make_edition(form, form=form, section=section, at=now - timedelta(hours=hours))

    cards = re.findall(
        r'<article class="card.*?</article>', text(client.get("/sections/campus/")), re.DOTALL
    )

    assert [re.findall(r"<span>(Photo story|Video)</span>", card) for card in cards] == [
        [],
        ["Photo story"],
        ["Video"],
    ]


def test_pages_turn_both_ways(client, monkeypatch):
    monkeypatch.setattr("articles.public.lists.listing.PAGE_SIZE", 2)
    section = make_section()
    at = recently()
    names = [make_edition(f"第{n}篇", section=section, at=at).headline for n in range(5)]
    address = reverse("articles:section", args=[section.slug])

    first = client.get(address)
    second = client.get(address, {"before": str(first.context["page"].older)})
    third = client.get(address, {"before": str(second.context["page"].older)})
    back = client.get(address, {"after": str(third.context["page"].newer)})
    front = client.get(address, {"after": str(back.context["page"].newer)})

    pages = [headlines(page) for page in (first, second, third, back, front)]
    newest = names[::-1]
    assert pages == [newest[:2], newest[2:4], newest[4:], newest[2:4], newest[:2]]
    assert third.context["page"].older is None
    assert front.context["page"].newer is None


@pytest.mark.parametrize(
    "cursor", ["x", "20261345T999999000000-1", "20261120T120000000000", "0-0", "一"]
)
def test_cursor_that_we_never_wrote_is_not_found(client, cursor):
    section = make_section()
    make_edition(section=section, at=recently())

    answer = client.get(reverse("articles:section", args=[section.slug]), {"before": cursor})

    assert answer.status_code == 404


def test_front_page_is_laid_out_by_editors(client):
    news, notices = make_section("综合新闻"), make_section("通知", kind="notice")
    old = make_edition("旧闻", section=news, at=recently(9))
    newer = make_edition("新闻", section=news, at=recently(2))
    notice = make_edition("停水通知", section=notices, at=recently(1))
    hidden = make_article("未发", section=news)
    for article, position in ((hidden, 0), (old.article, 1)):
        Placement.objects.create(
            slot="lead", article=article, position=position, live_from=recently(5)
        )

    front = client.get("/").context["front"]

    assert front.lead.pk == old.pk
    assert [edition.pk for edition in front.heads] == [newer.pk]
    assert [[e.pk for e in shown.editions] for shown in front.below] == [[notice.pk]]
    assert "未发" not in text(client.get("/"))


@pytest.mark.parametrize(
    ("prefix", "expected"), [("", ["新闻", "News"]), ("/en", ["News", "新闻"])]
)
def test_slot_shows_what_its_readers_read_first(client, prefix, expected):
    section = make_section()
    for headline, language in (("新闻", "zh-hans"), ("News", "en")):
        edition = make_edition(headline, language=language, section=section, at=recently(200 * 24))
        Placement.objects.create(slot="lead", article=edition.article, live_from=recently(5))

    front = client.get(f"{prefix}/").context["front"]

    assert [edition.headline for edition in front.top] == expected


def test_placement_ends_by_itself(client):
    section = make_section()
    old, new = (make_edition(section=section, at=recently(hours)) for hours in (9, 2))
    Placement.objects.create(
        slot="lead", article=old.article, live_from=recently(5), live_until=recently(1)
    )

    assert client.get("/").context["front"].lead.pk == new.pk


@pytest.mark.usefixtures("_boards_apart")
@pytest.mark.parametrize("rows", [8, 15])
def test_front_page_asks_as_much_for_many_as_for_one(client, django_assert_num_queries, rows):
    section = make_section()
    for hours in range(rows):
        make_edition(section=section, at=recently(hours + 1))

    with django_assert_num_queries(10):
        client.get("/")


def test_front_page_leads_with_a_picture(client):
    section = make_section()
    article = make_article("有图", section=section)
    article.photos.create(photo=make_photo(user=article.created_by), position=0)
    writing.finish_change(article, author=article.created_by, at=recently(4))
    article.refresh_from_db()
    pictured = publish(article, at=recently(3))
    make_edition("无图", section=section, at=recently(1))

    assert client.get("/").context["front"].lead.pk == pictured.pk


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("", ["新闻", "舊聞", "News", "Old news"]),
        ("/zh-hant", ["新闻", "舊聞", "News", "Old news"]),
        ("/en", ["Old news", "News", "新闻", "舊聞"]),
    ],
)
def test_front_page_leads_with_what_its_readers_read(client, prefix, expected):
    section = make_section()
    make_edition("Long ago", language="en", section=section, at=recently(24 * 91))
    for hours, (headline, language) in enumerate(
        [("News", "en"), ("新闻", "zh-hans"), ("舊聞", "zh-hant")], start=1
    ):
        make_edition(headline, language=language, section=section, at=recently(hours))
    article = make_article("Old news", language="en", section=section)
    article.photos.create(photo=make_photo(user=article.created_by), position=0)
    writing.finish_change(article, author=article.created_by, at=recently(30))
    article.refresh_from_db()
    publish(article, at=recently(24))

    front = client.get(f"{prefix}/").context["front"]

    assert [edition.headline for edition in front.top] == [*expected, "Long ago"]


def test_empty_site_has_pages(client):
    for name in ("front_page", "archive", "search", "rss", "atom"):
        assert client.get(reverse(f"articles:{name}")).status_code == 200


def test_other_language_is_one_link_away(client):
    edition = make_edition(at=recently())
    address = edition.get_absolute_url()

    chinese = client.get(address)
    english = client.get(f"/en{address}")

    assert f'href="/en{address}" hreflang="en"' in text(chinese)
    assert f'href="{address}" hreflang="zh-hans"' in text(english)
    canonical = f'<link rel="canonical" href="http://testserver{address}">'
    assert canonical in text(chinese)
    assert f'<a href="http://testserver{address}">http://testserver{address}</a>' in text(chinese)
    assert canonical in text(english)
    assert [chinese["Content-Language"], english["Content-Language"]] == ["zh-hans", "en"]


def test_qr_code_is_a_drawing(client):
    answer = client.get(reverse("articles:qr_code", args=[5]))

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg ")


def test_failure_needs_no_database(client, django_assert_num_queries, monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("articles.public.lists.front.home", fail)
    client.raise_request_exception = False
    make_section()

    with django_assert_num_queries(1):  # the front page's own sections, before it fails
        answer = client.get("/")

    assert answer.status_code == 500
    assert "It is our fault" in text(answer)
