"""Where an article comes from, in the form."""

import pytest
from django.urls import reverse

from articles.models import Article, Origin
from tests.articles.admin.conftest import form_data
from tests.factories import make_article

pytestmark = pytest.mark.django_db

THERE = "https://paper.example.com/a"


def save(browser, article, **said):
    address = f"/en{reverse('admin:articles_article_change', args=[article.pk])}"
    data = form_data(browser.get(address), origin="media", headline="我写的标题", **said)
    return browser.post(address, data)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"source": "江城晚报", "source_url": "javascript:alert(1)"}, "source_url"),
        ({"source": "江城晚报", "source_url": "ftp://paper.example.com/a"}, "source_url"),
        ({"source": "江城晚报", "source_url": "http://localhost/articles/1/"}, "source_url"),
        ({"source": "江城晚报", "source_url": f"{THERE}?{'a' * 500}"}, "source_url"),
        ({"source": "", "source_url": THERE}, "source"),
    ],
)
def test_wrong_source_is_refused_beside_its_field_and_nothing_is_lost(sign_in, unit, said, field):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article("原来的标题", author=user, unit=unit)

    answer = save(browser, article, **said)

    form = answer.context["adminform"].form
    article.refresh_from_db()
    assert list(form.errors) == [field]
    assert form["headline"].value() == "我写的标题"
    assert form["source_url"].value() == said["source_url"]
    assert article.headline == "原来的标题"


def test_unit_hands_in_coverage_and_its_version_holds_it(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)
    before = article.versions.get()

    save(browser, article, source="江城晚报", source_url=f"{THERE}?{'a' * 400}")

    article = Article.objects.get()
    version = article.versions.get(number=2)
    assert (article.origin, article.source) == (Origin.MEDIA, "江城晚报")
    assert version.snapshot["source_url"] == article.source_url == f"{THERE}?{'a' * 400}"
    assert version.sha256 != before.sha256
