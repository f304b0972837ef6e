"""What stands where on a page: placed, put in order, changed, taken out, and told in the log."""

from datetime import timedelta

import pytest

from articles.actions import composing, publishing
from articles.models import FrontBlock, LogEntry, Placement, Section
from articles.public.lists import front, listed
from articles.rights.permissions import NotAllowed, WrongInput
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
JUST = timedelta(microseconds=1)


@pytest.fixture
def editor():
    return factories.make_user("desk editor", name="方晓棠")


@pytest.fixture(autouse=True)
def _one_headline(monkeypatch):
    monkeypatch.setattr(front, "HEADS", 1)


@pytest.fixture
def section():
    return factories.make_section("综合新闻")


def place(edition, editor, key="heads", **given):
    words = {"user": editor, "page": None, "at": NOON} | given
    return composing.place(edition.article, key=key, **words)


def standing(key="heads", *, page=None, at=NOON) -> list[str]:
    placed = front.placed_on(page, at).get(key, ())
    return [row.headline for row in listed.editions([place.pk for place in placed], at)]


def home(at=NOON) -> front.Front:
    return front.home(list(Section.objects.in_menu()), at)


def made(*headlines, at=NOON - HOUR, **fields):
    return [factories.make_edition(headline, at=at, **fields) for headline in headlines]


def told() -> list[tuple[str, str]]:
    written = LogEntry.objects.filter(action__in=("placed", "place_changed", "taken_off"))
    return list(written.order_by("pk").values_list("action", "detail"))


# Placing


def test_placed_articles_stand_newest_on_top_between_their_moments(editor):
    first, second = made("甲", "乙")

    place(first, editor)
    place(second, editor, live_from=NOON + HOUR, live_until=NOON + 2 * HOUR)

    moments = (NOON, NOON + HOUR - JUST, NOON + HOUR, NOON + 2 * HOUR - JUST, NOON + 2 * HOUR)
    shown = [standing(at=moment) for moment in moments]
    assert shown == [["甲"], ["甲"], ["乙", "甲"], ["乙", "甲"], ["甲"]]
    assert {row.placed_by for row in Placement.objects.all()} == {editor}


def test_placing_is_told_in_the_log_of_the_article(editor):
    (edition,) = made("甲")

    place(edition, editor, "lead", live_until=NOON + HOUR)

    entry = edition.article.log_entries.get(action="placed")
    assert (entry.actor, entry.detail) == (
        editor, "home page · lead, 2026-11-20 12:00 – 2026-11-20 13:00",
    )  # fmt: skip


def test_article_that_is_planned_may_be_placed_and_comes_when_it_is_live(editor):
    chief = factories.make_user("chief editor")
    article = factories.approve(factories.make_article("明天见"))
    planned = publishing.publish(article, user=chief, at=NOON, live_from=NOON + HOUR)

    place(planned, editor)

    assert [standing(at=moment) for moment in (NOON, NOON + HOUR)] == [[], ["明天见"]]


@pytest.mark.parametrize(
    ("group", "given", "reason"),
    [
        ("head", {}, "You may not compose pages."),
        ("proof-reader", {}, "You may not compose pages."),
        ("desk editor", {"live_from": NOON - HOUR}, "The beginning lies in the past."),
        ("desk editor", {"live_until": NOON}, "The end lies in the past."),
        (
            "desk editor",
            {"live_from": NOON + HOUR, "live_until": NOON + HOUR},
            "It would end before it begins.",
        ),
        ("desk editor", {"key": "list-0"}, "There is no such place on this page any more."),
        ("desk editor", {"key": "boards"}, "There is no such place on this page any more."),
    ],
)
def test_placing_is_refused(group, given, reason):
    (edition,) = made("甲")

    with pytest.raises(NotAllowed, match=reason):
        place(edition, factories.make_user(group), **given)

    assert (list(Placement.objects.all()), told()) == ([], [])


@pytest.mark.parametrize("group", ["correspondent", "unit reviewer"])
def test_units_place_nothing_not_even_their_own(group):
    unit = factories.make_unit()
    (edition,) = made("甲", unit=unit)

    with pytest.raises(NotAllowed, match="You may not compose pages"):
        place(edition, factories.make_user(group, unit=unit))


def test_draft_is_not_placed(editor):
    draft = factories.make_article()

    with pytest.raises(NotAllowed, match="readers see, or will see"):
        composing.place(draft, user=editor, page=None, key="lead", at=NOON)


