"""What the pages of units and people say of them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles import site
from articles.actions import publishing
from articles.models import Credit, SiteSettings, UnitName
from tests.analytics.accepted import make_accepted
from tests.articles.public.helpers import headlines, text
from tests.factories import (
    change,
    make_article,
    make_edition,
    make_person,
    make_unit,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def credited(headline: str, person, *roles: str, hours: int = 1, **fields):
    """Publish an article on which somebody is credited in these roles."""
    article = make_article(headline, **fields)
    for position, role in enumerate(roles, 1):
        Credit.objects.create(
            article=article,
            role=role,
            person=person,
            name=person.name,
            unit=article.unit,
            position=position,
        )
    at = timezone.now() - hours * HOUR
    article = change(article, by=article.created_by, at=at - HOUR)
    return publish(article, at=at)


def works(response) -> dict[str, str]:
    return {work.role: work.counted for work in response.context["works"]}


def test_person_has_a_list_for_each_role(client):
    person = make_person("刘润之")
    unit = make_unit("校团委")
    credited("写的", person, "author", unit=unit)
    credited("又写又拍", person, "author", "photographer", hours=2, unit=unit)
    credited("编的", person, "editor", hours=3)
    address = person.get_absolute_url()

    everything = client.get(address)

    assert headlines(everything) == ["写的", "又写又拍", "编的"]
    assert works(everything) == {"author": "2", "photographer": "1", "editor": "1"}
    for role, found in (
        ("author", ["写的", "又写又拍"]),
        ("photographer", ["又写又拍"]),
        ("editor", ["编的"]),
    ):
        assert headlines(client.get(address, {"role": role})) == found
    for role in ("designer", "x", "' or 1", "\0"):
        assert client.get(address, {"role": role}).status_code == 404
    assert "校团委" in text(everything)


def test_person_is_counted_by_what_is_live_and_to_a_limit(client, monkeypatch):
    monkeypatch.setattr("articles.public.contributors.MOST_COUNTED", 0)
    person = make_person("刘润之")
    credited("写的", person, "author", "photographer")
    gone = credited("撤回的", person, "editor", hours=2)
    publishing.withdraw(
        gone.article, user=make_user("chief editor"), reason="错误", at=timezone.now()
    )

    assert works(client.get(person.get_absolute_url())) == {"author": "0+", "photographer": "0+"}


def test_pages_of_a_role_are_turned_within_it(client, monkeypatch):
    monkeypatch.setattr("articles.public.lists.listing.PAGE_SIZE", 1)
    person = make_person("刘润之")
    for hours in (1, 2):
        credited(f"写的{hours}", person, "author", hours=hours)
    credited("编的", person, "editor", hours=3)
    first = client.get(person.get_absolute_url(), {"role": "author"})
    older = str(first.context["page"].older)

    second = client.get(person.get_absolute_url(), {"role": "author", "before": older})

    assert f'href="?role=author&before={older}"' in text(first).replace("&amp;", "&")
    assert headlines(second) == ["写的2"]
    assert second.context["page"].older is None


def test_people_of_one_name_are_kept_apart(client):
    one, other, unseen = (
        make_person("王伟", home_unit=make_unit(unit)) for unit in ("图书馆", "校医院", "后勤处")
    )
    credited("图书馆的稿", one, "author")
    credited("校医院的稿", other, "author")
    Credit.objects.create(article=make_article(), role="author", person=unseen, name="王伟")

    page = client.get(one.get_absolute_url())

    assert headlines(page) == ["图书馆的稿"]
    assert page.context["namesakes"] == [other]
    assert other.get_absolute_url() in text(page)


def test_unit_says_who_it_is_and_was(client):
    today = timezone.localdate()
    whole = make_unit("信息学部")
    unit = make_unit("计算机学院", name_en="School of Computing", parent=whole)
    make_unit("计算机系", successor=unit)
    make_unit("实验中心", parent=unit)
    make_unit("旧实验室", parent=unit, active_until=today)
    for name, until, kind in (
        ("计算机科学系", date(2001, 9, 1), UnitName.Kind.OFFICIAL),
        ("计科", date(2001, 9, 1), UnitName.Kind.ALIAS),
    ):
        unit.names.create(name=name, valid_until=until, kind=kind)

    chinese, english = (
        text(client.get(f"{prefix}{unit.get_absolute_url()}")) for prefix in ("", "/en")
    )

    for said in ("信息学部", "计算机系", "实验中心", "计算机科学系", 'lang="en">School of Comp'):
        assert said in chinese, said
    assert "旧实验室" not in chinese
    assert "计科<" not in chinese
    assert "<h1>School of Computing</h1>" in english
    assert "until Sept. 1, 2001" in english or "until 1 September 2001" in english


def test_unit_names_the_people_it_was_lately_credited_with(client):
    unit = make_unit("校团委")
    busy, other, decided, elsewhere = map(make_person, ("常写的", "写过的", "签发的", "外单位的"))
    for hours in (1, 2):
        credited(f"稿{hours}", busy, "author", "photographer", hours=hours, unit=unit)
    credited("稿三", other, "author", hours=3, unit=unit)
    credited("稿四", decided, "publisher", hours=4, unit=unit)
    credited("别的单位", elsewhere, "author")

    page = client.get(unit.get_absolute_url())

    assert page.context["people"] == [busy, other]


def test_students_without_pages_are_not_led_to(client):
    unit = make_unit("校团委")
    student, namesake = (make_person("王伟", is_student=student) for student in (True, False))
    credited("学生写的", student, "author", unit=unit)
    credited("老师写的", namesake, "author", hours=2, unit=unit)

    def led_to():
        people = client.get(unit.get_absolute_url()).context["people"]
        return people, client.get(namesake.get_absolute_url()).context["namesakes"]

    before = led_to()
    SiteSettings.objects.update(students_have_pages=False)
    site.forget()

    assert before == ([student, namesake], [student])
    assert led_to() == ([namesake], [])


def test_standing_is_shown_where_boards_are_public(client):
    unit = make_accepted(make_unit("校团委"), at=timezone.now() - HOUR).units.get().unit

    def is_shown():
        return 'class="standing"' in text(client.get(unit.get_absolute_url()))

    before = is_shown()
    SiteSettings.objects.update(boards_are_public=False)
    site.forget()

    assert (before, is_shown()) == (True, False)


def test_unit_without_articles_has_a_page(client):
    unit = make_unit("新单位")
    make_edition(at=timezone.now() - HOUR)

    page = client.get(unit.get_absolute_url())

    assert page.status_code == 200
    assert 'class="standing"' not in text(page)
    assert page.context["people"] == []


def test_unit_leads_to_its_successor(client):
    old, new = make_unit("旧名"), make_unit("新名")
    old.successor = new
    old.save()

    assert new.get_absolute_url() in text(client.get(old.get_absolute_url()))
    assert old.get_absolute_url() in text(client.get(new.get_absolute_url()))
