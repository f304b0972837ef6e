"""A newsroom with one published article that has everything, and one draft."""

from datetime import timedelta

import pytest

from articles.actions import packaging, writing
from articles.log import sealing
from articles.models import Article
from tests.factories import NOON, attach, make_article, make_photo, make_unit, make_user, publish


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "media"},
        },
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private", "base_url": None},
        },
    }


@pytest.fixture
def chief(db):
    return make_user("chief editor", name="陈总", is_staff=True)


@pytest.fixture
def article(chief):
    unit = make_unit("图书馆")
    author = make_user("correspondent", name="王敏", unit=unit)
    made = make_article(
        "新馆<开放>", unit=unit, author=author, credit="周远", tags=("校庆",),
        body='<p>正文 & 更多。</p><p><a href="/articles/1/-/">旧闻</a></p>',
    )  # fmt: skip
    made.photos.create(photo=make_photo("馆舍"), caption="馆舍外景")
    attach(made, "开放通知")
    writing.finish_change(made, author=author, at=NOON)
    publish(made)
    later = NOON + timedelta(hours=1)
    writing.correct(made, editor=chief, text="时间更正", at=later)
    sealing.seal_all()
    return Article.objects.get(pk=made.pk)


@pytest.fixture
def draft(article):
    return make_article("未刊的稿", unit=article.unit)


@pytest.fixture
def pack(chief, tmp_path):
    """Export articles to a place of a name."""

    def write(name, *articles, **more):
        chosen = Article.objects.filter(pk__in=[one.pk for one in articles])
        return packaging.export(
            chosen, user=more.pop("user", chief), at=NOON, to=tmp_path / name, **more
        )

    return write