def test_article_stands_once_in_a_slot_at_a_time(editor):
    (edition,) = made("甲")
    place(edition, editor, live_until=NOON + HOUR)

    with pytest.raises(WrongInput, match="stands there at that time already"):
        place(edition, editor, live_from=NOON + HOUR - JUST)
    place(edition, editor, live_from=NOON + HOUR)

    assert standing(at=NOON + HOUR) == ["甲"]


# Moving


def test_moving_puts_what_stands_in_a_slot_in_order(editor):
    for edition in made("丙", "乙", "甲"):
        place(edition, editor)
    rows = {row.article.headline: row.pk for row in Placement.objects.all()}

    def move(what, before):
        number = rows.get(before)
        composing.move(rows[what], user=editor, page=None, before=number, at=NOON)
        return standing()

    assert [move("丙", "甲"), move("丙", None), move("乙", "丙")] == [
        ["丙", "甲", "乙"],
        ["甲", "乙", "丙"],
        ["甲", "乙", "丙"],
    ]
    moved = [detail.rpartition(" – – ")[2] for action, detail in told() if action != "placed"]
    assert moved == ["3 → 1", "1 → 3"]


def test_moves_of_two_editors_are_merged_and_what_is_gone_is_said(editor):
    for edition in made("丙", "乙", "甲"):
        place(edition, editor)
    first, second, third = Placement.objects.order_by("position")
    composing.take_out(second.pk, user=editor, page=None, at=NOON + HOUR)
    later = {"user": factories.make_user("chief editor"), "page": None, "at": NOON + HOUR}

    composing.move(third.pk, before=first.pk, **later)
    with pytest.raises(composing.Stale, match="what it was to stand before"):
        composing.move(first.pk, before=second.pk, **later)
    with pytest.raises(composing.Stale, match="does not stand there any more"):
        composing.move(second.pk, before=first.pk, **later)

    assert standing(at=NOON + HOUR) == ["丙", "甲"]


# Changing


def change(placement, editor, **given):
    words = {
        "key": placement.key,
        "live_from": placement.live_from,
        "live_until": placement.live_until,
        "seen": composing.as_seen(placement),
        "user": editor,
        "page": None,
        "at": NOON + HOUR,
    }
    return composing.change(placement.pk, **(words | given))


def test_what_has_begun_keeps_its_beginning_and_gets_another_end(editor):
    placement = place(*made("甲"), editor)

    change(placement, editor, live_from=NOON + 5 * HOUR, live_until=NOON + 3 * HOUR)

    placement.refresh_from_db()
    assert (placement.live_from, placement.live_until) == (NOON, NOON + 3 * HOUR)
    assert told()[-1] == (
        "place_changed",
        (
            "home page · headlines, 2026-11-20 12:00 – – → "
            "home page · headlines, 2026-11-20 12:00 – 2026-11-20 15:00"
        ),
    )


def test_what_moves_to_another_slot_is_remembered_in_the_first(editor):
    placement = place(*made("甲"), editor)

    change(placement, editor, key="lead")

    moments = (NOON, NOON + HOUR - JUST, NOON + HOUR)
    found = [(standing("heads", at=m), standing("lead", at=m)) for m in moments]
    assert found == [(["甲"], []), (["甲"], []), ([], ["甲"])]


def test_what_has_not_begun_gets_another_beginning_and_slot(editor):
    placement = place(*made("甲"), editor, live_from=NOON + 3 * HOUR)

    change(placement, editor, key="lead", live_from=NOON + 2 * HOUR)

    placement.refresh_from_db()
    assert (placement.slot, placement.live_from) == ("lead", NOON + 2 * HOUR)
    assert Placement.objects.count() == 1


def test_change_of_what_a_colleague_has_changed_is_told_first(editor):
    placement = place(*made("甲"), editor)
    seen = composing.as_seen(placement)
    colleague = factories.make_user("chief editor", name="许知行")
    change(placement, colleague, live_until=NOON + 4 * HOUR)

    with pytest.raises(composing.Stale, match=r"许知行 changed this meanwhile: .*16:00"):
        change(placement, editor, live_until=NOON + 2 * HOUR, seen=seen)

    placement.refresh_from_db()
    assert placement.live_until == NOON + 4 * HOUR


# Taking out


