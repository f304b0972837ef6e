"""Nothing that the record points to can be deleted: not by code, not at the desk, not at once."""

from html import unescape

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from articles.models import (
    Article,
    Edition,
    EditionCredit,
    EditionUnit,
    LogEntry,
    Person,
    PolicyRule,
    ReviewDecision,
    ReviewPolicy,
    ReviewRound,
    Section,
    User,
    Version,
)
from articles.models.evidence import EvidenceIsPermanent
from tests import factories
from tests.articles.admin.conftest import form_data
from tests.at_once import one_then_other
from tests.factories import NOON

KINDS = ("user", "unit", "section", "photo", "tag", "person", "version", "decision", "policy")
# What the desk lets nobody delete, a superuser neither.
NEVER = {"user", "photo", "version", "decision"}
RECORD = (Article, Version, ReviewRound, ReviewDecision, Edition, EditionCredit, EditionUnit)


@pytest.fixture
def published():
    """Publish an article with everything on it that somebody might delete."""
    photo = factories.make_photo("合影")
    person = factories.make_person("署名人")
    article = factories.make_article("校庆报道", tags=("校庆",))
    article.photos.create(photo=photo)
    article.credits.create(role="author", person=person, position=2)
    factories.change(article, by=article.created_by, at=NOON, summary="摘要")
    article.refresh_from_db()
    factories.publish(article)
    PolicyRule.objects.create(
        section=article.section, policy=ReviewPolicy.objects.get(is_default=True)
    )
    return article


def the(kind, article):
    match kind:
        case "user":
            return article.created_by
        case "unit":
            return article.unit
        case "section":
            return article.section
        case "photo":
            return article.photos.get().photo
        case "tag":
            return article.tags.get()
        case "person":
            return Person.objects.get(name="署名人")
        case "version":
            return article.versions.get(number=1)
        case "decision":
            return article.rounds.get().decisions.first()
    return ReviewPolicy.objects.get(is_default=True)


def record(article):
    counts = [model.objects.count() for model in RECORD]
    return counts, sorted(article.tags.names()), article.photos.count(), article.credits.count()


def words(markup):
    return " ".join(unescape(strip_tags(str(markup))).split())


def superuser():
    browser = Client()
    browser.force_login(factories.make_user(is_superuser=True, is_staff=True))
    return browser


def delete_address(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_delete", args=[row.pk])


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_what_the_record_points_to_stays_whoever_asks(kind, published):
    row, before = the(kind, published), record(published)
    stays = EvidenceIsPermanent if kind in {"version", "decision"} else ProtectedError

    with pytest.raises(stays), transaction.atomic():
        row.delete()
    with pytest.raises(stays), transaction.atomic():
        type(row).objects.filter(pk=row.pk).delete()
    answer = superuser().post(delete_address(row), {"post": "yes"})

    if kind in NEVER:
        assert answer.status_code == 403
    else:
        assert answer.status_code == 200
        assert answer.context["protected"]
        page = words(answer.content.decode())
        assert [named for named in answer.context["protected"] if words(named) not in page] == []
    assert type(row).objects.filter(pk=row.pk).exists()
    assert record(published) == before
    assert not LogEntry.objects.filter(action="deleted").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(set(KINDS) - NEVER))
def test_deleting_what_is_ticked_in_a_list_stops_as_well(kind, published):
    row, before = the(kind, published), record(published)
    address = delete_address(row).removesuffix(f"{row.pk}/delete/")

    answer = superuser().post(
        address, {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    )

    assert answer.status_code == 200
    assert type(row).objects.filter(pk=row.pk).exists()
    assert record(published) == before
    assert not LogEntry.objects.filter(action="deleted").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["article", "group of units", "group of accounts"])
def test_nothing_goes_along_with_what_holds_it(kind, published):
    before = record(published)
    group = ReviewPolicy.objects.get(is_default=True).stages.get(position=1).group
    holder = {
        "article": published,
        "group of units": published.unit.group,
        "group of accounts": group,
    }[kind]

    with pytest.raises(ProtectedError):
        holder.delete()

    assert record(published) == before


@pytest.mark.django_db
def test_tag_and_policy_that_nothing_needs_go():
    spare = ReviewPolicy.objects.create(name="备用")
    article = factories.make_article(tags=("校庆",))
    tag = article.tags.get()
    article.tags.clear()
    browser = superuser()

    for row in (spare, tag):
        assert browser.post(delete_address(row), {"post": "yes"}).status_code == 302

    assert not type(tag).objects.exists()
    assert list(ReviewPolicy.objects.values_list("is_default", flat=True)) == [True]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("saves_first", [True, False], ids=["save first", "deletion first"])
def test_section_deleted_while_an_article_is_saved_into_it(saves_first):
    article = factories.make_article()
    old, new = article.section, factories.make_section("新栏目")
    editor, keeper = Client(), superuser()
    editor.force_login(factories.make_user("desk editor", is_staff=True))
    address = reverse("admin:articles_article_change", args=[article.pk])
    typed = form_data(editor.get(address), section=new.pk, headline="打好的标题")
    answers = {}

    def save():
        answers["save"] = editor.post(address, typed)

    def delete():
        answers["delete"] = keeper.post(delete_address(new), {"post": "yes"})

    outcomes = one_then_other(*((save, delete) if saves_first else (delete, save)))

    article.refresh_from_db()
    assert outcomes == ("done", "done")
    if saves_first:
        assert (answers["save"].status_code, answers["delete"].status_code) == (302, 200)
        assert "打好的标题" in answers["delete"].content.decode()
        assert article.section == new
    else:
        assert (answers["save"].status_code, answers["delete"].status_code) == (200, 302)
        page = answers["save"]
        assert "section" in page.context["adminform"].form.errors
        assert "打好的标题" in page.content.decode()
        assert (article.section, article.version_number) == (old, 1)
        assert not Section.objects.filter(pk=new.pk).exists()
    assert User.objects.exists()
