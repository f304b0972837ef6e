"""What is shown in a text is a use of the photo."""

import pytest

from articles import rendering, snapshots
from articles.actions import photos, reverting, writing
from tests.factories import NOON, make_article, make_photo, publish

pytestmark = pytest.mark.django_db


def figure(photo, caption="", size=""):
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    of_size = f' class="{size}"' if size else ""
    return f'<figure{of_size}><img data-file="{photo.pk}">{below}</figure>'


def write(article, body):
    article.body = body
    article.save()
    return writing.finish_change(article, author=article.created_by, at=NOON)


def uses(article):
    return list(article.photos.values_list("photo", "caption", "in_body"))


def test_photo_in_the_text_is_a_use_with_evidence_until_it_is_taken_out():
    article, first, second = make_article(), make_photo("库中"), make_photo()
    body = f"<p>文</p>\n{figure(second, '图<strong>为</strong>门')}\n{figure(first)}"

    version = write(article, body)
    shown = uses(article)
    write(article, "<p>文</p>")

    assert shown == [(second.pk, "图为门", True), (first.pk, "", True)]
    assert [
        (row["photo"], row["sha256"], row["caption"], row["in_body"])
        for row in version.snapshot["photos"]
    ] == [(second.pk, second.sha256, "图为门", True), (first.pk, first.sha256, "库中", True)]
    assert uses(article) == []


def test_photo_that_was_placed_by_number_moves_into_the_text():
    article, photo = make_article(), make_photo()
    article.photos.create(photo=photo, paragraph=1, caption="旧")

    write(article, figure(photo, "新"))

    assert uses(article) == [(photo.pk, "新", True)]


def test_restored_version_has_its_figures_again():
    article, photo = make_article(), make_photo()
    write(article, figure(photo, "图"))
    write(article, "<p>文</p>")

    author = article.created_by
    reverting.restore_version(article, number=2, seen_version=3, author=author, at=NOON)

    assert uses(article) == [(photo.pk, "图", True)]


def test_page_shows_figures_where_they_stand_with_size_and_credit():
    article = make_article()
    one, two = make_photo(photographer_name="林晓"), make_photo("乙")
    images = f'<img data-file="{one.pk}"><img data-file="{two.pk}" alt="门">'
    gallery = f"<figure>{images}</figure>"
    write(
        article,
        f"<p>前</p>\n{figure(one, '图', 'side')}\n<ul><li>列{figure(two)}</li></ul>\n{gallery}",
    )

    text = rendering.body(snapshots.take(article))

    def shown(photo, caption, alt, loading='loading="lazy"'):
        return (
            f'<figure data-photo="{photo.pk}"><img src="{photo.image.url}" alt="{alt}" width="60" '
            f'height="40" {loading}>{caption}</figure>'
        )

    first = 'fetchpriority="high"'
    assert text.splitlines() == [
        "<p>前</p>",
        '<div class="side">'
        + shown(one, "<figcaption>图 <b>林晓</b></figcaption>", "图", first)
        + "</div>",
        f"<ul><li><p>列</p>{shown(two, '', '乙')}</li></ul>",
        '<figure class="gallery">'
        + shown(one, "<figcaption> <b>林晓</b></figcaption>", "图", first)
        + shown(two, "", "门")
        + "</figure>",
    ]


def test_page_shows_a_video_as_a_link_until_it_is_asked_for():
    article = make_article()
    write(
        article,
        '<figure><a href="https://www.bilibili.com/video/BV1GJ411x7h7?x=1">看 &amp; 听</a>'
        "</figure>",
    )

    assert rendering.body(snapshots.take(article)) == (
        '<figure class="video" data-player="https://player.bilibili.com/player.html?'
        'bvid=BV1GJ411x7h7&amp;autoplay=0"><a href="https://www.bilibili.com/video/BV1GJ411x7h7" '
        'rel="noopener">看 &amp; 听</a><figcaption>哔哩哔哩</figcaption></figure>'
    )


def test_published_page_gives_every_size_of_a_figure(client):
    article, photo = make_article(), make_photo(photographer_name="林晓")
    write(article, f"<p>文</p>\n{figure(photo, '图')}")
    photos.make_renditions(photo)

    edition = publish(article)
    page = client.get(edition.get_absolute_url()).content.decode()

    assert "<picture>" in page
    assert "图 <b>林晓</b>" in page
