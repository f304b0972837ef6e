"""New people, learned names, and credit lines that wait."""

import pytest

from articles.actions import crediting, writing
from articles.actions.crediting import Entry
from articles.models import LogEntry, Person, PersonAlias, Unit, UnitName
from articles.rights.permissions import NotAllowed
from tests.factories import NOON, make_article, make_person, make_unit, make_user

pytestmark = pytest.mark.django_db


def test_add_person_makes_somebody_of_a_unit_and_writes_it_down():
    unit, editor = make_unit(), make_user("desk editor", name="林编辑")

    person = crediting.add_person("周远帆", unit=unit, note="学生记者", user=editor, at=NOON)

    assert (person.name, person.home_unit, person.is_student) == ("周远帆", unit, True)
    entry = LogEntry.objects.get(subject_type="articles.person")
    assert (entry.action, entry.actor_name, entry.subject) == ("added", "林编辑", "周远帆")


def test_add_person_is_the_desks():
    with pytest.raises(NotAllowed, match="Only the desk adds people"):
        crediting.add_person("周远帆", unit=None, user=make_user("correspondent"), at=NOON)

    assert Person.objects.count() == 0


def test_teach_person_remembers_a_name_with_who_taught_it_and_only_once():
    person, editor = make_person("周远帆"), make_user("desk editor")

    alias = crediting.teach_person(person, "远帆", user=editor, at=NOON)
    again = crediting.teach_person(person, "遠 帆", user=editor, at=NOON)

    assert (alias.taught_by, alias.taught_at, again) == (editor, NOON, None)
    assert list(Person.objects.named("遠帆")) == [person]
    assert PersonAlias.objects.count() == 1


def test_teach_unit_remembers_a_name_with_who_taught_it_and_only_once():
    unit, editor = make_unit("党委宣传部"), make_user("chief editor")

    alias = crediting.teach_unit(unit, "宣传口", user=editor, at=NOON)

    assert (alias.kind, alias.taught_by, alias.taught_at) == ("alias", editor, NOON)
    assert crediting.teach_unit(unit, "宣傳口", user=editor, at=NOON) is None
    assert list(Unit.objects.named("宣傳口")) == [unit]


def test_names_are_taught_by_the_desk_alone():
    member = make_user("correspondent")

    with pytest.raises(NotAllowed, match="Only the desk teaches"):
        crediting.teach_person(make_person(), "远帆", user=member, at=NOON)
    with pytest.raises(NotAllowed, match="Only the desk teaches"):
        crediting.teach_unit(make_unit(), "宣传口", user=member, at=NOON)


def test_forget_is_for_whoever_taught_a_name_and_for_administrators():
    editor, unit = make_user("desk editor"), make_unit("党委宣传部")
    first = crediting.teach_unit(unit, "宣传口", user=editor, at=NOON)
    second = crediting.teach_unit(unit, "外宣办", user=editor, at=NOON)

    with pytest.raises(NotAllowed, match="Whoever taught this name"):
        crediting.forget(first, user=make_user("desk editor"), at=NOON)
    crediting.forget(first, user=editor, at=NOON)
    crediting.forget(second, user=make_user("administrator"), at=NOON)

    assert [name.name for name in unit.names.all()] == ["党委宣传部"]


def test_forget_leaves_names_that_nobody_taught():
    name = UnitName.objects.get(unit=make_unit("党委宣传部"))

    with pytest.raises(NotAllowed, match="not learned"):
        crediting.forget(name, user=make_user("administrator"), at=NOON)

    assert Unit.objects.named("党委宣传部").exists()


def test_enter_links_the_rows_there_are_and_adds_the_others():
    article = make_article(credit="周遠帆")
    article.credits.update(unit=None, unit_name="化院")
    writing.finish_change(article, author=article.created_by, at=NOON)
    person, unit = make_person("周远帆"), make_unit("化学学院")
    entries = [
        Entry("author", "周远帆", person, "化院", unit),
        Entry("reviewer", "孟小溪", stage="final", note="签发"),
    ]

    crediting.enter(
        article,
        entries,
        seen_version=article.version_number,
        user=make_user("desk editor"),
        at=NOON,
    )

    assert list(
        article.credits.values_list("role", "name", "person", "unit_name", "unit", "position")
    ) == [
        ("author", "周遠帆", person.pk, "化院", unit.pk, 0),
        ("reviewer", "孟小溪", None, "", None, 1),
    ]
    article.refresh_from_db()
    assert article.versions.first().snapshot["credits"][0]["person"] == person.pk


def test_enter_into_an_article_that_moved_on_is_refused():
    article, editor = make_article(), make_user("desk editor")

    with pytest.raises(writing.StaleArticle):
        crediting.enter(article, [], seen_version=7, user=editor, at=NOON)


def test_settle_takes_a_line_out_of_the_queue_once():
    editor = make_user("desk editor", name="林编辑")
    line = crediting.doubt(make_article(), line="文：周远帆", remarks=["?"], at=NOON)

    crediting.settle(line, user=editor, at=NOON)

    line.refresh_from_db()
    assert (line.settled_by, line.settled_at) == (editor, NOON)
    with pytest.raises(NotAllowed, match="林编辑 has worked off this line already"):
        crediting.settle(line, user=make_user("desk editor"), at=NOON)


@pytest.mark.parametrize("role", ["correspondent", "head"])
def test_settle_is_for_whoever_may_change_the_article(role):
    line = crediting.doubt(make_article(), line="文：周远帆", remarks=["?"], at=NOON)
    somebody = make_user(role, unit=make_unit())

    with pytest.raises(NotAllowed):
        crediting.settle(line, user=somebody, at=NOON)

    line.refresh_from_db()
    assert line.settled_at is None
