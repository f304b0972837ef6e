"""What tests begin with. Each function makes one thing, with the rest made up to fit."""

import hashlib
from datetime import date, datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from articles import site
from articles.actions import photos, publishing, reviewing, translating, writing
from articles.models import (
    Article,
    Attachment,
    Credit,
    Edition,
    Membership,
    Person,
    Photo,
    Role,
    Section,
    SiteSettings,
    Topic,
    Unit,
    UnitGroup,
    User,
)

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 20, 12, tzinfo=ZONE)
_numbers = count(1)


def make_user(*groups: str, name: str = "", unit: Unit | None = None, **fields: Any) -> User:
    """Make an account in some groups; with a unit, also a member in the role of the group."""
    number = next(_numbers)
    user = User.objects.create_user(
        username=f"user{number}",
        name=name or f"用户{number}",
        password=fields.pop("password", None),
        **fields,
    )
    user.groups.set(Group.objects.filter(name__in=groups))
    if unit is not None:
        role = (
            Membership.Role.REVIEWER
            if "unit reviewer" in groups
            else Membership.Role.CORRESPONDENT
        )
        Membership.objects.create(user=user, unit=unit, role=role, valid_from=date(2020, 1, 1))
    return user


def set_site(**said: Any) -> SiteSettings:
    """Let the site say something of itself, as `articles.site` reads it."""
    SiteSettings.objects.update(**said)
    site.forget()
    return SiteSettings.objects.get()


def make_group(name: str = "机关部门", **fields: Any) -> UnitGroup:
    number = next(_numbers)
    return UnitGroup.objects.get_or_create(
        name=name, defaults={"slug": f"group-{number}", **fields}
    )[0]


def make_unit(name: str = "", **fields: Any) -> Unit:
    number = next(_numbers)
    fields.setdefault("group", fields.get("group") or make_group())
    return Unit.objects.create(
        name=name or f"单位{number}", slug=fields.pop("slug", f"unit-{number}"), **fields
    )


def make_person(name: str = "", **fields: Any) -> Person:
    return Person.objects.create(name=name or f"人员{next(_numbers)}", **fields)


def make_section(name: str = "", **fields: Any) -> Section:
    number = next(_numbers)
    return Section.objects.create(
        name=name or f"栏目{number}", slug=fields.pop("slug", f"section-{number}"), **fields
    )


def make_topic(title: str = "", **fields: Any) -> Topic:
    """Put a topic on file that readers see since an hour ago."""
    number = next(_numbers)
    fields = {"slug": f"topic-{number}", "shown_from": NOON - timedelta(hours=1)} | fields
    return Topic.objects.create(title=title or f"专题{number}", **fields)


def make_photo(caption: str = "", user: User | None = None, **fields: Any) -> Photo:
    """Take a small picture, different each time, into the library."""
    number = next(_numbers)
    picture = BytesIO()
    colour = (number * 7 % 256, number * 13 % 256, number // 256 % 256)
    Image.new("RGB", (60, 40), colour).save(picture, "PNG")
    return photos.take_in(
        picture.getvalue(),
        user=user or make_user("desk editor"),
        at=NOON,
        caption=caption or f"图片{number}",
        **fields,
    )


def make_article(
    headline: str = "",
    *,
    author: User | None = None,
    unit: Unit | None = None,
    credit: str = "李明远",
    tags: tuple[str, ...] = (),
    at: datetime = NOON,
    **fields: Any,
) -> Article:
    """Write a draft with one author credit, in its first version."""
    unit = unit or make_unit()
    author = author or make_user("correspondent", unit=unit)
    fields.setdefault("section", fields.get("section") or make_section())
    article = Article(
        headline=headline or f"标题{next(_numbers)}",
        unit=unit,
        body=fields.pop("body", "<p>正文第一段。</p><p>正文第二段。</p>"),
        **fields,
    )
    writing.create(article, author=author, at=at)
    Credit.objects.create(article=article, role=Role.AUTHOR, name=credit, unit=unit)
    article.tags.add(*tags)
    writing.finish_change(article, author=author, at=at)
    return article


def attach(article: Article, title: str = "附件") -> Attachment:
    """Hang a small document on the working copy; `finish_change` makes it part of a version."""
    content = f"%PDF-1.7 {title}".encode()
    return Attachment.objects.create(
        article=article,
        title=title,
        file=ContentFile(content, name="document.pdf"),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )


def submit(article: Article, *, at: datetime = NOON) -> Article:
    reviewing.submit(article, user=article.created_by, at=at)
    article.refresh_from_db()
    return article


def approve(article: Article, *, at: datetime = NOON) -> Article:
    """Submit and pass both stages of the policy that a new site begins with."""
    submit(article, at=at)
    for group in ("desk editor", "chief editor"):
        reviewing.approve(
            article, reviewer=make_user(group), seen_version=article.version_number, at=at
        )
    article.refresh_from_db()
    return article


def publish(article: Article, *, at: datetime = NOON, **times: Any) -> Edition:
    """Take a draft through review to an edition that is live from `at`."""
    approve(article, at=at)
    edition = publishing.publish(article, user=make_user("chief editor"), at=at, **times)
    article.refresh_from_db()
    return edition


def make_edition(headline: str = "", *, at: datetime = NOON, **fields: Any) -> Edition:
    """Write, review and publish an article; the fields are those of `make_article`."""
    return publish(make_article(headline, at=at - timedelta(hours=1), **fields), at=at)


def tie(article: Article, original: Article, *, at: datetime = NOON) -> None:
    """Say that an article is a translation of another one."""
    translating.tie(article, original=original, user=make_user("desk editor"), at=at)


@transaction.atomic
def change(article: Article, *, by: User, at: datetime, **fields: Any) -> Article:
    """Save a change of the working copy as the desk's form does."""
    article = writing.begin_change(article, seen_version=article.version_number, author=by, at=at)
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    writing.finish_change(article, author=by, at=at)
    article.refresh_from_db()
    return article
