"""What readers reported, at the desk: who sees it, who settles it, and what is kept back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.actions import error_reports, publishing
from articles.errands import running
from articles.models import ErrorReport, Notice, NoticeKind
from tests.articles.admin.conftest import section
from tests.articles.public.helpers import text
from tests.factories import make_edition, make_unit, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/errorreport/"
CONTACT = "reader@example.edu"


def report(headline="图书馆夜间开放", *, unit=None, **fields) -> ErrorReport:
    edition = make_edition(headline, unit=unit, at=timezone.now() - timedelta(hours=2))
    return ErrorReport.objects.create(
        edition=edition,
        key=f"{edition.pk}",
        sent_at=timezone.now() - timedelta(hours=1),
        **{"text": "应为周四。", "contact": CONTACT} | fields,
    )


def page_of(report: ErrorReport) -> str:
    return reverse("admin:articles_errorreport_change", args=[report.pk])


def settle(browser, report, **said):
    """Answer a report in English, where Django has words of its own."""
    address = f"/en{LIST}{report.pk}/settle/"
    return browser.post(address, {"seen": "new", "outcome": "corrected", "remark": "", **said})


def rows(browser, state=""):
    page = browser.get(LIST, {"state": state} if state else {})
    return {row.edition.headline for row in page.context["cl"].result_list}


def test_desk_sees_all_and_a_unit_its_own(sign_in, unit):
    report("本单位的稿", unit=unit)
    other = report("别单位的稿")
    desk, _user = sign_in("desk editor")
    own, _user = sign_in("correspondent", unit=unit)

    assert rows(desk) == {"本单位的稿", "别单位的稿"}
    assert rows(own) == {"本单位的稿"}
    assert own.get(page_of(other)).status_code == 404
    assert settle(own, other).status_code == 404


def test_list_is_filtered_by_state(sign_in):
    for state in ("new", "in_hand", "corrected", "no_error", "spam"):
        report(state, state=state)
    browser, _user = sign_in("desk editor")

    assert rows(browser, "waiting") == {"new", "in_hand"}
    assert rows(browser, "spam") == {"spam"}
    assert len(rows(browser, "nonsense")) == 5


def test_list_asks_as_often_for_five_rows_as_for_one(sign_in, django_assert_max_num_queries):
    browser, _user = sign_in("desk editor")
    report()
    asked = []
    for _number in range(2):
        browser.get(LIST)
        with django_assert_max_num_queries(60) as queries:
            browser.get(LIST)
        asked.append(len(queries))
        for number in range(4):
            report(f"乙{number}")

    assert asked[0] == asked[1]


def test_how_to_reach_a_reader_is_for_those_who_settle(sign_in, unit):
    kept = report(unit=unit)
    pages = {}
    for group in ("desk editor", "correspondent", "head", "administrator"):
        own = {"unit": unit} if group == "correspondent" else {}
        browser, _user = sign_in(group, **own)
        pages[group] = text(browser.get(page_of(kept)))
        export = b"".join(browser.post(f"{LIST}export/csv/")).decode()
        assert "应为周四。" in export
        assert CONTACT not in export
        assert CONTACT not in text(browser.get(LIST))

    assert all("应为周四。" in page for page in pages.values())
    assert [group for group, page in pages.items() if CONTACT in page] == ["desk editor"]


@pytest.mark.parametrize("asked", ["contact__startswith=reader", "network=", "key__contains=1"])
def test_how_to_reach_a_reader_cannot_be_guessed_by_asking_for_it(sign_in, unit, asked):
    report(unit=unit)
    reader, _user = sign_in("correspondent", unit=unit)

    assert reader.get(f"{LIST}?{asked}").status_code == 400
    assert reader.post(f"{LIST}export/csv/?{asked}").status_code == 400


def test_what_a_reader_wrote_is_text(sign_in):
    kept = report(text="<b>见</b> https://evil.example/", passage="<i>甲</i>")
    browser, _user = sign_in("desk editor")

    page = text(browser.get(page_of(kept)))

    assert "&lt;b&gt;见&lt;/b&gt; https://evil.example/" in page
    assert "<i>甲" not in page
    assert 'href="https://evil.example' not in page


def test_report_leads_to_its_article_and_to_the_correction(sign_in):
    kept = report()
    article = kept.edition.article
    correct = reverse("admin:articles_article_correct", args=[article.pk])
    form = reverse("admin:articles_article_change", args=[article.pk])
    browser, _user = sign_in("desk editor")
    reader, _user = sign_in("head")

    pages = text(browser.get(page_of(kept))), text(reader.get(page_of(kept)))
    chief = make_user("chief editor")
    publishing.withdraw(article, user=chief, reason="核实", at=timezone.now())
    withdrawn = text(browser.get(page_of(kept)))

    assert all(f'href="{form}"' in page for page in pages)
    assert all(f'href="{kept.edition.get_absolute_url()}"' in page for page in pages)
    assert [f'href="{correct}"' in page for page in (*pages, withdrawn)] == [True, False, False]
    assert kept.edition.get_absolute_url() not in withdrawn


def test_report_is_taken_up_and_settled(sign_in):
    kept = report()
    browser, user = sign_in("desk editor")

    settle(browser, kept, _take_up="1")
    kept.refresh_from_db()
    taken = kept.state
    answer = settle(browser, kept, seen="in_hand", remark="已改为周四。")

    kept.refresh_from_db()
    assert taken == "in_hand"
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/en{LIST}{kept.pk}/change/")
    assert (kept.state, kept.handled_by, kept.remark) == ("corrected", user, "已改为周四。")
    assert "已改为周四。" in text(browser.get(page_of(kept)))


@pytest.mark.parametrize(
    ("said", "status", "problem"),
    [
        ({"outcome": ""}, 422, "This field is required."),
        ({"outcome": "new", "remark": "我写的"}, 422, "is not one of the available choices"),
        ({"remark": " "}, 422, "Please write a remark"),
        ({"remark": "我" * 2001}, 422, "at most 2000 characters"),
        ({"seen": "spam", "remark": "我写的"}, 409, "has done something with this report"),
        ({"seen": "spam", "_take_up": "1", "remark": "我写的"}, 409, "has done something"),
    ],
)
def test_refusal_says_why_and_keeps_what_was_typed(sign_in, said, status, problem):
    kept = report()
    browser, _user = sign_in("desk editor")

    answer = settle(browser, kept, **said)

    kept.refresh_from_db()
    assert answer.status_code == status
    assert problem in text(answer)
    assert said.get("remark", "") in text(answer)
    assert kept.state == "new"


def test_who_was_late_may_send_again_what_they_wrote(sign_in):
    kept = report(state="spam")
    browser, _user = sign_in("desk editor")

    late = settle(browser, kept, remark="确有错字")
    again = settle(browser, kept, remark="确有错字", seen=late.context["form"]["seen"].value())

    kept.refresh_from_db()
    assert (late.status_code, again.status_code) == (409, 302)
    assert kept.state == "corrected"


@pytest.mark.parametrize("group", ["correspondent", "head", "administrator", "proof-reader"])
def test_reading_gives_no_right_to_settle(sign_in, unit, group):
    kept = report(unit=unit)
    browser, _user = sign_in(group, **({"unit": unit} if group == "correspondent" else {}))

    page, answer = browser.get(page_of(kept)), settle(browser, kept, remark="我写的")

    kept.refresh_from_db()
    assert "<textarea" not in text(page)
    assert answer.status_code == 403
    assert "我写的" in text(answer)
    assert kept.state == "new"


def test_my_desk_counts_what_waits_for_those_who_settle(sign_in):
    report("甲")
    report("乙", state="in_hand")
    report("丙", state="spam")
    editor, _user = sign_in("desk editor")
    head, _user = sign_in("head")
    other, _user = sign_in("correspondent", unit=make_unit())

    assert section(editor.get("/admin/"), "reports") == 2
    assert f"{LIST}?state=waiting" in text(editor.get("/admin/"))
    assert section(head.get("/admin/"), "reports") is None
    assert section(other.get("/admin/"), "reports") is None


def test_notice_opens_its_report(sign_in):
    browser, user = sign_in("desk editor")
    kept = report()
    at = timezone.now()
    error_reports.tell(at=at)
    while running.run_due(at, worker="test"):
        pass
    notice = Notice.objects.get(user=user, kind=NoticeKind.REPORTED)

    answer = browser.get(reverse("admin:notice", args=[notice.pk]))

    assert answer.headers["Location"] == page_of(kept)
