from datetime import timedelta

import pytest

from articles.actions import commenting
from articles.errands import running
from articles.models import Comment, Notice, NoticeKind
from articles.rights.permissions import NotAllowed
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def editor():
    return factories.make_user("desk editor", name="编辑")


@pytest.fixture
def article():
    return factories.make_article()


def say(article, author, text="请看这里", **fields):
    return commenting.comment(article, author=author, text=text, at=NOON, **fields)


def told() -> set[tuple[str, str]]:
    while running.run_due(LATER, worker="test"):
        pass
    return set(Notice.objects.values_list("user__name", "kind"))


def test_comment_keeps_version_passage_and_person(article, editor):
    written = say(article, editor, " 时间有误 ", passage=" 正文第一段 ")

    assert (written.text, written.passage, written.version_number, written.author) == (
        "时间有误",
        "正文第一段",
        1,
        editor,
    )
    assert told() == {(article.created_by.name, NoticeKind.COMMENT)}


def test_answer_to_an_answer_belongs_to_the_first_thread(article, editor):
    first = say(article, editor)
    second = say(article, article.created_by, "改好了", reply_to=first)

    third = say(article, editor, "谢谢", reply_to=second)

    assert [third.reply_to, second.reply_to] == [first, first]
    assert list(first.thread()) == [first, second, third]


def test_answer_is_told_to_everybody_in_the_thread(article, editor):
    first = say(article, editor)
    other = factories.make_user("desk editor", name="编辑二")
    told()
    Notice.objects.all().delete()

    say(article, other, "同意", reply_to=first)

    assert told() == {
        ("编辑", NoticeKind.COMMENT),
        (article.created_by.name, NoticeKind.COMMENT),
    }


@pytest.mark.parametrize("text", ["请@王敏核实", "@王敏，请核实", "问问＠王敏"])
def test_name_behind_the_sign_is_told(article, editor, text):
    factories.make_user("desk editor", name="王")
    meant = factories.make_user("desk editor", name="王敏")

    written = say(article, editor, text)

    assert list(written.mentioned.all()) == [meant]
    assert ("王敏", NoticeKind.MENTION) in told()


@pytest.mark.parametrize("name", ["外人", "离职", "没有此人"])
def test_name_of_nobody_who_may_read_it_is_refused_alike(article, editor, name):
    factories.make_user("correspondent", name="外人", unit=factories.make_unit())
    factories.make_user("desk editor", name="离职", is_active=False)

    with pytest.raises(
        commenting.NobodyIsMeant, match=f"“@{name}” begins with the name of nobody"
    ):
        say(article, editor, f"请@{name} 看")

    assert not Comment.objects.exists()
    assert told() == set()


def test_address_of_mail_is_no_mention(article, editor):
    assert say(article, editor, "请写信到 news@example.edu").mentioned.count() == 0


@pytest.mark.parametrize(
    ("passage", "stands"),
    [("正文\n第一段", True), ("旧题", True), ("导语里的话", True), ("别处的话", False)],
)
def test_passage_has_to_be_in_the_article(editor, passage, stands):
    article = factories.make_article("旧题", summary="导语里的话")

    if not stands:
        with pytest.raises(commenting.PassageIsNotThere):
            say(article, editor, passage=passage)
    else:
        say(article, editor, passage=passage)

    assert Comment.objects.exists() == stands


def test_name_of_two_asks_which_and_writes_nothing(article, editor):
    people = [factories.make_user("desk editor", name="王敏") for _number in range(2)]

    with pytest.raises(commenting.WhoIsMeant, match="2 colleagues are called 王敏") as asked:
        say(article, editor, "请@王敏核实")

    assert asked.value.people == people
    assert not Comment.objects.exists()
    assert list(say(article, editor, "请@王敏核实", tell=[people[1]]).mentioned.all()) == [
        people[1]
    ]


def test_names_are_looked_up_once_however_often_they_are_said(
    article, editor, django_assert_max_num_queries
):
    meant = [factories.make_user("desk editor", name=name) for name in ("王敏", "李静")]

    with django_assert_max_num_queries(30):
        written = say(article, editor, "@王敏@李静，" * 200)

    assert sorted(written.mentioned.all(), key=lambda user: user.pk) == meant


def test_more_names_than_anybody_means_are_refused(article, editor):
    meant = factories.make_user("desk editor", name="王敏")
    names = [f"@王敏{number}" for number in range(21)]

    with pytest.raises(NotAllowed, match="up to 20 colleagues"):
        say(article, editor, " ".join(names))

    assert say(article, editor, " ".join(names[:20])).mentioned.get() == meant


def test_thread_is_settled_and_opened_again_as_a_whole(article, editor):
    first = say(article, editor)
    answer = say(article, article.created_by, "改好了", reply_to=first)

    settled = commenting.settle(answer, user=editor, at=LATER)

    assert (settled, settled.settled_at, settled.settled_by) == (first, LATER, editor)
    opened = commenting.open_again(first, user=article.created_by, at=LATER)
    assert (opened.settled_at, opened.settled_by) == (None, None)


def test_comment_of_strangers_elsewhere_and_nothing_is_refused(article, editor):
    stranger = factories.make_user("correspondent", unit=factories.make_unit())
    elsewhere = say(factories.make_article(), editor)

    with pytest.raises(NotAllowed, match="no such article"):
        say(article, stranger)
    with pytest.raises(NotAllowed, match="no such comment"):
        say(article, editor, reply_to=elsewhere)
    with pytest.raises(NotAllowed, match="write something"):
        say(article, editor, "  ")
    with pytest.raises(NotAllowed, match="no such article"):
        commenting.settle(say(article, editor), user=stranger, at=LATER)


def test_people_around_are_those_with_a_part_who_may_see_it(article, editor):
    factories.submit(article)
    factories.make_user("desk editor", name="未参与")
    say(article, factories.make_user("chief editor", name="主编"))

    around = commenting.people_around(article, editor, NOON)

    assert {user.name for user in around} == {article.created_by.name, "主编"}