def test_what_is_taken_out_ends_and_what_nobody_saw_is_gone(editor):
    seen, unseen = made("见过", "没见过")
    was = place(seen, editor)
    will = place(unseen, editor, live_from=NOON + 5 * HOUR)

    for row in (was, will):
        composing.take_out(row.pk, user=editor, page=None, at=NOON + HOUR)

    assert [row.live_until for row in Placement.objects.all()] == [NOON + HOUR]
    assert [action for action, _detail in told()] == ["placed", "placed", "taken_off", "taken_off"]
    assert standing(at=NOON + HOUR - JUST) == ["见过"]


# Filling


def test_what_editors_place_is_never_pushed_out_by_what_is_new(editor, section):
    old = made("旧闻", section=section, at=NOON - 9 * HOUR)[0]
    for number in range(3):
        made(f"新闻{number}", section=section, at=NOON - 8 * HOUR + number * HOUR)
    newest = made("最新", section=section)[0]
    for edition in (old, newest):
        place(edition, editor, f"list-{section.pk}")

    laid_out = home()

    shown = {key: [e.headline for e in slot] for key, slot in laid_out.slots.items()}
    assert shown == {
        "lead": ["新闻2"],
        "heads": ["新闻1"],
        "strip": [],
        f"list-{section.pk}": ["最新", "旧闻", "新闻0"],
    }


def test_second_lead_gives_its_article_back_to_the_page(editor, section):
    first, second = made("甲", "乙", section=section)
    place(first, editor, "lead")

    place(second, editor, "lead")

    laid_out = home()
    assert (laid_out.lead.headline, [e.headline for e in laid_out.heads]) == ("乙", ["甲"])


def test_strip_takes_what_has_a_photo(editor):
    plain = made("无图")[0]
    place(plain, editor, "strip")

    assert standing("strip") == []
    assert Placement.objects.get().slot == "strip"


# Blocks


def arranged(page=None) -> list[tuple[str, bool]]:
    return [(block.key, block.is_shown) for block in FrontBlock.objects.filter(section=page)]


def test_page_that_nobody_has_arranged_has_no_row_and_all_blocks(section):
    notices = factories.make_section("通知", kind="notice")
    factories.make_section("不在菜单", in_navigation=False)
    made("甲", section=notices)

    assert [shown.block.key for shown in home().blocks] == ["boards", f"list-{notices.pk}"]
    assert arranged() == []


def test_moving_a_block_keeps_the_others_as_they_stand(editor, section):
    photos = factories.make_section("光影", kind="photo")
    key = f"list-{section.pk}"

    composing.move_block(key, user=editor, page=None, before="boards", at=NOON)

    assert arranged() == [
        ("strip", True), (key, True), ("boards", True), ("topics", True),
        (f"list-{photos.pk}", False),
    ]  # fmt: skip
    entry = LogEntry.objects.get(action="arranged")
    assert (entry.subject, entry.detail) == ("home page", "综合新闻: 4 → 2")


def test_section_that_comes_into_the_menu_later_is_on_the_page(editor, section):
    composing.change_block("boards", user=editor, page=None, seen="", is_shown=False, at=NOON)
    later = factories.make_section("新栏目")
    made("甲", section=later, at=NOON - 2 * HOUR)
    made(*"乙丙", section=section)

    keys = [shown.block.key for shown in home().blocks]

    assert keys == [f"list-{later.pk}"]


def test_hidden_block_is_not_shown_and_costs_nothing(editor, section, django_assert_num_queries):
    made(*"甲乙丙", section=section)
    sections = list(Section.objects.in_menu())
    keys = ("strip", "topics", f"list-{section.pk}")
    before = [shown.block.key for shown in home().blocks]

    for key in keys:
        composing.change_block(key, user=editor, page=None, seen="", is_shown=False, at=NOON)

    # Blocks, placements, the newest, whether these have photos, and their rows.
    with django_assert_num_queries(5):
        laid_out = front.home(sections, NOON)
    assert before == ["boards", f"list-{section.pk}"]
    assert [shown.block.key for shown in laid_out.blocks] == ["boards"]


def test_block_shows_as_many_as_editors_say(editor, section):
    made(*"甲乙丙丁", section=section)
    key = f"list-{section.pk}"
    before = len(home().slots[key])

    composing.change_block(key, user=editor, page=None, seen="", most=1, at=NOON)

    assert (before, len(home().slots[key])) == (2, 1)
    assert LogEntry.objects.get(action="arranged").detail == "综合新闻: how many: 5 → 1"
    for most in (0, 21):
        with pytest.raises(WrongInput, match="1 to 20"):
            composing.change_block(key, user=editor, page=None, seen="", most=most, at=NOON)


