"""The page for composing: what it shows, what each of its forms does, and for whom."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.actions import composing, publishing
from articles.models import FrontBlock, LogEntry, Placement
from tests.factories import (
    NOON,
    approve,
    make_article,
    make_edition,
    make_section,
    make_topic,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db

HOME = "/admin/desk/compose/"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def section(db):
    return make_section("综合新闻")


def placed(edition, key="heads", page=None, **times):
    editor = make_user("desk editor", name="卢承安")
    words = {"user": editor, "page": page, "at": NOON - HOUR} | times
    return composing.place(edition.article, key=key, **words)


def slots(answer):
    """Give what each slot shows: placed with what is said of it, and filled by itself."""
    every = [*answer.context["top"], *answer.context["blocks"]]
    return {
        slot.key: (
            [(row.headline, row.is_shown, *row.warnings) for row in slot.rows],
            [edition.headline for edition in slot.automatic],
        )
        for slot in every
    }


def typed(at):
    return f"{at:%Y-%m-%dT%H:%M}"


def test_page_shows_what_is_placed_what_will_be_and_what_fills_the_rest(sign_in, section):
    old = NOON - 5 * HOUR
    lead, planned, gone, plain = (
        make_edition(name, section=section, at=old) for name in ("头条", "将放", "撤下", "无图")
    )
    make_edition("自动", section=section, at=NOON - 2 * HOUR)
    chief = make_user("chief editor")
    later = publishing.publish(
        approve(make_article("定时", section=section), at=old),
        user=chief, at=old, live_from=NOON + 3 * HOUR,
    )  # fmt: skip
    placed(lead, "lead")
    placed(planned, live_from=NOON + 2 * HOUR)
    placed(later, live_until=NOON + HOUR)
    placed(gone)
    placed(plain, "strip")
    publishing.withdraw(gone.article, user=chief, reason="核实", at=NOON - HOUR)

    browser, _user = sign_in("desk editor")
    answer = browser.get(HOME)

    assert slots(answer) == {
        "lead": ([("头条", True)], []),
        "heads": (
            [
                (
                    "撤下", False,
                    "Readers do not see this article: it was withdrawn, or its time is over.",
                ),
                (
                    "定时", False, "Not live yet: readers see it from 2026年11月20日 15:00.",
                    "By then its time here is over.",
                ),
                ("将放", False),
            ],
            ["自动", "无图", "将放"],
        ),
        "strip": (
            [("无图", False, "A strip shows what has a photo, and this article has none.")], [],
        ),
        "boards": ([], []),
        "topics": ([], []),
        f"list-{section.pk}": ([], []),
    }  # fmt: skip
    changes = [(change.at, change.said) for change in answer.context["changes"]]
    assert changes == [
        (NOON + HOUR, "“定时” goes: headlines"),
        (NOON + 2 * HOUR, "“将放” comes: headlines"),
    ]
    assert "卢承安" in answer.content.decode()


def test_article_is_found_by_its_headline_and_placed(sign_in, section):
    edition = make_edition("图书馆夜间开放", section=section, at=NOON - HOUR)
    make_edition("别的", section=section, at=NOON - HOUR)
    make_article("图书馆草稿", section=section)
    browser, user = sign_in("desk editor")

    found = browser.get(HOME, {"q": "图书馆", "to": "lead"})
    given = {"do": "place", "article": edition.article_id, "key": "lead"}
    answer = browser.post(f"{HOME}?q=a", given | {"live_until": typed(NOON + HOUR)})

    assert [e.headline for e in found.context["offered"]] == ["图书馆夜间开放"]
    assert '<option value="lead" selected>' in found.content.decode()
    assert (answer.status_code, answer.url) == (302, f"{HOME}?q=a")
    row = Placement.objects.get()
    assert (row.slot, row.article, row.placed_by, row.live_from, row.live_until) == (
        "lead", edition.article, user, NOON, NOON + HOUR,
    )  # fmt: skip
    assert "“图书馆夜间开放” now stands in: lead." in browser.get(HOME).content.decode()


def test_what_fills_a_list_by_itself_is_kept_there(sign_in, section):
    edition = make_edition(section=make_section("通知", kind="notice"), at=NOON - HOUR)
    browser, _user = sign_in("desk editor")
    key = f"list-{edition.section_id}"

    browser.post(HOME, {"do": "place", "article": edition.article_id, "key": key})

    assert Placement.objects.get().block.of == edition.section
    assert slots(browser.get(HOME))[key] == ([(edition.headline, True)], [])


def test_wrong_times_are_said_at_their_field_and_stay(sign_in, section):
    edition = make_edition(section=section, at=NOON - HOUR)
    row = placed(edition)
    browser, _user = sign_in("desk editor")
    other = make_edition(section=section, at=NOON - HOUR)
    place = {"do": "place", "article": other.article_id, "key": "lead"}
    change = {"do": "change", "placement": row.pk, "key": "heads", "seen": composing.as_seen(row)}

    answers = [
        browser.post(HOME, place | {"live_from": typed(NOON - HOUR)}),
        browser.post(HOME, place | {"live_until": "bald"}),
        browser.post(HOME, change | {"live_until": typed(NOON - HOUR)}),
    ]

    assert [answer.status_code for answer in answers] == [400, 400, 400]
    past, no_time, ended = (answer.content.decode() for answer in answers)
    assert "The beginning lies in the past." in past
    assert f'value="{typed(NOON - HOUR)}"' in past
    assert ["errorlist" in page for page in (past, no_time, ended)] == [True] * 3
    assert "The end lies in the past." in ended
    assert "<details open>" in ended
    assert [placement.live_until for placement in Placement.objects.all()] == [None]


def test_second_of_two_editors_is_told_and_keeps_what_was_typed(sign_in, section):
    row = placed(make_edition(section=section, at=NOON - HOUR))
    browser, _user = sign_in("desk editor")
    change = {"do": "change", "placement": row.pk, "key": "heads", "seen": composing.as_seen(row)}
    composing.change(
        row.pk, user=make_user("chief editor", name="许知行"), page=None, key="heads",
        live_from=None, live_until=NOON + 5 * HOUR, seen=composing.as_seen(row), at=NOON,
    )  # fmt: skip

    late = browser.post(HOME, change | {"live_until": typed(NOON + 2 * HOUR)})
    row.refresh_from_db()
    stands, form = row.live_until, slots_form(late, row)
    again = browser.post(
        HOME, change | {"live_until": typed(NOON + 2 * HOUR), "seen": form["seen"].value()}
    )

    assert (late.status_code, stands) == (409, NOON + 5 * HOUR)
    assert "许知行 changed this meanwhile" in late.content.decode()
    assert form["live_until"].value() == typed(NOON + 2 * HOUR)
    row.refresh_from_db()
    assert (again.status_code, row.live_until) == (302, NOON + 2 * HOUR)


def slots_form(answer, row):
    every = [*answer.context["top"], *answer.context["blocks"]]
    return next(r.form for slot in every for r in slot.rows if r.placement == row)


def test_rows_are_moved_by_their_buttons_and_taken_out(sign_in, section):
    for name in "丙乙甲":
        placed(make_edition(name, section=section, at=NOON - HOUR))
    browser, _user = sign_in("desk editor")

    def post(**given):
        answer = browser.post(HOME, given)
        return answer.status_code, [row[0] for row in slots(browser.get(HOME))["heads"][0]]

    def step(place, way):
        row = browser.get(HOME).context["top"][1].rows[place]
        return post(do="move", placement=row.placement.pk, before=getattr(row, way))

    assert [step(2, "up"), step(0, "down"), step(1, "down")] == [
        (302, list("甲丙乙")),
        (302, list("丙甲乙")),
        (302, list("丙乙甲")),
    ]
    number = Placement.objects.get(article__headline="甲").pk
    assert [post(do="take out", placement=number) for _ in range(2)] == [
        (302, list("丙乙")),
        (409, list("丙乙")),
    ]
    assert post(do="move", placement="x", before="")[0] == 409
    assert post(do="dance")[0] == 403


def test_blocks_are_moved_hidden_renamed_added_and_removed(sign_in, section):
    browser, _user = sign_in("desk editor")
    key = f"list-{section.pk}"
    other = make_section("校友", in_navigation=False)

    def post(**given):
        answer = browser.post(HOME, given)
        return answer.status_code

    done = [
        post(do="move block", key=key, before="strip"),
        post(do="show", key="boards", is_shown="no"),
        post(do="block", key=key, title="要闻", most="3", is_shown="on"),
        post(do="list", of=other.pk),
        post(do="group", title="校庆", most="4", is_shown="on", tag="校庆"),
    ]
    blocks = FrontBlock.objects.values_list("kind", "title", "most", "is_shown", "tag")
    assert (done, list(blocks)) == (
        [302] * 5,
        [
            ("list", "要闻", 3, True, ""),
            ("strip", "", 4, True, ""),
            ("boards", "", 5, False, ""),
            ("topics", "", 4, True, ""),
            ("list", "", 5, True, ""),
            ("group", "校庆", 4, True, "校庆"),
        ],
    )
    group = FrontBlock.objects.get(kind="group")
    assert [
        post(do="group", title="", most="4"),
        post(do="block", key=key, most="30"),
        post(do="list", of=other.pk),
        post(do="remove block", key=key),
        post(do="remove block", key=group.key),
        post(do="remove block", key=group.key),
    ] == [400, 400, 409, 403, 302, 409]
    assert LogEntry.objects.filter(action="arranged").count() == 6


def test_block_that_a_colleague_changed_is_told_and_keeps_what_was_typed(sign_in, section):
    browser, _user = sign_in("desk editor")
    key = f"list-{section.pk}"
    words = {"user": make_user("chief editor"), "page": None, "at": NOON}
    seen = composing.block_as_seen(composing.change_block(key, seen="", most=3, **words))
    composing.change_block(key, seen="", most=4, **words)

    late = browser.post(HOME, {"do": "block", "key": key, "most": "9", "seen": seen})

    assert late.status_code == 409
    form = next(slot.form for slot in late.context["blocks"] if slot.key == key)
    assert (form["most"].value(), FrontBlock.objects.get(of=section).most) == ("9", 4)
    again = browser.post(
        HOME, {"do": "block", "key": key, "most": "9", "seen": form["seen"].value()}
    )
    assert (again.status_code, FrontBlock.objects.get(of=section).most) == (302, 9)


def test_front_of_a_section_is_composed_on_a_page_of_its_own(sign_in, section, client):
    old = make_edition("旧", section=section, at=NOON - 9 * HOUR)
    make_edition("新", section=section, at=NOON - HOUR)
    browser, _user = sign_in("desk editor")
    page = f"{HOME}{section.pk}/"

    browser.post(page, {"do": "place", "article": old.article_id, "key": "lead"})
    browser.post(page, {"do": "strip"})

    assert Placement.objects.get().section == section
    assert list(slots(browser.get(page))) == ["lead", "heads", "strip"]
    assert client.get(section.get_absolute_url()).context["page"].editions == []
    assert browser.get(f"{HOME}999/").status_code == 404


@pytest.mark.parametrize(
    ("group", "status", "may"),
    [
        ("desk editor", 302, True),
        ("chief editor", 302, True),
        ("administrator", 302, True),
        ("head", 403, False),
        ("proof-reader", 403, False),
    ],
)
def test_page_for_the_desk(sign_in, section, group, status, may):
    edition = make_edition(section=section, at=NOON - HOUR)
    browser, _user = sign_in(group)

    page = browser.get(HOME)
    done = browser.post(HOME, {"do": "place", "article": edition.article_id, "key": "lead"})

    assert (page.status_code, done.status_code) == (200, status)
    assert ("Keep here" in page.content.decode(), Placement.objects.count()) == (may, int(may))


@pytest.mark.parametrize("group", ["correspondent", "unit reviewer"])
@pytest.mark.parametrize("way", ["", "preview/"])
def test_units_see_nothing_of_it(sign_in, section, group, way):
    unit = make_unit()
    edition = make_edition(section=section, unit=unit, at=NOON - HOUR)
    browser, _user = sign_in(group, unit=unit)
    place = {"do": "place", "article": edition.article_id, "key": "lead"}

    answers = [browser.get(HOME + way), browser.post(HOME, place)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert HOME not in browser.get("/admin/").content.decode()
    assert not Placement.objects.exists()


@pytest.mark.parametrize("way", ["", "preview/"])
def test_nobody_is_let_in_without_signing_in(client, way):
    answer = client.get(HOME + way)

    assert (answer.status_code, answer.url) == (302, f"/admin/login/?next={HOME}{way}")


def test_page_asks_as_often_for_five_as_for_one(sign_in, section):
    browser, _user = sign_in("desk editor")

    def one():
        for key in ("heads", f"list-{section.pk}"):
            placed(make_edition(section=section, at=NOON - HOUR), key)

    one()
    browser.get(HOME)
    with CaptureQueriesContext(connection) as few:
        browser.get(HOME)
    for _ in range(2):
        one()
    with CaptureQueriesContext(connection) as many:
        browser.get(HOME)

    assert len(many) == len(few) <= 25


# The preview


def preview(browser, at, page=None):
    place = f"{page.pk}/" if page else ""
    return browser.get(f"{HOME}{place}preview/", {"at": at.isoformat()})


def test_preview_is_the_page_as_it_will_be(sign_in, section):
    was, planned = (make_edition(n, section=section, at=NOON - 2 * HOUR) for n in ("旧", "新"))
    later = publishing.publish(
        approve(make_article("定时", section=section), at=NOON),
        user=make_user("chief editor"), at=NOON, live_from=NOON + HOUR,
    )  # fmt: skip
    placed(was, "lead", live_until=NOON + HOUR)
    placed(planned, "lead", live_from=NOON + 2 * HOUR)
    browser, _user = sign_in("desk editor")

    moments = (NOON, NOON + HOUR, NOON + 2 * HOUR)
    leads = [preview(browser, moment).context["front"].lead.headline for moment in moments]
    answer = preview(browser, NOON + HOUR)

    assert leads == ["旧", "定时", "新"]
    text = answer.content.decode()
    as_of = f"/admin/articles/article/{later.article_id}/as-of/?at=2026-11-20T13%3A00%3A00"
    assert as_of in text
    assert 'href="/articles/' not in text
    assert '<meta name="robots" content="noindex, nofollow">' in text
    assert 'rel="canonical"' not in text
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex")


def test_preview_leaves_no_trace_on_readers_pages(sign_in, section, client, settings):
    settings.FRAME_CACHE_SECONDS = settings.PAGE_CACHE_SECONDS = 10
    make_edition(section=section, at=NOON - HOUR)
    browser, _user = sign_in("desk editor")
    far = NOON + timedelta(days=40)

    seen = preview(browser, far).content.decode()
    readers = client.get("/").content.decode()
    again = preview(browser, far).content.decode()

    day = f'datetime="{far:%Y-%m-%d}"'
    assert [day in page for page in (seen, readers, again)] == [True, False, True]
    assert 'class="preview"' not in readers


def test_preview_of_a_section_and_of_no_moment(sign_in, section):
    edition = make_edition(section=section, at=NOON - HOUR)
    browser, _user = sign_in("desk editor")

    front = preview(browser, NOON, section)
    now = browser.get(f"{HOME}preview/", {"at": "bald"})

    assert [e.pk for e in front.context["page"].editions] == [edition.pk]
    assert (now.status_code, now.context["at"]) == (200, NOON)
    assert "errorlist" in now.content.decode()


# Topics


def topic_address(topic, way=""):
    return f"{HOME}topics/{topic.pk}/{way}"


def test_topic_is_composed_as_a_front_is(sign_in, section):
    old, tagged = (
        make_edition(name, section=section, tags=tags, at=NOON - hours * HOUR)
        for name, tags, hours in (("旧物", (), 9), ("校史", ("校庆",), 2))
    )
    topic = make_topic("迎校庆", tag="校庆", shown_from=None)
    browser, _user = sign_in("desk editor")
    address = topic_address(topic)

    def post(**given):
        return browser.post(address, given).status_code

    done = [
        post(do="group", title="场外", most="4", is_shown="on"),
        post(do="place", article=old.article_id, key="more"),
        post(do="place", article=tagged.article_id, key="lead"),
        post(do="strip"),
    ]

    assert done == [302] * 4
    group = FrontBlock.objects.get(kind="group")
    page = browser.get(address)
    assert slots(page) == {
        "lead": ([("校史", True)], []),
        "heads": ([], ["旧物"]),
        group.key: ([], []),
        "strip": ([], []),
    }
    [below] = page.context["below"]
    assert [(row.headline, row.is_shown) for row in below.rows] == [("旧物", True)]
    assert {block.topic for block in FrontBlock.objects.all()} == {topic}
    assert [entry.subject for entry in LogEntry.objects.filter(action="arranged")] == [
        "迎校庆", "迎校庆",
    ]  # fmt: skip
    told = LogEntry.objects.filter(action="placed").values_list("detail", flat=True)
    assert [detail.partition(",")[0] for detail in told.order_by("pk")] == [
        "迎校庆 · further articles", "迎校庆 · lead",
    ]  # fmt: skip
    assert browser.get(HOME).context["top"][0].rows == []


def test_two_topics_and_the_home_page_stand_apart(sign_in, section):
    edition = make_edition("稿", section=section, at=NOON - HOUR)
    one, other = make_topic("甲"), make_topic("乙")
    placed(edition, "lead", one)
    browser, _user = sign_in("desk editor")
    [row] = Placement.objects.all()

    answer = browser.post(topic_address(other), {"do": "take out", "placement": row.pk})

    assert (answer.status_code, Placement.objects.count()) == (409, 1)
    leads = [slots(browser.get(topic_address(topic)))["lead"] for topic in (one, other)]
    assert leads == [([("稿", True)], []), ([], [])]
    assert browser.post(HOME, {"do": "place", "article": edition.article_id, "key": "more"}
    ).status_code == 400  # fmt: skip


def test_topic_is_previewed_before_readers_see_it(sign_in, client, section):
    make_edition("旧物", section=section, tags=("校庆",), at=NOON - HOUR)
    topic = make_topic("迎校庆", slug="a", tag="校庆", shown_from=NOON + HOUR)
    browser, _user = sign_in("desk editor")
    address = topic_address(topic, "preview/")

    before, after = (browser.get(address, {"at": at.isoformat()}).content.decode()
                     for at in (NOON, NOON + HOUR))  # fmt: skip

    warning = "Readers do not see this topic at that moment."
    assert [warning in page for page in (before, after)] == [True, False]
    assert ["旧物" in page for page in (before, after)] == [True, True]
    assert "css/topics.css" in before
    assert client.get("/topics/a/").status_code == 404
    home = preview(browser, NOON + HOUR).content.decode()
    assert f'href="/admin/desk/compose/topics/{topic.pk}/preview/?at=' in home
    assert "迎校庆" not in preview(browser, NOON).content.decode()


@pytest.mark.parametrize(
    ("group", "seen", "done"),
    [("chief editor", 200, 302), ("administrator", 200, 302), ("head", 200, 403),
     ("proof-reader", 200, 403), ("unit reviewer", 403, 403), ("correspondent", 403, 403)],
)  # fmt: skip
def test_topic_is_composed_by_the_desk(sign_in, section, group, seen, done):
    edition = make_edition(section=section, at=NOON - HOUR)
    topic = make_topic(shown_from=None)
    browser, _user = sign_in(group)
    place = {"do": "place", "article": edition.article_id, "key": "lead"}

    answers = [
        browser.get(topic_address(topic)),
        browser.get(topic_address(topic, "preview/")),
        browser.post(topic_address(topic), place),
    ]

    assert [answer.status_code for answer in answers] == [seen, seen, done]
    assert Placement.objects.count() == (done == 302)
