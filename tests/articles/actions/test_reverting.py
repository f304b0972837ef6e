"""Going back to an earlier version: all that can come back does, and the rest is said."""

from datetime import timedelta

import pytest

from articles.actions import publishing, reverting, reviewing, writing
from articles.models import Article, Person, Photo, Role, Section, Unit
from articles.rights.permissions import NotAllowed
from tests import factories
from tests.factories import NOON, change, make_article, make_user, submit

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def restore(article, number, by, at=LATER):
    article.refresh_from_db()
    version, left_out = reverting.restore_version(
        article, number=number, seen_version=article.version_number, author=by, at=at
    )
    article.refresh_from_db()
    return version, left_out


def rich_article(**fields):
    """Make an article with something of everything, in its second version."""
    article = make_article(tags=("校庆",), **fields)
    article.photos.create(photo=factories.make_photo("开幕"), caption="本文图说", paragraph=1)
    article.credits.create(
        role=Role.EDITOR, person=factories.make_person("陈晓"), name="陈晓", position=1
    )
    factories.attach(article, "议程")
    writing.finish_change(article, author=article.created_by, at=NOON)
    article.refresh_from_db()
    return article


def strip(article, by):
    """Take everything off again, in one more version."""
    article = writing.begin_change(
        article, seen_version=article.version_number, author=by, at=NOON
    )
    article.headline, article.body, article.kicker = "全改了", "<p>全改了。</p>", "引题"
    article.importance, article.section = "important", factories.make_section()
    article.save()
    article.tags.clear()
    article.photos.all().delete()
    article.attachments.all().delete()
    article.credits.exclude(role=Role.AUTHOR).delete()
    article.units.create(unit=factories.make_unit(), position=1)
    writing.finish_change(article, author=by, at=NOON)
    article.refresh_from_db()
    return article


def without_ids(snapshot):
    attachments = [row | {"attachment": 0} for row in snapshot["attachments"]]
    return snapshot | {"attachments": attachments}


