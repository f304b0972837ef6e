"""The form of a topic: what it takes, what it refuses, and two editors at once."""

from datetime import timedelta

import pytest
import time_machine
from taggit.models import Tag

from articles.models import LogEntry, Topic
from tests.articles.admin.conftest import form_data
from tests.factories import NOON, make_edition, make_photo, make_topic

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/topic/"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def address(topic, way="change"):
    return f"{LIST}{topic.pk}/{way}/"


def errors(answer):
    return {k: list(v) for k, v in answer.context["adminform"].form.errors.items()}


def test_topic_is_made_with_its_tag_and_told_in_the_log(sign_in):
    browser, user = sign_in("desk editor")
    photo = make_photo("旧物", photographer_name="沈若溪")
    given = {
        "title": "迎校庆",
        "slug": "anniversary",
        "introduction": "<p>一<script>x</script><b>二</b></p><p>三</p>",
        "photo": photo.pk,
        "tag": "校 庆",
        "shown_from": "2026-11-20T11:00",
        "on_home_page": "on",
    }

    answer = browser.post(f"{LIST}add/", given)

    topic = Topic.objects.get()
    assert (answer.status_code, topic.title, topic.photo, topic.photo_credit) == (
        302, "迎校庆", photo, "沈若溪",
    )  # fmt: skip
    assert topic.introduction == "<p>一<strong>二</strong></p>\n<p>三</p>"
    assert (topic.tag, topic.shown_from) == (Tag.objects.get(name="校 庆").slug, NOON - HOUR)
    entry = LogEntry.objects.get(subject_type="articles.topic")
    assert (entry.action, entry.actor, entry.subject) == ("added", user, "迎校庆")
    assert "迎校庆" in entry.detail
    page = browser.get(address(topic))
    assert 'value="校 庆"' in page.content.decode()


def test_list_says_the_state_and_leads_to_composing(sign_in):
    browser, _user = sign_in("desk editor")
    make_topic("草稿题", shown_from=None)
    make_topic("旧题", shown_from=NOON - 9 * HOUR, concluded_at=NOON - HOUR)
    topic = make_topic("新题")

    page = browser.get(LIST)

    model_admin = page.context["cl"].model_admin
    states = [(str(row), str(model_admin.state(row))) for row in page.context["cl"].result_list]
    assert states == [("新题", "current"), ("旧题", "concluded"), ("草稿题", "draft")]
    assert f"/admin/desk/compose/topics/{topic.pk}/" in page.content.decode()


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"slug": "known"}, "slug", "Readers know “另一个” by this slug."),
        ({"shown_from": ""}, "shown_from", "Readers have seen this topic. "),
        ({"shown_from": "2026-11-21T11:00"}, "shown_from", "Readers have seen this topic. "),
        ({"concluded_at": "2026-11-20T10:00"}, "__all__", "It would end before it begins."),
        ({"shown_from": "", "concluded_at": "2026-11-20T10:00"}, "__all__", "A draft has no end"),
    ],
)
def test_what_cannot_be_is_said_where_it_was_typed(sign_in, given, field, said):
    make_topic("另一个").former_slugs.create(slug="known")
    topic = make_topic("校庆", slug="anniversary")
    browser, _user = sign_in("desk editor")
    data = form_data(browser.get(address(topic)), **given)

    answer = browser.post(address(topic), data)

    assert answer.status_code == 200
    assert said in errors(answer)[field][0]
    topic.refresh_from_db()
    assert (topic.title, topic.slug, topic.concluded_at) == ("校庆", "anniversary", None)


def test_second_save_takes_over_what_only_the_first_one_changed(sign_in):
    topic = make_topic("校庆", title_en="Anniversary", on_home_page=True)
    browser, _user = sign_in("desk editor")
    seen = browser.get(address(topic))
    Topic.objects.update(title_en="The Anniversary", on_home_page=False, tag="校庆")

    late = browser.post(address(topic), form_data(seen, title="迎校庆"))
    on_file = Topic.objects.get()
    again = browser.post(address(topic), form_data(late))

    assert (late.status_code, on_file.title, again.status_code) == (409, "校庆", 302)
    [said] = errors(late)["__all__"]
    assert said.startswith("Somebody saved this topic meanwhile. Nothing of yours is saved yet.")
    assert "Title in English、Tag、On the home page" in said
    now = Topic.objects.get()
    assert (now.title, now.title_en, now.tag, now.on_home_page) == (
        "迎校庆", "The Anniversary", "校庆", False,
    )  # fmt: skip


def test_second_save_of_the_same_field_shows_both_and_wants_another_press(sign_in):
    topic = make_topic("校庆", shown_from=NOON - HOUR)
    browser, _user = sign_in("desk editor")
    seen = browser.get(address(topic))
    Topic.objects.update(title="建校七十周年", concluded_at=NOON + 2 * HOUR)

    given = {"title": "迎校庆", "concluded_at": "2026-11-20T15:00"}
    late = browser.post(address(topic), form_data(seen, **given))
    on_file = Topic.objects.get().title
    again = browser.post(address(topic), form_data(late))

    assert (late.status_code, on_file, again.status_code) == (409, "建校七十周年", 302)
    said = "It was changed meanwhile: %s. Save again to put yours in its place."
    assert errors(late)["title"] == [said % "建校七十周年"]
    assert errors(late)["concluded_at"] == [said % "2026-11-20 14:00"]
    assert 'value="迎校庆"' in late.content.decode()
    now = Topic.objects.get()
    assert (now.title, now.concluded_at) == ("迎校庆", NOON + 3 * HOUR)


def test_only_a_topic_that_no_reader_saw_can_be_deleted(sign_in):
    edition = make_edition(at=NOON - HOUR)
    shown, draft = make_topic("见过"), make_topic("草稿", shown_from=None)
    draft.placements.create(slot="lead", article=edition.article, live_from=NOON)
    browser, _user = sign_in("desk editor")

    answers = [
        browser.post(address(topic, "delete"), {"post": "yes"}).status_code
        for topic in (shown, draft)
    ]

    assert answers == [403, 302]
    assert list(Topic.objects.all()) == [shown]
    page = browser.get(address(shown)).content.decode()
    assert "Readers have seen this topic. It can be concluded, and its page stays." in page
    assert LogEntry.objects.get(action="deleted").subject == "草稿"


def test_form_leads_to_readers_only_when_they_see_it(sign_in):
    browser, _user = sign_in("desk editor")
    shown, draft = make_topic(slug="shown"), make_topic(slug="draft", shown_from=None)

    there = ["/topics/shown/" in browser.get(address(shown)).content.decode(),
             "/topics/draft/" in browser.get(address(draft)).content.decode()]  # fmt: skip

    assert there == [True, False]


def test_head_looks_and_changes_nothing(sign_in):
    topic = make_topic("校庆", introduction="<p>开头</p>")
    browser, _user = sign_in("head")

    page = browser.get(address(topic))
    answer = browser.post(address(topic), {"title": "改"})

    assert (page.status_code, answer.status_code) == (200, 403)
    assert 'name="title"' not in page.content.decode()
    assert Topic.objects.get().title == "校庆"
