"""Two versions in words: which fields differ, how, and by how much."""

import pytest
from django.utils.timezone import get_current_timezone

from articles import snapshots
from articles.admin.article.record import comparing
from articles.models import Role
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def kinds(found):
    return {
        difference.field: [shown.row.kind for shown in difference.rows] for difference in found
    }


def notes(old, new):
    found = comparing.differences({"body": _read(old)}, {"body": _read(new)})
    return [note for difference in found for shown in difference.rows for note in shown.notes]


def _read(html):
    return comparing.passages.read(html)


def test_everything_that_a_version_holds_is_compared():
    article = factories.make_article(tags=("校庆",))
    article.photos.create(photo=factories.make_photo("开幕"))
    factories.attach(article, "议程")
    old = snapshots.take(article)
    article.headline, article.body = "新标题", "<p>正文第一段。</p><p>正文第三段。</p>"
    article.section, article.importance = factories.make_section("学术"), "important"
    article.event_date, article.displayed_at = NOON.date(), NOON
    article.save()
    article.tags.set(["科研"])
    article.credits.create(role=Role.EDITOR, name="陈晓", position=1)
    article.photos.update(caption="闭幕", paragraph=2)
    article.attachments.update(title="日程")
    article.units.create(unit=factories.make_unit(), position=1)
    article.corrections.create(text="更正", written_by=article.created_by, written_at=NOON)
    new = snapshots.take(article)

    found = comparing.between(old, new)

    assert kinds(found) == {
        "headline": ["changed"],
        "body": ["same", "changed"],
        "section": ["changed"],
        "importance": ["changed"],
        "event_date": ["inserted"],
        "displayed_at": ["inserted"],
        "units": ["same", "inserted"],
        "credits": ["same", "inserted"],
        "photos": ["changed"],
        "attachments": ["changed"],
        "tags": ["deleted", "inserted"],
        "corrections": ["inserted"],
    }
    assert [shown.number for difference in found for shown in difference.rows] == [
        *(1, 0, 2, 3, 4, 5, 6, 0, 7, 0, 8, 9, 10, 11, 12, 13)
    ]
    (photo,) = next(d for d in found if d.field == "photos").rows
    assert photo.new_pictures == (article.photos.get().photo.address("thumb"),)
    assert str(get_current_timezone()) == "Asia/Shanghai"


def test_two_versions_take_three_queries(django_assert_num_queries):
    article = factories.make_article()
    for _ in range(2):
        article.photos.create(photo=factories.make_photo())
    old = snapshots.take(article)
    article.photos.all().delete()
    new = snapshots.take(article)

    with django_assert_num_queries(3):
        comparing.between(old, new)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "<p>校长致辞</p>",
            "<p><strong>校长</strong>致辞</p>",
            ["“校长” is now bold."],
        ),
        (
            '<p>见<a href="/a/">通知</a></p>',
            '<p>见<a href="/b/">通知</a></p>',
            ["The link on “通知” led to /a/ and leads to /b/ now."],
        ),
        (
            '<p>见<a href="/a/">通知</a></p>',
            "<p>见<em>通知</em></p>",
            [
                "“通知” is no longer a link; it led to /a/.",
                "“通知” is now in italics.",
            ],
        ),
        ("<p>会议</p>", "<h2>会议</h2>", ["This was a paragraph and is now a heading."]),
        (
            "<table><tbody><tr><td>甲</td></tr></tbody></table>",
            "<table><tbody><tr><th>甲</th></tr></tbody></table>",
            ["“甲” now stands in a heading cell."],
        ),
        (
            '<table><tbody><tr><th scope="col">甲</th><th>乙</th></tr></tbody></table>',
            '<table><tbody><tr><th>甲</th><th scope="row">乙</th></tr></tbody></table>',
            [
                "The cell “甲” no longer says what it heads.",
                "The cell “乙” now heads: its row.",
            ],
        ),
        (
            '<figure><img data-file="1"></figure>',
            '<figure><img data-file="2"></figure>',
            ["It is another picture now."],
        ),
        (
            '<figure><img data-file="1"><figcaption>图</figcaption></figure>',
            (
                '<figure class="side"><img data-file="1" alt="门">'
                "<figcaption>图</figcaption></figure>"
            ),
            [
                "The figure stood as wide as the text and stands at the side now.",
                "The text for those who cannot see the picture is now “门”.",
            ],
        ),
        (
            '<figure class="full"><img data-file="1" alt="门"></figure>',
            '<figure><img data-file="1"><img data-file="2"></figure>',
            [
                "The figure stood wider than the text and stands as wide as the text now.",
                "It is a gallery now.",
                "1 picture is new.",
                "The text for those who cannot see the picture is gone: “门”.",
            ],
        ),
        (
            '<figure><img data-file="1"><img data-file="2"></figure>',
            '<figure><img data-file="2"><img data-file="1"></figure>',
            ["Its pictures stand in another order now."],
        ),
        (
            '<figure><img data-file="1"><img data-file="2"></figure>',
            '<figure><img data-file="1"></figure>',
            ["It is no gallery any more.", "1 picture is gone."],
        ),
        ("<p>一</p>", "<p>二</p>", []),
    ],
)
def test_markup_is_put_into_words(old, new, said):
    assert notes(old, new) == said


def test_text_is_text_on_the_page():
    (found,) = comparing.differences(
        {"headline": [comparing.Passage("<b>甲</b>")]},
        {"headline": [comparing.Passage("<b>乙</b> & <script>")]},
    )

    page = found.rows[0].inline() + found.rows[0].old() + found.rows[0].new()

    assert "<b>" not in page
    assert "<script" not in page
    assert page.startswith("&lt;b&gt;")


@pytest.mark.parametrize(
    ("old", "new", "language", "said"),
    [
        ("<p>共128人参加</p>", "<p>共1280位参加</p>", "zh-hans", "2 characters in the body"),
        ("<p>A good day</p>", "<p>A bad day</p>", "en", "1 word in the body"),
        ("<p>校长</p>", "<p><em>校长</em></p>", "zh-hans", "the markup of the body"),
        (
            '<figure><img data-file="1"></figure>',
            '<figure class="side"><img data-file="1"></figure>',
            "zh-hans",
            "the figures in the body",
        ),
        (
            "<p>一二三四五</p><p>六七八九十</p>",
            "<p>六七八九十</p><p>一二三四五</p>",
            "zh-hans",
            "the order of the paragraphs",
        ),
    ],
)
def test_summary_says_how_much_of_the_body_changed(old, new, language, said):
    found = comparing.differences({"body": _read(old)}, {"body": _read(new)})

    assert comparing.summary(found, language) == said


def test_summary_names_the_other_fields():
    found = comparing.differences(
        {"headline": _read("甲"), "kicker": [], "body": []},
        {"headline": _read("乙"), "kicker": _read("丙"), "body": []},
    )

    assert comparing.summary(found, "zh-hans") == "headline, kicker"


def test_only_changes_folds_what_stayed():
    old = [comparing.Passage(f"第{n}段文字。", "p") for n in range(9)]
    new = [*old[:4], comparing.Passage("新的一段内容。", "p"), *old[5:]]

    (found,) = comparing.only_changes(comparing.differences({"body": old}, {"body": new}))

    assert [(shown.hidden, shown.row.kind) for shown in found.rows] == [
        (3, "same"),
        (0, "same"),
        (0, "changed"),
        (0, "same"),
        (3, "same"),
    ]