def test_restore_brings_everything_back_as_a_new_version(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    editor = make_user("desk editor")
    article = strip(rich_article(), editor)

    version, left_out = restore(article, 2, editor)

    assert (version.number, version.author, left_out) == (4, editor, [])
    assert version.reason == "version 2 restored"
    assert without_ids(version.snapshot) == without_ids(article.versions.get(number=2).snapshot)
    assert article.versions.count() == 4
    assert [entry.detail for entry in article.log_entries.all()][:1] == ["version 2 restored"]


def test_restore_keeps_corrections_and_confirmations():
    article = make_article("甲")
    factories.publish(article)
    chief = make_user("chief editor")
    writing.correct(article, editor=chief, text="更正", at=NOON)
    confirmed = article.units.get().confirmed_by

    version, _left_out = restore(article, 1, chief)

    assert [row["text"] for row in version.snapshot["corrections"]] == ["更正"]
    assert (article.units.get().confirmed_by, bool(confirmed)) == (confirmed, True)


def test_restore_reopens_the_review_and_takes_the_schedule_back():
    article = make_article("甲")
    article = change(article, by=article.created_by, at=NOON, headline="乙")
    factories.approve(article)
    chief = make_user("chief editor")
    planned = publishing.publish(article, user=chief, at=NOON, live_from=NOON + timedelta(days=1))

    restore(article, 1, make_user("chief editor"))

    planned.refresh_from_db()
    assert (article.status, article.headline) == ("in_review", "甲")
    assert planned.live_until == planned.live_from


def test_stale_restore_is_refused():
    article = make_article("甲")
    editor = make_user("desk editor")
    change(article, by=editor, at=NOON, headline="乙")

    with pytest.raises(writing.StaleArticle):
        reverting.restore_version(article, number=1, seen_version=1, author=editor, at=LATER)

    assert Article.objects.get().headline == "乙"


@pytest.mark.parametrize("number", [0, 2, 3])
def test_restore_of_what_is_no_earlier_version_is_refused(number):
    article = make_article("甲")
    article = change(article, by=article.created_by, at=NOON, headline="乙")

    with pytest.raises(NotAllowed, match="no earlier version"):
        restore(article, number, article.created_by)


def test_restore_wants_the_right_to_change():
    article = change(make_article("甲"), by=make_user("desk editor"), at=NOON, headline="乙")
    submit(article)

    with pytest.raises(NotAllowed, match="初审"):
        restore(article, 1, article.created_by)


def test_unit_restores_what_is_its_own_and_is_told_of_the_rest():
    article = make_article("甲")
    editor = make_user("desk editor")
    article = change(article, by=editor, at=NOON, headline="乙", slug="second", displayed_at=NOON)

    version, left_out = restore(article, 1, article.created_by)

    assert (article.headline, article.slug, article.displayed_at) == ("甲", "second", NOON)
    assert version.number == 3
    assert left_out == [
        "“slug” is the desk's to set and stays as it is.",
        "“displayed date” is the desk's to set and stays as it is.",
    ]


def test_desk_restores_slug_and_date():
    article = make_article("甲")
    editor = make_user("desk editor")
    article = change(article, by=editor, at=NOON, slug="second", displayed_at=NOON)

    _version, left_out = restore(article, 1, editor)

    assert (article.slug, article.displayed_at, left_out) == ("", None, [])


def test_owning_unit_comes_back_only_for_who_may_write_for_it():
    first, second = factories.make_unit("甲院"), factories.make_unit("乙院")
    article = make_article(unit=first)
    article = change(article, by=make_user("desk editor"), at=NOON, unit=second)
    member = make_user("correspondent", unit=second)

    _version, left_out = restore(article, 1, member)

    assert article.unit == second
    assert left_out == [
        "You may not write for “甲院”, which owned it then, so the article stays with “乙院”."
    ]
    restore(article, 1, make_user("desk editor"))
    assert article.unit == first


def test_what_no_longer_exists_is_told(settings, tmp_path):
    settings.PRIVATE_ROOT = settings.MEDIA_ROOT = tmp_path
    editor = make_user("desk editor")
    section, unit = factories.make_section("旧栏目"), factories.make_unit("旧单位")
    article = make_article("甲", section=section)
    article.units.create(unit=unit, position=1)
    article.credits.create(
        role=Role.EDITOR, person=factories.make_person("陈晓"), unit=unit, position=1
    )
    article.photos.create(photo=factories.make_photo("开幕"))
    factories.attach(article, "议程").file.storage.delete(article.attachments.get().file.name)
    writing.finish_change(article, author=editor, at=NOON)
    article = strip(Article.objects.get(), editor)
    article.units.filter(unit=unit).delete()
    Section.objects.filter(pk=section.pk).delete()
    Unit.objects.filter(pk=unit.pk).delete()
    Person.objects.filter(name="陈晓").delete()
    Photo.objects.all().delete()

    version, left_out = restore(article, 2, editor)

    assert left_out == [
        f"Its section no longer exists, so the article stays in “{article.section}”.",
        "The contributing unit “旧单位” no longer exists.",
        "“陈晓” is no longer among the people; the credit keeps the printed name.",
        "“旧单位” is no longer among the units; the credit keeps the printed name.",
        "The photo “开幕” is no longer in the library.",
        "The file of the attachment “议程” is gone.",
    ]
    assert [row["name"] for row in version.snapshot["credits"]] == ["李明远", "陈晓"]
    assert article.headline == "甲"


def test_what_the_library_says_of_a_photo_now_is_told():
    editor = make_user("desk editor")
    article = make_article()
    photo = factories.make_photo("开幕")
    article.photos.create(photo=photo)
    writing.finish_change(article, author=editor, at=NOON)
    Photo.objects.update(photographer_name="王摄影")
    article = change(Article.objects.get(), by=editor, at=NOON, headline="乙")

    _version, left_out = restore(article, 2, editor)

    assert left_out == [
        (
            "The credit and the text for those who cannot see the photo “开幕” are those of the "
            "library now."
        )
    ]


def test_restore_in_review_asks_for_the_heavier_policy_again():
    article = submit(make_article("甲"))
    editor = make_user("desk editor")
    reviewing.claim(article, reviewer=editor, at=NOON)
    article = change(Article.objects.get(), by=editor, at=NOON, headline="乙")

    restore(article, 1, editor)

    assert (article.status, article.headline) == ("in_review", "甲")


def test_unit_restores_no_importance_that_the_desk_has_raised():
    article = submit(make_article("标题"))
    article = change(article, by=make_user("desk editor"), at=NOON, importance="sensitive")
    reviewing.return_for_changes(
        article, reviewer=make_user("desk editor"), seen_version=2, at=NOON, remark="改"
    )
    article.refresh_from_db()
    writer = article.created_by
    article = change(article, by=writer, at=NOON, headline="改过")

    _version, left_out = reverting.restore_version(
        article, number=1, seen_version=3, author=writer, at=LATER
    )

    article.refresh_from_db()
    assert (article.headline, article.importance) == ("标题", "sensitive")
    assert left_out[-1] == (
        "This article has been submitted. Its importance is the desk's to lower."
    )
