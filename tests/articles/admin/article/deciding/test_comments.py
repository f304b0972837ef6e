"""Comments at the desk: beside the article, on a passage, answered, settled."""

import pytest

from articles.actions import commenting
from articles.models import Comment
from tests.factories import NOON, change, make_article, make_unit, make_user

pytestmark = pytest.mark.django_db


def address(article, rest="comment/"):
    return f"/admin/articles/article/{article.pk}/{rest}"


@pytest.fixture
def article(unit):
    return make_article(unit=unit, body="<p>到会四十余台设备。</p>")


def say(article, text="请附清单", **fields):
    author = fields.pop("author", None) or make_user("desk editor")
    return commenting.comment(article, author=author, text=text, at=NOON, **fields)


def test_comment_stands_beside_the_article(sign_in, article):
    browser, _user = sign_in("desk editor")

    answer = browser.post(
        address(article), {"passage": "四十余台", "text": "请附清单"}, follow=True
    )

    assert answer.redirect_chain == [(address(article, "change/#comments"), 302)]
    assert "请附清单" in answer.content.decode()


def test_passage_comes_from_the_address(sign_in, article):
    browser, _user = sign_in("desk editor")

    page = browser.get(address(article), {"passage": "四十余台"})

    assert page.context["form"]["passage"].value() == "四十余台"


@pytest.mark.parametrize(("body", "is_gone"), [("到会 四十余台", False), ("到会五十台", True)])
def test_page_says_when_a_passage_is_gone(sign_in, article, body, is_gone):
    browser, user = sign_in("desk editor")
    say(article, passage="四十余台")
    change(article, by=user, at=NOON, body=f"<p>{body}</p>")

    page = browser.get(address(article, "change/")).content.decode()

    assert ("These words are not in the text any more." in page) == is_gone


@pytest.mark.parametrize(
    ("passage", "text", "problem"),
    [
        ("没有的话", "请附清单", "These words are not in the article"),
        ("四十余台", "请@无此人 看", "begins with the name of nobody"),
    ],
)
def test_what_would_fail_silently_is_said_and_all_that_was_typed_stays(
    sign_in, article, passage, text, problem
):
    browser, _user = sign_in("desk editor")

    refused = browser.post(address(article), {"passage": passage, "text": text})

    form = refused.context["form"]
    assert problem in refused.content.decode()
    assert (form["passage"].value(), form["text"].value()) == (passage, text)
    assert not Comment.objects.exists()


def test_name_of_two_offers_both_and_keeps_the_text(sign_in, article):
    browser, _user = sign_in("desk editor")
    people = [make_user("desk editor", name="王敏") for _number in range(2)]

    asked = browser.post(address(article), {"text": "请@王敏核实"})
    offered = asked.context["form"].fields["tell"].queryset
    answer = browser.post(
        address(article),
        {"text": "请@王敏核实", "offered": asked.context["offered"], "tell": people[1].pk},
    )

    assert set(people) <= set(offered)
    assert "请@王敏核实" in asked.content.decode()
    assert answer.status_code == 302
    assert list(Comment.objects.get().mentioned.all()) == [people[1]]


def test_only_who_may_see_the_article_is_offered_however_the_address_asks(sign_in, article):
    browser, _user = sign_in("correspondent", unit=article.unit)
    colleague = make_user("correspondent", unit=article.unit, name="王敏")
    stranger = make_user("correspondent", unit=make_unit(), name="外单位的人")

    page = browser.get(f"{address(article)}?offered={colleague.pk}&offered={stranger.pk}")

    assert "王敏" in page.content.decode()
    assert "外单位的人" not in page.content.decode()


def test_comment_is_answered_settled_and_opened_again(sign_in, article):
    browser, user = sign_in("correspondent", unit=article.unit)
    first = say(article)

    browser.post(address(article), {"text": "已附", "reply": first.pk})
    browser.post(address(article, f"comments/{first.pk}/settle/"))

    assert [reply.text for reply in first.replies.all()] == ["已附"]
    first.refresh_from_db()
    assert first.settled_by == user
    browser.post(address(article, f"comments/{first.pk}/open/"))
    first.refresh_from_db()
    assert first.settled_by is None


def test_comment_counts_below_its_own_article_only(sign_in, article, unit):
    browser, _user = sign_in("correspondent", unit=unit)
    elsewhere = say(make_article())

    answers = [
        browser.post(address(article, f"comments/{elsewhere.pk}/settle/")),
        browser.post(address(article), {"text": "回答", "reply": elsewhere.pk}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert elsewhere.replies.count() == 0


def test_comments_are_hidden_from_strangers_and_closed_to_readers(client, sign_in, article):
    comment = say(article, "内部意见")
    stranger, _user = sign_in("correspondent", unit=make_unit())
    head, _user = sign_in("head")

    for path in ("comment/", f"comments/{comment.pk}/settle/"):
        assert stranger.post(address(article, path), {"text": "x"}).status_code == 404
        assert client.post(address(article, path), {"text": "x"}).status_code == 302
    assert head.post(address(article), {"text": "x"}).status_code == 403
    head.post(address(article, f"comments/{comment.pk}/settle/"))
    comment.refresh_from_db()
    assert comment.settled_at is None
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("number", [1, 5])
def test_page_asks_as_often_for_one_thread_as_for_five(
    sign_in, article, number, django_assert_num_queries
):
    browser, _user = sign_in("desk editor")
    for _number in range(number):
        say(article, "答", reply_to=say(article))

    with django_assert_num_queries(51):
        browser.get(address(article, "change/"))
