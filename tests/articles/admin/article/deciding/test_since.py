"""What whoever decides is told: what changed since the stages before, and since they looked."""

from datetime import timedelta

import pytest

from articles.actions import reviewing
from articles.admin.article.deciding import progress, since
from tests.factories import NOON, change, make_article, make_user, submit

pytestmark = pytest.mark.django_db


def said(article, user):
    article.refresh_from_db()
    return [found.sentence for found in since.changes(article, article.rounds.first(), user)]


def approve(article, reviewer):
    article.refresh_from_db()
    reviewing.approve(article, reviewer=reviewer, seen_version=article.version_number, at=NOON)


def test_next_stage_is_told_what_changed_after_the_stage_before(unit):
    article = submit(make_article(unit=unit, body="<p>共128人参加。</p>"))
    editor = make_user("desk editor", name="李编辑")
    approve(article, editor)
    later = NOON + timedelta(hours=1)
    change(article, by=editor, at=later, headline="新标题", body="<p>共1280位参加。</p>")
    chief = make_user("chief editor")

    assert said(article, chief) == [
        "Changed since “初审” (李编辑, version 1): headline, 2 characters in the body."
    ]


def test_next_stage_is_told_that_nothing_changed(unit):
    article = submit(make_article(unit=unit))
    approve(article, make_user("desk editor", name="李编辑"))

    assert said(article, make_user("chief editor")) == [
        "Nothing has changed since “初审” (李编辑, version 1)."
    ]


def test_a_text_that_was_changed_back_has_not_changed(unit):
    article = submit(make_article("标题", unit=unit))
    editor = make_user("desk editor", name="李编辑")
    approve(article, editor)
    article = change(article, by=editor, at=NOON, headline="改了")
    change(article, by=editor, at=NOON, headline="标题")

    assert said(article, make_user("chief editor")) == [
        "Nothing has changed since “初审” (李编辑, version 1)."
    ]


def test_after_a_return_the_reviewer_is_told_what_the_unit_did(unit):
    article = submit(make_article("标题", unit=unit))
    editor = make_user("desk editor", name="李编辑")
    reviewing.return_for_changes(
        article, reviewer=editor, seen_version=1, at=NOON, remark="标题太短"
    )
    article.refresh_from_db()
    change(article, by=article.created_by, at=NOON, headline="长一些的标题")
    submit(article)

    told = "Changed since it was returned at “初审” (李编辑, version 1): headline."
    assert said(article, editor) == [told]
    assert said(article, make_user("desk editor")) == [told]


def test_who_saved_it_is_told_what_others_did_since(unit):
    article = submit(make_article("标题", unit=unit))
    editor = make_user("desk editor")
    article = change(article, by=editor, at=NOON, headline="一改")
    change(article, by=make_user("chief editor"), at=NOON, headline="二改")

    assert said(article, editor) == ["Changed since you last had it (version 2): headline."]
    assert said(article, make_user("desk editor")) == []


@pytest.mark.parametrize("saves", [1, 5])
def test_changes_take_a_fixed_number_of_queries(unit, saves, django_assert_num_queries):
    article = submit(make_article(unit=unit))
    approve(article, make_user("desk editor"))
    for number in range(saves):
        article = change(
            article, by=make_user("chief editor"), at=NOON, headline=f"标题改{number}"
        )
    chief = make_user("chief editor")
    review = progress.latest_round(article)

    with django_assert_num_queries(5):
        since.changes(article, review, chief)


def test_approve_page_unfolds_the_changes_before_the_button(sign_in, unit):
    article = submit(make_article("<b>旧</b>标题", unit=unit))
    editor = make_user("desk editor", name="李编辑")
    approve(article, editor)
    change(article, by=editor, at=NOON, headline="<b>新</b>标题")
    browser, _chief = sign_in("chief editor")

    page = browser.get(f"/admin/articles/article/{article.pk}/approve/").content.decode()

    compared, text, button = (
        page.index(piece) for piece in ("[deleted: </span>旧", "正文第一段。", 'class="go first"')
    )
    assert compared < text < button
    assert "<b>新</b>" not in page
    assert f"/admin/articles/article/{article.pk}/compare/?old=1&amp;new=2" in page


def test_queue_leads_to_the_page_that_approves(sign_in, unit):
    article = submit(make_article(unit=unit))
    browser, _editor = sign_in("desk editor")

    first = browser.get("/admin/").content.decode()
    address = f"/admin/articles/article/{article.pk}/approve/?version=1"
    second = browser.post(address, {"version": 1, "remark": ""})

    assert f'href="{address}"' in first
    assert second.status_code == 302
    assert article.rounds.get().decisions.count() == 1


def test_state_bar_tells_only_who_decides(sign_in, unit):
    article = submit(make_article(unit=unit))
    editor_browser, editor = sign_in("desk editor")
    approve(article, editor)
    chief_browser, _chief = sign_in("chief editor")

    address = f"/admin/articles/article/{article.pk}/change/"
    told = [
        "Nothing has changed since" in browser.get(address).content.decode()
        for browser in (editor_browser, chief_browser)
    ]

    assert told == [False, True]
