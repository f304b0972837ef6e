"""The benchmarks measure real pages: what they fill in is read as any other article."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import snapshots
from articles.models import Article, Edition, ReviewRound, Version
from benchmarks import desk, fill, newsroom, pages
from tests.factories import make_edition, make_section

pytestmark = pytest.mark.django_db


def fill_up(wanted: int) -> None:
    section = make_section(slug="news")
    now = timezone.now()
    make_edition("标题甲", section=section, tags=("讲座",), at=now - timedelta(hours=2))
    make_edition("标题乙", section=section, at=now - timedelta(hours=1))
    fill.multiply(wanted)


def test_multiply_copies_articles_with_all_that_belongs_to_them():
    fill_up(41)

    copies = Edition.objects.live(timezone.now()).filter(headline="标题甲")
    first = copies.latest("live_from")
    assert Article.objects.count() == 41
    assert copies.count() == 21
    for copy in copies:
        assert copy.version.sha256 == snapshots.digest(copy.version.snapshot)
        assert copy.furniture == first.furniture
        assert list(copy.tags.values_list("name", "displayed_at")) == [("讲座", copy.displayed_at)]
        assert copy.units.count() == 1
        # Its author, and who decided at the last stage.
        assert copy.credits.count() == 2
        assert copy.words.tokens == first.words.tokens
        assert {page.language for page in copy.pages.all()} == {"zh-hans", "en"}
        assert all(f"/articles/{copy.article_id}/" in page.head for page in copy.pages.all())
        assert list(copy.article.tags.names()) == ["讲座"]


def test_every_address_is_a_page_of_its_own(client: Client):
    fill_up(41)

    found = fill.addresses()

    assert list(found) == [
        "empty view",
        "article",
        "front page",
        "section, page 1",
        "section, page 2",
    ]
    assert len(set(found["article"])) == 41
    for address in (*found["article"], *found["front page"], *found["section, page 2"]):
        assert client.get(address).status_code == 200
    first, second = (client.get(found[f"section, page {page}"][0]) for page in (1, 2))
    last_of_first = first.context["page"].editions[-1]
    assert last_of_first.displayed_at > second.context["page"].editions[0].displayed_at
    assert len(second.context["page"].editions) == 20


def test_queries_of_boards_are_counted_apart():
    asked = {"__name__": "analytics.boards", "Edition": Edition}

    with fill.counted_queries() as counts:
        Edition.objects.count()
        exec("Edition.objects.count(); Edition.objects.first()", asked)  # noqa: S102

    assert counts == {"page": 1, "boards": 2}


def test_without_wrk_nothing_is_begun(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.argv", ["benchmarks.pages"])

    with pytest.raises(SystemExit, match="wrk is missing"):
        pages.main()


def test_share_is_that_of_the_same_round():
    def runs(*per_second: int) -> list[dict[str, float]]:
        return [{"per_second": number, "p99_ms": 7} for number in per_second]

    page = {"page": "article", "addresses": [], "queries": {"page": 2, "boards": 1}}

    row = pages.summary(page, runs(100, 300, 200), empty=runs(1000, 1000, 500))

    assert row == {
        "page": "article",
        "per_second": 200,
        "of_empty_view": 0.3,
        "p99_ms": 7,
        "queries": 2,
        "queries_of_boards": 1,
    }


def test_boards_beside_a_page_are_made_once_for_all_pages(client: Client, settings):
    settings.RAIL_CACHE_SECONDS = 60
    make_edition("标题甲", at=timezone.now())

    with fill.counted_queries() as first:
        client.get("/search/")
    with fill.counted_queries() as second:
        client.get("/search/?q=标题")

    assert first["boards"] > 0
    assert second["boards"] == 0


def test_newsroom_is_of_articles_in_every_state(monkeypatch: pytest.MonkeyPatch, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    monkeypatch.setattr(newsroom, "AUTHORS", 3)
    monkeypatch.setattr(newsroom, "UNITS", 2)

    newsroom.fill(60)
    measured = list(newsroom.measure(1))

    # The seven patterns have a single version each.
    copies = Article.objects.filter(version_number=newsroom.VERSIONS)
    assert (Article.objects.count(), copies.count()) == (60, 53)
    assert Version.objects.count() == 53 * newsroom.VERSIONS + 7
    assert set(Article.objects.values_list("status", flat=True)) == {
        "draft",
        "returned",
        "in_review",
        "approved",
        "published",
    }
    names = set(ReviewRound.objects.waiting().values_list("current_name", flat=True))
    assert names == {"初审", "终审"}
    assert [row["page"] for row in measured] == list(newsroom.addresses())
    assert all(row["queries"] > 0 and row["ms"] > 0 for row in measured)


def test_ratio_of_the_desk_is_that_of_the_same_round():
    def rounds(*ms: int) -> list[dict[str, object]]:
        return [{"pages": [{"page": "board", "queries": 9, "ms": number}]} for number in ms]

    rows = desk.compare(rounds(10, 30, 20), rounds(20, 30, 60))

    assert rows == [{"page": "board", "queries": [9, 9], "ms": [20, 30], "ratio": 2.0}]
