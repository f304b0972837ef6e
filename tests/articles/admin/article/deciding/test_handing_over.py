"""Handing over and appointing, as pages; what nobody can decide, on the article and the desk."""

import pytest

from articles.actions import reviewing
from articles.models import Membership, PolicyRule, ReviewPolicy
from tests.articles.admin.conftest import section
from tests.factories import NOON, make_article, make_section, make_user, submit

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


def close_account(user):
    user.is_active = False
    user.save()


def leave_groups(user):
    user.groups.clear()


@pytest.mark.parametrize("lose", [close_account, leave_groups])
def test_last_reviewer_of_a_stage_is_lost_and_a_head_appoints(sign_in, unit, lose):
    head, _user = sign_in("head")
    article = submit(make_article("审到一半", unit=unit))
    desk, chief = make_user("desk editor"), make_user("chief editor")
    reviewing.approve(article, reviewer=desk, seen_version=1, at=NOON)
    reviewing.claim(article, reviewer=chief, at=NOON)
    before = section(head.get("/admin/"), "stuck")

    lose(chief)
    (row,) = section(head.get("/admin/"), "stuck")
    browser, other = sign_in("desk editor")
    offered = head.get(address(article, "appoint")).context["form"].fields["to"].queryset
    head.post(address(article, "appoint"), {"version": 1, "to": other.pk, "note": ""})
    after = section(head.get("/admin/"), "stuck")
    browser.post(address(article, "approve"), {"version": 1})

    article.refresh_from_db()
    assert (before, row.article, list(offered), after) == (None, article, [other], None)
    assert article.status == "approved"
    assert article.rounds.get().final_approval().reviewer == other


def test_head_who_hands_over_what_changed_hands_is_told(sign_in, unit):
    head, _user = sign_in("head")
    article = submit(make_article(unit=unit))
    owner, third, fourth = (make_user("desk editor") for _ in range(3))
    reviewing.claim(article, reviewer=owner, at=NOON)
    form = head.get(address(article, "hand_over")).context["form"]
    given = {"version": 1, "holder": form["holder"].value(), "to": fourth.pk, "note": "急"}

    other_head, _other = sign_in("head")
    other_head.post(address(article, "hand_over"), given | {"to": third.pk})
    page = head.post(address(article, "hand_over"), given)

    assert page.status_code == 403
    assert "This article changed hands after you had opened it." in page.content.decode()
    assert page.context["form"]["note"].value() == "急"
    assert article.rounds.get().claimed_by == third


def test_claim_is_given_back_and_free_to_claim_again(sign_in, unit):
    article = submit(make_article(unit=unit))
    mine, holder = sign_in("desk editor", name="持稿人")
    colleague, other = sign_in("desk editor")
    reviewing.claim(article, reviewer=holder, at=NOON)

    page = mine.get(address(article, "release"))
    typed = {"version": 1, "holder": page.context["form"]["holder"].value(), "note": "下班"}
    refused = colleague.post(address(article, "release"), typed)
    answer = mine.post(address(article, "release"), typed)
    again = mine.post(address(article, "release"), typed)
    colleague.post(address(article, "claim"), {"version": 1})

    assert refused.status_code == 403
    assert "持稿人 has claimed this article." in refused.content.decode()
    assert answer.status_code == 302
    assert again.status_code == 403
    assert "Nobody has claimed this article." in again.content.decode()
    assert article.rounds.get().claimed_by == other
    entry = article.log_entries.get(action="released")
    assert (entry.actor, entry.detail) == (holder, "“初审”, claimed by 持稿人\n下班")


def test_head_gives_back_what_somebody_claimed_and_left(sign_in, unit):
    article = submit(make_article(unit=unit))
    editor = make_user("desk editor")
    reviewing.claim(article, reviewer=editor, at=NOON)
    head, _user = sign_in("head")
    bar = head.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    seen = head.get(address(article, "release")).context["form"]["holder"].value()

    reviewing.hand_over(
        article, reviewer=editor, to=make_user("desk editor"), seen_holder=editor.pk, at=NOON
    )
    late = head.post(address(article, "release"), {"version": 1, "holder": seen})
    now = head.get(address(article, "release")).context["form"]["holder"].value()
    head.post(address(article, "release"), {"version": 1, "holder": now})

    assert f'href="{address(article, "release")}?version=1"' in bar
    assert late.status_code == 403
    assert "changed hands after you had opened it" in late.content.decode()
    assert article.rounds.get().claimed_by is None


def test_what_nobody_claimed_is_not_given_back(sign_in, unit):
    article = submit(make_article(unit=unit))
    browser, _user = sign_in("desk editor")

    page = browser.get(f"/admin/articles/article/{article.pk}/change/")

    assert "release" not in [str(deed.verb) for deed, _button in page.context["may"]]
