"""What machines read of an article."""

import json

import pytest

from articles import structured
from articles.models import Credit
from tests.factories import NOON, change, make_article, make_edition, make_unit, publish

pytestmark = pytest.mark.django_db

ADDRESS = "http://testserver/articles/1/a/"
PHOTO = {
    "photo": 7,
    "src": "/media/photos/a.jpg",
    "width": 1280,
    "height": 854,
    "alt": "夜里的图书馆",
    "caption": "灯亮到零点。",
    "credit": "沈若溪",
}


def test_videos_are_described_with_the_first_photo():
    page = "https://www.bilibili.com/video/BV1xx411c7mD"
    edition = make_edition(
        "开学第一课",
        summary="礼堂里坐满了人。",
        body=f'<p>正文。</p><figure><a href="{page}">现场 <em>全程</em></a></figure>',
        at=NOON,
    )

    described = structured.news_article(edition, ADDRESS, PHOTO)

    assert described["video"] == [
        {
            "@type": "VideoObject",
            "name": "现场 全程",
            "description": "礼堂里坐满了人。",
            "thumbnailUrl": "http://testserver/media/photos/a.jpg",
            "uploadDate": NOON.isoformat(),
            "url": page,
            "embedUrl": "https://player.bilibili.com/player.html?bvid=BV1xx411c7mD&autoplay=0",
        }
    ]
    assert "video" not in structured.news_article(edition, ADDRESS, None)


def test_article_is_described_with_its_people_and_units():
    unit = make_unit("图书馆", slug="library")
    article = make_article(
        "图书馆夜间开放", unit=unit, subhead="首月逾两万人次", summary="灯亮到零点。",
        tags=("阅读",), credit="李明远", source_url="https://paper.example.edu/1",
    )  # fmt: skip
    for role, name in (("editor", "方晓棠"), ("photographer", "沈若溪")):
        Credit.objects.create(article=article, role=role, name=name, position=1)
    edition = publish(change(article, by=article.created_by, at=NOON), at=NOON)

    described = structured.news_article(edition, ADDRESS, PHOTO)

    library = {
        "@type": "Organization",
        "name": "图书馆",
        "url": "http://testserver/units/library/",
    }
    assert described == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": f"{ADDRESS}#article",
        "headline": "图书馆夜间开放",
        "alternativeHeadline": "首月逾两万人次",
        "description": "灯亮到零点。",
        "keywords": ["阅读"],
        "creditText": edition.credit_line,
        "inLanguage": edition.language,
        "datePublished": NOON.isoformat(),
        "dateModified": NOON.isoformat(),
        "mainEntityOfPage": ADDRESS,
        "isAccessibleForFree": True,
        "image": [
            {
                "@type": "ImageObject",
                "url": "http://testserver/media/photos/a.jpg",
                "width": 1280,
                "height": 854,
                "caption": "灯亮到零点。",
                "creditText": "沈若溪",
                "creator": [{"@type": "Person", "name": "沈若溪"}],
            }
        ],
        "author": [
            {
                "@type": "Person",
                "name": "李明远",
                "affiliation": {"@type": "Organization", "name": "图书馆"},
            }
        ],
        "editor": [{"@type": "Person", "name": "方晓棠"}],
        "sourceOrganization": [library],
        "isBasedOn": "https://paper.example.edu/1",
        "publisher": structured.publisher(),
    }


def test_units_stand_for_authors_where_nobody_is_named():
    edition = make_edition(unit=make_unit("图书馆", slug="library"), credit="")

    described = structured.news_article(edition, ADDRESS, None)

    assert described["author"] == described["sourceOrganization"]
    assert described["image"] == []


def test_nothing_described_ends_the_script_around_it():
    text = structured.block({"headline": "</script><!-- & \u2028"})

    assert not set("<>&") & set(text)
    assert json.loads(text) == {"headline": "</script><!-- & \u2028"}
