"""What photographers contributed: counted once, from editions, for whoever may see it."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from analytics.boards import photo_contributions
from analytics.boards.photo_contributions import Days
from articles.actions import publishing, writing
from articles.models import LogEntry, Photo
from tests.analytics.accepted import publish_again
from tests.factories import (
    NOON,
    ZONE,
    approve,
    make_article,
    make_person,
    make_photo,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db

NOVEMBER = Days(date(2026, 11, 1), date(2026, 11, 30))
DECEMBER = Days(date(2026, 12, 1), date(2026, 12, 31))
LATER = NOON + timedelta(days=90)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def person():
    return make_person("林溪")


def with_photos(headline, *photos):
    article = make_article(headline)
    for position, photo in enumerate(photos):
        article.photos.create(photo=photo, position=position)
    writing.finish_change(article, author=article.created_by, at=NOON)
    return article


def listed(person, days, at=LATER):
    return {
        row.photo.caption: [(each.headline, each.at) for each in row.printed]
        for row in photo_contributions.contributions(person, days, at=at)
    }


def test_photo_is_listed_once_with_every_article_that_showed_it(person):
    photo, other = make_photo("看台", photographer=person), make_photo("别人的")
    publish(with_photos("运动会", photo, other), at=NOON)
    publish(with_photos("一年回顾", photo), at=NOON + timedelta(hours=1))
    approve(with_photos("未发布", photo))

    found = listed(person, NOVEMBER)

    assert found == {"看台": [("运动会", NOON), ("一年回顾", NOON + timedelta(hours=1))]}


def test_later_edition_of_an_article_counts_nothing_and_another_article_does(person):
    photo, added = (make_photo(name, photographer=person) for name in ("看台", "补的"))
    article = with_photos("运动会", photo)
    publish(article, at=NOON)
    december = datetime(2026, 12, 1, tzinfo=ZONE)
    article.photos.create(photo=added, position=1)
    publish_again(article, at=december)
    publish(with_photos("一年回顾", photo), at=december)

    assert listed(person, NOVEMBER) == {"看台": [("运动会", NOON)]}
    assert listed(person, DECEMBER) == {
        "补的": [("运动会", december)],
        "看台": [("一年回顾", december)],
    }


def test_what_has_not_gone_out_yet_counts_nothing(person):
    tomorrow = NOON + timedelta(days=1)
    article = approve(with_photos("运动会", make_photo("看台", photographer=person)))
    publishing.publish(article, user=make_user("chief editor"), at=NOON, live_from=tomorrow)

    assert listed(person, NOVEMBER, at=NOON) == {}
    assert list(listed(person, NOVEMBER)) == ["看台"]


def test_photographers_are_counted_and_names_without_a_person_are_not_forgotten(person):
    photos = [make_photo(photographer=person) for _number in range(2)]
    named = make_photo(photographer_name="周舟")
    publish(with_photos("运动会", *photos, named, make_photo()), at=NOON)
    publish(with_photos("一年回顾", photos[0]), at=NOON)

    found = photo_contributions.photographers(NOVEMBER, at=LATER)

    assert found == [("林溪", person.pk, 2), ("周舟", None, 1)]
    assert photo_contributions.photographers(DECEMBER, at=LATER) == []


@pytest.fixture
def pages(person):
    photo = make_photo("=看台", photographer=person)
    publish(with_photos("运动会", photo), at=NOON)
    query = "?from=2026-11-01&until=2026-11-30"
    own = f"/staff/photographers/{person.pk}"
    return {
        "all": f"/staff/photographers/{query}",
        "one": f"{own}/{query}",
        "csv": f"{own}.csv{query}",
        "xlsx": f"{own}.xlsx{query}",
    }


def statuses(client, pages):
    ask = {"csv": client.post, "xlsx": client.post}
    return {name: ask.get(name, client.get)(page).status_code for name, page in pages.items()}


def test_desk_sees_everybody_and_a_photographer_their_own(client, person, pages):
    client.force_login(make_user("head", is_staff=True))
    assert statuses(client, pages) == {"all": 200, "one": 200, "csv": 200, "xlsx": 200}
    assert "林溪" in client.get(pages["all"]).content.decode()
    assert "运动会" in client.get(pages["one"]).content.decode()

    stranger = make_user("correspondent", is_staff=True)
    client.force_login(stranger)
    assert statuses(client, pages) == {"all": 403, "one": 403, "csv": 403, "xlsx": 403}
    assert "运动会" not in client.get(pages["one"]).content.decode()

    person.user = stranger
    person.save()
    assert statuses(client, pages) == {"all": 302, "one": 200, "csv": 200, "xlsx": 200}
    assert client.get(pages["all"]).headers["Location"] == f"/staff/photographers/{person.pk}/"


def test_nobody_sees_the_lists_without_signing_in(client, pages):
    answers = [client.get(page) for page in pages.values()]

    assert all("/admin/login/" in answer.headers["Location"] for answer in answers)


def test_list_is_taken_along_as_csv_and_that_is_logged(client, person, pages):
    user = make_user("desk editor", is_staff=True)
    client.force_login(user)

    assert client.get(pages["csv"]).status_code == 405
    answer = client.post(pages["csv"])
    content = b"".join(answer).decode("utf-8-sig").splitlines()

    photo, article = Photo.objects.get(), Photo.objects.get().uses.get().article_id
    entry = LogEntry.objects.get(action=LogEntry.Action.EXPORTED)
    assert content == [
        "photo,caption,first published,articles,headlines",
        f"{photo.pk},'=看台,2026-11-20T12:00:00+08:00,1,{article} 运动会",
    ]
    assert (entry.actor, entry.subject) == (user, f"photos-{person.pk}-2026-11-01-2026-11-30.csv")
    assert "林溪" in entry.detail


def test_list_is_taken_along_as_a_workbook_in_which_nothing_runs(client, person, pages):
    client.force_login(make_user("desk editor", is_staff=True))

    answer = client.post(pages["xlsx"])

    photo, article = Photo.objects.get(), Photo.objects.get().uses.get().article_id
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet.title == "林溪"
    assert list(sheet.values) == [
        photo_contributions.HEADING,
        (photo.pk, "'=看台", datetime(2026, 11, 20, 12), 1, f"{article} 运动会"),  # noqa: DTZ001
    ]
    entry = LogEntry.objects.get(action=LogEntry.Action.EXPORTED)
    assert entry.subject == f"photos-{person.pk}-2026-11-01-2026-11-30.xlsx"
    assert client.post(pages["xlsx"].replace(".xlsx", ".exe")).status_code == 404


@pytest.mark.parametrize(
    "query", ["from=x", "from=2026-11-02&until=2026-11-01", "until=9999-12-31"]
)
def test_days_that_are_none_are_not_found(client, query):
    client.force_login(make_user("desk editor", is_staff=True))

    assert client.get(f"/staff/photographers/?{query}").status_code == 404
