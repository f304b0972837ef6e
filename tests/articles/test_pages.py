"""What pages print of an edition is kept, and nothing depends on it."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import pages
from articles.actions import publishing
from articles.models import EditionPage
from tests.articles.public.helpers import text
from tests.factories import make_article, make_edition, make_user, publish, set_site

pytestmark = pytest.mark.django_db
LANGUAGES = ("zh-hans", "zh-hant", "en")


def kept(edition) -> dict[str, pages.Parts]:
    return {
        page.language: pages.Parts(page.head, page.top, page.foot) for page in edition.pages.all()
    }


@pytest.fixture
def edition():
    return make_edition("图书馆夜间开放", tags=("阅读",), at=timezone.now() - timedelta(hours=1))


def test_publishing_keeps_parts_in_every_language(edition):
    assert kept(edition) == {code: pages.parts(edition, code) for code in LANGUAGES}
    tag = quote("/tags/阅读/")
    assert f'href="{tag}"' in kept(edition)["zh-hans"].foot
    assert f'href="/en{tag}"' in kept(edition)["en"].foot


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_page_is_the_same_without_what_is_kept(client, edition, prefix):
    address = prefix + edition.get_absolute_url()
    from_kept = text(client.get(address))
    EditionPage.objects.update(top="<h1>留存</h1>")
    from_changed = text(client.get(address))
    EditionPage.objects.all().delete()

    assert text(client.get(address)) == from_kept
    assert "<h1>留存</h1>" in from_changed  # what is kept is what is printed


@pytest.mark.parametrize(
    ("setting", "value"),
    [("SITE_URL", "https://new.example"), ("TIME_ZONE", "UTC")],
)
def test_parts_of_another_recipe_are_not_used(client, edition, settings, setting, value):
    EditionPage.objects.update(top="<h1>留存</h1>")

    setattr(settings, setting, value)

    assert "<h1>图书馆夜间开放</h1>" in text(client.get(edition.get_absolute_url()))


@pytest.mark.parametrize(
    "said", [{"name": "别的新闻网"}, {"name_en": "Another"}, {"students_have_pages": False}]
)
def test_parts_made_before_the_site_changed_are_not_used(client, edition, said):
    EditionPage.objects.update(top="<h1>留存</h1>")

    set_site(**said)

    assert "<h1>图书馆夜间开放</h1>" in text(client.get(edition.get_absolute_url()))


def test_recipe_is_another_after_a_change_of_the_template(tmp_path, settings):
    before = pages.recipe()
    template = tmp_path / pages.TEMPLATE
    template.parent.mkdir()
    template.write_text("{% partialdef head %}{% endpartialdef %}", encoding="utf-8")
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    ]
    pages._sources.cache_clear()
    after = pages.recipe()
    pages._sources.cache_clear()

    assert before != after


def test_rebuild_makes_what_is_missing_or_old(edition, capsys):
    at = timezone.now()
    old, planned = (
        make_edition(at=at - timedelta(hours=1)),
        publish(make_article(), at=at, live_from=at + timedelta(days=1)),
    )
    over = make_edition(at=at - timedelta(hours=1))
    publishing.withdraw(over.article, user=make_user("chief editor"), reason="错误", at=at)
    good = kept(old)
    old.pages.update(recipe="old", head="")
    for gone in (planned, over):
        gone.pages.all().delete()

    call_command("rebuild_pages")
    call_command("rebuild_pages")

    assert capsys.readouterr().out == "2 editions have new pages.\n0 editions have new pages.\n"
    assert kept(old) == good
    assert set(kept(planned)) == set(LANGUAGES)
    assert kept(over) == {}


def test_rebuild_makes_as_many_as_asked_the_newest_first():
    at = timezone.now()
    older, newer = (make_edition(at=at - timedelta(hours=hours)) for hours in (2, 1))
    EditionPage.objects.all().delete()

    counts = [pages.rebuild(at, most=1)]
    first = (set(kept(older)), set(kept(newer)))
    counts += [pages.rebuild(at, most=1), pages.rebuild(at, most=1)]

    assert first == (set(), set(LANGUAGES))
    assert counts == [1, 1, 0]
