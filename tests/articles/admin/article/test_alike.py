"""Like articles: who may know of which, why they were found, and joining two of them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles.admin.article import alike
from articles.models import Article
from tests.factories import change, make_article, make_unit, publish, submit

pytestmark = pytest.mark.django_db

BODY = "<p>四月十九日下午，学校领导一行赴朝阳区走访座谈，就产业集群融合发展深入交流。</p>"
OTHER_BODY = "<p>张教授以精密测量为题，为全院师生作了一场学术报告，并回答提问。</p>"
DAY = date(2026, 11, 19)


def address(article, verb):
    return f"/admin/articles/article/{article.pk}/{verb}/"


def found(response):
    return [(other.headline, other.status, other.reasons) for other in response.context["alike"]]


@pytest.fixture
def story(unit):
    return make_article("校领导赴朝阳区走访座谈", unit=unit, body=BODY, event_date=DAY)


def test_submit_page_names_what_the_unit_may_know_of(sign_in, unit, story):
    browser, _user = sign_in("correspondent", unit=unit)
    publish(make_article("学校赴朝阳区走访", body=OTHER_BODY, event_date=DAY))
    make_article("校领导一行到朝阳区座谈", unit=unit, body=BODY)
    make_article("校领导赴朝阳区走访", body=BODY, event_date=DAY)  # another unit's draft
    make_article("仪器学院举办学术讲座", unit=unit, body=OTHER_BODY, event_date=DAY)

    page = browser.get(address(story, "submit"))

    assert found(page) == [
        (
            "校领导一行到朝阳区座谈",
            "draft",
            ["a like headline", "100 % of the shorter text is the same"],
        ),
        ("学校赴朝阳区走访", "published", ["a like headline", "the same event date"]),
    ]


def test_desk_knows_of_the_drafts_of_every_unit(sign_in, story):
    browser, _user = sign_in("desk editor")
    make_article("校领导赴朝阳区走访", body=OTHER_BODY, event_date=DAY)
    submit(story)

    page = browser.get(address(story, "approve"))

    assert [headline for headline, *_ in found(page)] == ["校领导赴朝阳区走访"]


def test_articles_of_another_time_are_not_like(sign_in, unit, story):
    browser, _user = sign_in("correspondent", unit=unit)
    long_ago = story.created_at - timedelta(days=60)
    make_article("校领导赴朝阳区走访座谈", unit=unit, body=BODY, at=long_ago)

    assert found(browser.get(address(story, "submit"))) == []


@pytest.mark.parametrize("others", [1, 5])
def test_submit_page_asks_as_often_for_one_as_for_five(
    sign_in, unit, story, others, django_assert_num_queries
):
    browser, _user = sign_in("correspondent", unit=unit)
    for _number in range(others):
        make_article("校领导赴朝阳区走访座谈", unit=unit, body=BODY)

    with django_assert_num_queries(24):
        page = browser.get(address(story, "submit"))

    assert len(found(page)) == others


def test_bodies_are_read_up_to_a_limit_and_headlines_beyond(sign_in, unit, story, monkeypatch):
    browser, _user = sign_in("correspondent", unit=unit)
    for _number in range(3):
        make_article(story.headline, unit=unit, body=f"<p>{'产业集群' * 6_000}</p>")
    read, plain = [], alike.richtext.plain_text
    monkeypatch.setattr(
        alike.richtext, "plain_text", lambda html: read.append(html) or plain(html)
    )
    monkeypatch.setattr(alike, "MOST_TEXT", 2 * 20_000)

    page = browser.get(address(story, "submit"))

    assert sorted(len(html) for html in read if "产业集群" * 100 in html) == [20_000, 20_000]
    assert [reasons for _headline, _status, reasons in found(page)] == [["a like headline"]] * 3


def test_desk_chooses_then_sees_what_will_happen_then_joins(sign_in, story):
    browser, _user = sign_in("desk editor")
    other = make_article("校领导赴朝阳区", unit=make_unit("党委宣传部"), body=BODY)

    asked = browser.post(address(story, "join"), {"into": other.pk})
    done = browser.post(
        address(story, "join"), {"into": other.pk, "version": other.version_number}
    )

    assert asked.status_code == 200
    assert "党委宣传部) goes on as a joint article" in asked.content.decode()
    assert done.headers["Location"] == f"/admin/articles/article/{other.pk}/change/"
    story.refresh_from_db()
    assert story.joined_into == other


def test_another_number_beats_the_choice(sign_in, story):
    browser, _user = sign_in("desk editor")
    other, meant = make_article(story.headline, body=BODY), make_article("另一篇")

    page = browser.post(address(story, "join"), {"into": other.pk, "other": meant.pk})

    assert page.context["into"] == meant


@pytest.mark.parametrize(
    ("typed", "error"),
    [({}, "Please choose an article."), ({"other": 10**9}, "There is no such article.")],
)
def test_join_page_says_what_is_missing(sign_in, story, typed, error):
    browser, _user = sign_in("desk editor")

    page = browser.post(address(story, "join"), typed)

    assert page.status_code == 200
    assert error in page.content.decode()


def test_join_of_what_moved_meanwhile_is_refused(sign_in, story):
    browser, _user = sign_in("desk editor")
    other = make_article(story.headline, body=BODY)
    change(other, by=other.created_by, at=timezone.now(), headline="改过")

    answer = browser.post(address(story, "join"), {"into": other.pk, "version": 1})

    assert answer.status_code == 403
    assert "saved this article after you had opened it" in answer.content.decode()
    assert Article.objects.get(pk=story.pk).joined_into is None


def test_join_page_is_the_desks(client, sign_in, unit, story):
    own, _user = sign_in("correspondent", unit=unit)
    stranger, _user = sign_in("correspondent", unit=make_unit())
    typed = {"into": make_article(unit=unit).pk, "version": 1}

    answers = [who.post(address(story, "join"), typed) for who in (own, stranger, client)]

    assert [answer.status_code for answer in answers] == [403, 404, 302]
    assert "Only the desk joins" in answers[0].content.decode()
