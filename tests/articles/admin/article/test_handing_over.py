"""Handing over and appointing, as pages; what nobody can decide, on the article and the desk."""

import pytest

from articles.actions import reviewing
from articles.models import Membership, PolicyRule, ReviewPolicy
from tests.factories import make_article, make_section, make_user, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def stuck(unit):
    section = make_section()
    policy = ReviewPolicy.objects.create(name="单位审核")
    policy.stages.create(position=1, name="单位审核", decider="unit")
    PolicyRule.objects.create(section=section, policy=policy)
    return submit(make_article("无人可审", unit=unit, section=section))


def address(article, verb):
    return f"/admin/articles/article/{article.pk}/{verb}/"


def test_form_offers_only_colleagues_who_may_decide(sign_in, unit):
    browser, _user = sign_in("desk editor")
    writer = make_user("desk editor")
    other = make_user("desk editor")
    make_user("chief editor")
    article = submit(make_article(unit=unit, author=writer))

    page = browser.get(address(article, "hand_over"))
    browser.post(address(article, "hand_over"), {"version": 1, "to": other.pk, "note": ""})

    assert list(page.context["form"].fields["to"].queryset) == [other]
    assert article.rounds.get().claimed_by == other


def test_page_says_why_nobody_can_have_it(sign_in, unit):
    browser, _user = sign_in("desk editor")
    article = submit(make_article(unit=unit))

    page = browser.get(address(article, "hand_over"))

    assert page.status_code == 403
    assert "Nobody else may decide at this stage now." in page.content.decode()


def test_article_page_and_desk_say_that_nobody_can_decide(sign_in, unit, stuck):
    fine = submit(make_article("有人可审", unit=unit))
    make_user("desk editor")
    head, _user = sign_in("head")
    writer, _author = sign_in("correspondent", unit=unit)

    pages = [
        head.get(f"/admin/articles/article/{row.pk}/change/").content.decode()
        for row in (stuck, fine)
    ]
    desk = head.get("/admin/").content.decode()

    assert ["Nobody can decide on this." in page for page in pages] == [True, False]
    assert "Nobody can decide on this" in desk
    assert address(stuck, "appoint") in desk
    assert address(fine, "appoint") not in desk
    assert "Nobody can decide on this" not in writer.get("/admin/").content.decode()


def test_head_appoints_and_the_article_goes_on(sign_in, stuck):
    head, _user = sign_in("head")
    desk = make_user("desk editor")

    head.post(address(stuck, "appoint"), {"version": 1, "to": desk.pk, "note": "代行"})
    reviewing.approve(stuck, reviewer=desk, seen_version=1, at=stuck.rounds.get().stage_since)

    stuck.refresh_from_db()
    assert stuck.status == "approved"
    assert "Nobody can decide on this" not in head.get("/admin/").content.decode()


def test_unit_that_gets_a_reviewer_again_is_no_longer_stuck(sign_in, unit, stuck):
    head, _user = sign_in("head")
    before = "Nobody can decide on this" in head.get("/admin/").content.decode()

    reviewer = make_user("unit reviewer", unit=unit)
    after = "Nobody can decide on this" in head.get("/admin/").content.decode()
    Membership.objects.filter(user=reviewer).delete()
    again = "Nobody can decide on this" in head.get("/admin/").content.decode()

    assert (before, after, again) == (True, False, True)
