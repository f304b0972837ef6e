"""What a save costs, said before it and after: the final approval, or that of the article."""

import pytest

from articles.actions import reviewing
from articles.models import Article
from tests.articles.admin.conftest import form_data
from tests.factories import NOON, approve, make_article, make_user, submit

pytestmark = pytest.mark.django_db

BEFORE = "If you save a change of your own, you cannot give the final approval"


def at_the_last_stage(unit):
    article = submit(make_article("第九届科技文化节", unit=unit))
    reviewing.approve(article, reviewer=make_user("desk editor"), seen_version=1, at=NOON)
    return article


def address(article):
    return f"/admin/articles/article/{article.pk}/change/"


def messages(answer):
    return [str(message) for message in answer.context["messages"]]


def test_who_could_give_the_final_approval_reads_what_a_change_costs(sign_in, unit):
    article = at_the_last_stage(unit)
    chief, _user = sign_in("chief editor", name="主编甲")
    other = make_user("chief editor", name="主编乙")
    desk, _user = sign_in("desk editor")

    before, not_theirs = (browser.get(address(article)) for browser in (chief, desk))
    typed = form_data(before) | {"headline": "第九届科技节"}
    answer = chief.post(address(article), typed, follow=True)

    beside = before.content.decode().split('class="submit-row"')[1]
    waits = f"At “终审” now: {other}."
    assert BEFORE in beside
    assert BEFORE not in not_theirs.content.decode()
    assert messages(answer) == [
        "Saved as version 2.",
        f"You edited this text, so somebody else must give the final approval. {waits}",
    ]
    assert BEFORE not in answer.content.decode()


def test_last_chief_who_edits_reads_that_nobody_can_decide(sign_in, unit):
    article = at_the_last_stage(unit)
    chief, _user = sign_in("chief editor")

    typed = form_data(chief.get(address(article))) | {"headline": "改"}
    answer = chief.post(address(article), typed, follow=True)

    assert "Nobody can decide at “终审” now." in messages(answer)[1]


@pytest.fixture
def approved(unit, settings):
    settings.TYPO_LIMIT = 3
    return approve(make_article("第九届科技文化节", unit=unit, body="<p>正文。</p>"))


def test_proofreader_presses_twice_to_ask_for_approval_again(sign_in, approved):
    browser, _user = sign_in("proof-reader")
    typed = form_data(browser.get(address(approved))) | {
        "headline": "第九届学生科技文化艺术节开幕"
    }

    first = browser.post(address(approved), typed)
    between = Article.objects.get(pk=approved.pk)
    asked_again = approved.log_entries.filter(action="reopened").exists()
    second = browser.post(address(approved), typed | {"reopens": "1"}, follow=True)

    shown = first.content.decode()
    assert first.status_code == 200
    assert "Nothing is saved yet" in shown
    assert 'value="第九届学生科技文化艺术节开幕"' in shown
    assert '<button type="submit" class="default" name="reopens" value="1">' in shown
    assert (between.version_number, between.status) == (1, "approved")
    assert between.headline == "第九届科技文化节"
    assert not asked_again
    now = Article.objects.get(pk=approved.pk)
    assert (now.version_number, now.status) == (2, "in_review")
    assert "It has to be approved again at 终审" in messages(second)[0]
    assert "At “终审” now: " in messages(second)[0]


def test_typo_is_saved_at_once(sign_in, approved):
    browser, _user = sign_in("proof-reader")
    typed = form_data(browser.get(address(approved)), headline="第九届科技文化周")

    answer = browser.post(address(approved), typed, follow=True)

    assert "The approval stands" in messages(answer)[0]
    assert Article.objects.get(pk=approved.pk).status == "approved"


def test_desk_editor_reads_beside_the_button_that_it_is_approved_again(sign_in, approved):
    browser, _user = sign_in("desk editor")
    page = browser.get(address(approved))

    answer = browser.post(address(approved), form_data(page) | {"headline": "改"}, follow=True)

    beside = page.content.decode().split('class="submit-row"')[1]
    assert "A change asks “终审” to approve again." in beside
    assert "At “终审” now: " in messages(answer)[0]
    assert Article.objects.get(pk=approved.pk).status == "in_review"