def test_block_that_a_colleague_has_changed_is_told_first(editor, section):
    key = f"list-{section.pk}"
    words = {"user": editor, "page": None, "at": NOON}
    composing.change_block(key, seen="", most=3, **words)
    seen = composing.block_as_seen(FrontBlock.objects.get(of=section))
    composing.change_block(key, seen=seen, most=4, **words)

    with pytest.raises(composing.Stale, match="Somebody changed “综合新闻” meanwhile"):
        composing.change_block(key, seen=seen, most=2, **words)

    assert FrontBlock.objects.get(of=section).most == 4


def test_group_has_what_is_placed_and_then_the_newest_with_its_tag(editor, section):
    made("要闻", "头条", section=section)
    tagged = made("标签甲", "标签乙", section=section, at=NOON - 9 * HOUR, tags=("校庆",))
    placed = made("手放", section=section, at=NOON - 20 * HOUR)[0]
    words = {"user": editor, "page": None, "at": NOON}
    for key in (f"list-{section.pk}", "boards"):
        composing.change_block(key, seen="", is_shown=False, **words)

    block = composing.add_block(kind="group", title="校庆", tag="校庆", most=2, **words)
    place(placed, editor, block.key)

    laid_out = home()
    assert laid_out.lead.headline == "头条"
    assert [e.headline for e in laid_out.slots[block.key]] == ["手放", tagged[1].headline]


def test_list_is_filled_up_where_a_group_above_it_has_taken_of_it(editor, section):
    older = made("甲", "乙", section=section, at=NOON - 9 * HOUR)
    tagged = made("标签甲", "标签乙", section=section, at=NOON - 5 * HOUR, tags=("校庆",))
    made("要闻", "头条", section=section)
    words = {"user": editor, "page": None, "at": NOON}
    key = f"list-{section.pk}"
    composing.change_block(key, seen="", most=2, **words)
    block = composing.add_block(kind="group", title="校庆", tag="校庆", most=2, **words)
    composing.move_block(block.key, before=key, **words)

    slots = home().slots

    assert [e.pk for e in slots[block.key]] == [tagged[1].pk, tagged[0].pk]
    assert [e.pk for e in slots[key]] == [older[1].pk, older[0].pk]


def test_list_of_a_section_outside_the_menu_is_put_on_and_taken_off(editor, section):
    other = factories.make_section("校友", in_navigation=False)
    words = {"user": editor, "page": None, "at": NOON}

    block = composing.add_block(kind="list", of=other, **words)
    with pytest.raises(composing.Stale, match="on the page already"):
        composing.add_block(kind="list", of=other, **words)
    place(*made("甲", section=section), editor, block.key)
    composing.remove_block(block.key, **words)

    assert (arranged()[-1][0], Placement.objects.count()) == (f"list-{section.pk}", 0)
    assert LogEntry.objects.filter(action="arranged").latest("pk").detail == "校友: deleted\n甲"
    with pytest.raises(NotAllowed, match="It can be hidden"):
        composing.remove_block(f"list-{section.pk}", **words)


def test_blocks_are_arranged_by_the_desk_alone(section):
    head = {"user": factories.make_user("head"), "page": None, "at": NOON}
    key = f"list-{section.pk}"
    ways = (
        lambda: composing.move_block(key, before=None, **head),
        lambda: composing.change_block(key, seen="", most=1, **head),
        lambda: composing.add_block(kind="group", title="新", **head),
        lambda: composing.remove_block(key, **head),
    )

    for way in ways:
        with pytest.raises(NotAllowed, match="You may not compose pages"):
            way()

    assert arranged() == []


# Fronts of sections


def test_front_of_a_section_has_lead_heads_and_blocks_of_its_own(editor, section):
    part = factories.make_section("人物", parent=section, in_navigation=False)
    people = made("人物甲", section=part, at=NOON - 5 * HOUR)
    newest = made(*"甲乙丙", section=section)
    words = {"user": editor, "page": section, "at": NOON}

    composing.add_block(kind="list", of=part, **words)
    composing.place(newest[0].article, key="lead", **words)

    rows = listed.editions([edition.pk for edition in newest[::-1]], NOON)
    laid_out = front.of_section(section, rows, NOON)
    shown = [(s.block.key, [e.pk for e in s.editions]) for s in laid_out.blocks]
    assert [e.headline for e in laid_out.top] == ["甲", "丙"]
    assert shown == [(f"list-{part.pk}", [people[0].pk])]
    assert arranged() == []
