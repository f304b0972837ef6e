"""What the site says of itself is logged, and what is kept of pages follows."""

import re
from datetime import timedelta

import pytest

from articles import site
from articles.actions import site_settings, writing
from articles.errands import running
from articles.models import Credit, EditionPage, Errand, LogEntry, SiteSettings
from articles.rights.permissions import NotAllowed
from tests.factories import (
    NOON,
    make_article,
    make_edition,
    make_person,
    make_user,
    publish,
    set_site,
)

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(minutes=1)


def named(name: str) -> SiteSettings:
    row = SiteSettings.objects.get()
    row.name = name
    row.save()
    return row


def heads(**chosen) -> dict[str, bool]:
    """Say of the kept pages, by language, whether they have the new name."""
    pages = EditionPage.objects.filter(**chosen)
    written = re.compile('content="青禾日[报報]"')
    return {page.language: bool(written.search(page.head)) for page in pages}


def test_change_is_written_down_and_holds_at_once():
    keeper = make_user("administrator")
    site.current()

    site_settings.put_in_force(
        named("青禾日报"), user=keeper, at=NOON, detail="name of the site: 青禾新闻 → 青禾日报"
    )

    entry = LogEntry.objects.get(subject_type="articles.sitesettings")
    assert (entry.action, entry.actor, entry.at, entry.detail) == (
        "edited",
        keeper,
        NOON,
        "name of the site: 青禾新闻 → 青禾日报",
    )
    assert site.current().settings.name == "青禾日报"


@pytest.mark.parametrize("group", ["head", "chief editor", "correspondent"])
def test_change_by_others_than_administrators_is_refused(group):
    with pytest.raises(NotAllowed, match="You may not change site settings"):
        site_settings.put_in_force(
            SiteSettings.objects.get(), user=make_user(group), at=NOON, detail="x"
        )

    assert not LogEntry.objects.filter(subject_type="articles.sitesettings").exists()


def test_pages_are_made_again_in_the_background(monkeypatch):
    monkeypatch.setattr(site_settings, "PAGES_AT_ONCE", 2)
    editions = [make_edition(at=NOON) for _number in range(3)]
    Errand.objects.all().delete()
    keeper = make_user("administrator")
    site_settings.put_in_force(named("青禾日报"), user=keeper, at=NOON, detail="x")
    before = heads(edition=editions[0])

    done = [running.run_due(LATER, worker="worker") for _turn in range(3)]

    assert before == {"zh-hans": False, "zh-hant": False, "en": False}
    assert sum(done) == 2  # two of three pages, and the third
    assert [heads(edition=edition) for edition in editions] == [
        {"zh-hans": True, "zh-hant": True, "en": False},
    ] * 3
    assert Errand.objects.filter(done_at=None).count() == 0


@pytest.fixture
def credited():
    """Publish an article by a person who is not marked as a student."""
    person = make_person("周小雨")
    article = make_article("操场夜跑", at=NOON)
    Credit.objects.filter(article=article).update(person=person, name=person.name)
    article.refresh_from_db()
    writing.finish_change(article, author=article.created_by, at=NOON)
    publish(article, at=NOON)
    return person


@pytest.mark.parametrize(("public", "links"), [(True, True), (False, False)])
def test_person_who_becomes_a_student_is_no_longer_linked_where_students_have_no_pages(
    client, credited, public, links
):
    edition = credited.edition_credits.get().edition
    set_site(students_have_pages=public)
    address, link = edition.get_absolute_url(), f'href="/people/{credited.pk}/"'
    before = client.get(address).content.decode()
    running.run_due(LATER, worker="worker")

    credited.is_student = True
    credited.save()
    site_settings.put_on_pages(credited, at=LATER)
    after = client.get(address).content.decode()
    running.run_due(LATER, worker="worker")

    assert link in before
    assert (link in after) is links
    assert "周小雨" in after  # the credit itself stays
    assert all((link in page.foot) is links for page in edition.pages.filter(language="zh-hans"))
    assert edition.pages.count() == 3
