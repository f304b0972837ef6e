"""The benchmarks measure real pages: what they fill in is read as any other article."""

import json
import re
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from articles import snapshots
from articles.actions import photos, writing
from articles.models import Article, Edition, ReviewRound, User, Version
from benchmarks import (
    archives,
    desk,
    editors,
    fill,
    intake,
    newsroom,
    old_site,
    pages,
    saving,
    scenes,
)
from tests.factories import (
    change,
    make_article,
    make_edition,
    make_person,
    make_section,
    make_unit,
    make_user,
    publish,
)

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
        assert {page.language for page in copy.pages.all()} == {"zh-hans", "zh-hant", "en"}
        assert all(f"/articles/{copy.article_id}/" in page.head for page in copy.pages.all())
        assert list(copy.article.tags.names()) == ["讲座"]


def test_every_address_is_a_page_of_its_own(client: Client):
    fill_up(41)

    found = fill.addresses()

    assert list(found) == [
        "empty view",
        "article",
        "article, traditional",
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


def test_archive_is_copied_with_all_that_lists_find_it_by(client: Client):
    unit, person = make_unit("图书馆"), make_person("陈晨")
    article = make_article("标题甲", unit=unit, tags=("讲座",))
    article.credits.update(person=person)
    article = change(article, by=article.created_by, at=timezone.now() - timedelta(hours=3))
    publish(article, at=timezone.now() - timedelta(hours=2))

    archives.multiply(50)

    live = Edition.objects.live(timezone.now())
    dates = list(live.order_by("displayed_at").values_list("displayed_at", flat=True))
    assert len(set(dates)) == 50
    assert dates[-1] - dates[0] > archives.SPAN * 0.9
    first = live.earliest("displayed_at")
    assert list(first.tags.values_list("slug", "displayed_at")) == [("讲座", dates[0])]
    turned = []
    for name, address, rows, number in archives.lists():
        if rows.count() > 40:
            page, asked = archives.deep_page(rows, number)
            first_page, late_page = (client.get(address + query) for query in ("", asked))
            turned.append((name, page, first_page.status_code, late_page.status_code))
            assert first_page.content != late_page.content
    names = ("section", "tag", "unit", "person", "all articles (API)")
    assert turned == [(name, 2, 200, 200) for name in names]


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


def save_both(client: Client) -> tuple[list[dict[str, object]], dict[str, str]]:
    """Let two editors open the same form and save it, the second one too late."""
    first, second = editors.hire(2, 1, "correct horse battery")
    path = f"/admin/articles/article/{first['article']}/change/"
    fields = {}
    for one in (first, second):
        client.force_login(User.objects.get(username=one["username"]))
        opened = saving.form(client.get(path).content.decode())
        words = f"{one['username']} 第1次改动"
        fields[one["username"]] = saving.with_words(opened, words, at_end=one["writes_at_end"])
    client.force_login(User.objects.get(username=first["username"]))
    assert client.post(path, fields[first["username"]]).status_code == 302
    client.force_login(User.objects.get(username=second["username"]))
    answer = client.post(path, fields[second["username"]])
    assert answer.status_code == 409
    merged = saving.merged(answer.content.decode())
    assert client.post(path, merged).status_code == 302
    saves = [
        {"article": one["article"], "username": one["username"], "words": words}
        for one, words in ((first, "editor0 第1次改动"), (second, "editor1 第1次改动"))
    ]
    return saves, merged


def test_editors_save_and_merge_and_nothing_is_lost(client: Client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]

    saves, merged = save_both(client)

    lines = merged["body"].strip().split("\n")
    assert (lines[0], lines[-1]) == ("<p>editor0 第1次改动</p>", "<p>editor1 第1次改动</p>")
    assert merged["headline"] == "editor1 第1次改动"
    assert editors.problems(saves) == []


def test_lost_save_is_told(client: Client):
    saves, _merged = save_both(client)
    article = Article.objects.get()
    never = {"article": article.pk, "username": "editor0", "words": "从未保存"}
    lost = article.body.replace("<p>editor0 第1次改动</p>\n", "")
    Article.objects.update(body=lost)
    writing.finish_change(article, author=User.objects.get(username="editor1"), at=timezone.now())

    assert editors.problems([*saves, never]) == [
        f"Article {article.pk}: “editor0 第1次改动” was lost again.",
        f"Article {article.pk}: no version of “从未保存”.",
    ]
    assert editors.problems(saves)[0] == f"Article {article.pk}: 4 versions of 2 saves."


def test_answers_are_measured_against_the_empty_page():
    took = [(saving.EMPTY, 0.1)] * 3 + [(saving.SAVE, 0.2), (saving.SAVE, 0.4)]

    rows = saving.summary(took)

    assert [(row["page"], row["answers"], row["p50_of_empty"]) for row in rows] == [
        ("empty page", 3, 1.0),
        ("save", 2, 3.0),
    ]


def test_story_shows_each_of_its_pictures_with_words_in_both_languages():
    shown = scenes.as_page(
        [
            scenes.Shot("01-a.png", is_narrow=False, chinese="写", english="Written"),
            scenes.Shot("02-b.png", is_narrow=True, chinese="审", english="Reviewed"),
        ]
    )

    assert shown.split("**1.** ")[1] == (
        "写\n\nWritten\n\n"
        '<a href="pictures/story/01-a.png"><img src="pictures/story/01-a.png" width="420" '
        'alt="Written"></a>\n\n'
        "**2.** 审\n\nReviewed\n\n"
        '<a href="pictures/story/02-b.png"><img src="pictures/story/02-b.png" width="160" '
        'alt="Reviewed"></a>\n'
    )


def test_story_on_file_has_all_of_its_pictures_and_no_others():
    docs = Path(__file__).parent.parent / "docs"
    page = (docs / "story.md").read_text(encoding="utf-8")

    named = set(re.findall(r'src="(pictures/story/[^"]+)"', page))
    kept = {str(file.relative_to(docs)) for file in (docs / "pictures" / "story").iterdir()}
    assert named == kept != set()


def test_bare_work_on_a_photo_makes_the_files_that_the_site_makes(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(intake, "SIZE", (1800, 1350))
    data = intake.taken(Image.effect_noise((60, 45), 40).resize(intake.SIZE), 1)
    photo = photos.take_in(data, user=make_user("desk editor"), at=timezone.now())
    photos.make_renditions(photo)
    bare = tmp_path / "bare"
    bare.mkdir()

    intake.work(data, bare, 1)

    def files(paths: Iterable[Path]) -> list[tuple]:
        images = [Image.open(path) for path in paths]
        return sorted((image.format, image.size) for image in images)

    ours = [Path(photo.image.storage.path(name)) for name in photo.public_files()]
    assert files(bare.iterdir()) == files(ours)
    assert len(ours) == 1 + 4 * 3


def test_an_invented_archive_is_imported_whole(tmp_path, settings, capsys):
    settings.VAR_DIR = settings.MEDIA_ROOT = settings.PRIVATE_ROOT = tmp_path

    old_site.main(3, 1, True)

    told = json.loads(capsys.readouterr().out)
    assert {told[name] for name in ("made", "photos", "as_published")} == {3, 1}
    assert Edition.objects.live(timezone.now()).count() == 3
    assert Article.objects.filter(photos__isnull=False).count() == 1
