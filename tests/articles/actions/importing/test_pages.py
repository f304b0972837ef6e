import pytest

from articles.actions.importing.pages import ImportNotPossible, import_article
from articles.importing import read_page
from articles.models import Article, LogEntry, Person, PersonAlias
from articles.rights.permissions import NotAllowed
from tests.articles.importing.pages import SHARED
from tests.factories import NOON, make_person, make_section, make_unit, make_user

pytestmark = pytest.mark.django_db


def page(credit_line="", text="正文。"):
    return read_page(f"校园动态\n图书馆开放\n　　{text}{credit_line}\n".encode())


def bring_in(page, unit=None, **fields):
    unit = unit or make_unit("教务处")
    fields.setdefault("user", make_user("desk editor", name="林编辑"))
    return import_article(page, unit=unit, section=make_section(), at=NOON, **fields)


def credits_of(article):
    names = ("role", "name", "unit_name", "stage", "note", "person__name", "unit__name")
    return list(article.credits.values_list(*names))


def test_import_makes_a_draft_with_credits_as_printed():
    press = make_unit("党委宣传部")

    article, _remarks = bring_in(read_page(SHARED.encode()), unit=press)

    article.refresh_from_db()
    assert (article.headline, article.status, article.version_number) == (
        "林遠(yuǎn)、周寧走訪東湖區(qū)",
        Article.Status.DRAFT,
        1,
    )
    assert article.body.splitlines()[0] == (
        "<p>3月8日上午,校長周寧一行走訪東湖區(qū),與區(qū)長會見座談。</p>"
    )
    assert credits_of(article) == [
        ("author", "林曉", "黨委宣傳部", "", "", "林曉", "党委宣传部"),
        ("editor", "林曉", "黨委宣傳部", "", "", "林曉", "党委宣传部"),
        ("photographer", "趙嵐", "", "", "研究生學生助理", "趙嵐", None),
        ("reviewer", "周靜", "", "", "", "周靜", None),
    ]
    assert list(article.units.values_list("unit__name", "part")) == [("党委宣传部", "lead")]
    assert list(article.log_entries.values_list("action", "actor_name", "at")) == [
        (LogEntry.Action.IMPORTED, "林编辑", NOON)
    ]


def test_import_adds_new_people_and_says_so():
    press = make_unit("党委宣传部")

    _article, remarks = bring_in(read_page(SHARED.encode()), unit=press)

    assert [str(remark) for remark in remarks if "people" in remark.message] == [
        "Line 9: 周靜 is new among the people.",
        "Line 9: 林曉 is new among the people.",
        "Line 9: 趙嵐 is new among the people.",
    ]
    assert list(Person.objects.order_by("pk").values_list("name", "home_unit", "is_student")) == [
        ("林曉", press.pk, False),
        ("趙嵐", None, True),
        ("周靜", None, False),
    ]


def test_import_finds_people_by_name_and_alias_in_either_script():
    unit = make_unit("党委宣传部")
    author = make_person("林晓", home_unit=unit)
    photographer = make_person("赵大川")
    PersonAlias.objects.create(person=photographer, name="赵岚")
    make_person("周静")

    article, remarks = bring_in(read_page(SHARED.encode()), unit=unit)

    assert list(article.credits.values_list("person", flat=True)[:3]) == [
        author.pk,
        author.pk,
        photographer.pk,
    ]
    assert Person.objects.count() == 3
    assert [remark for remark in remarks if "people" in remark.message] == []


def test_import_tells_homonyms_apart_by_unit():
    law, physics = make_unit("法学院"), make_unit("物理学院")
    make_person("林晓", home_unit=law)
    physicist = make_person("林晓", home_unit=physics)

    article, _remarks = bring_in(page("（供稿：物理学院 林晓）"))

    assert article.credits.get().person == physicist


@pytest.mark.parametrize("line", ["（供稿：林晓）", "（供稿：化学学院 林晓）"])
def test_import_links_nobody_where_it_could_be_several(line):
    make_unit("化学学院")
    make_person("林晓", home_unit=make_unit("法学院"))
    make_person("林晓", home_unit=make_unit("物理学院"))

    article, remarks = bring_in(page(line))

    assert article.credits.get().person is None
    assert [str(remark) for remark in remarks] == [
        "Line 3: 林晓 could be one of several people or somebody new; nobody was linked."
    ]
    assert Person.objects.count() == 2


def test_import_creates_nobody_from_a_line_it_did_not_understand():
    article, remarks = bring_in(page("（供稿：林晓 阿弥陀佛大吉大利）"))

    assert article.credits.get().person is None
    assert Person.objects.count() == 0
    assert [str(remark) for remark in remarks] == [
        "Line 3: The site knows nobody called 林晓.",
        "Line 3: This part of the credit line was not understood: 阿弥陀佛大吉大利",
    ]


def test_import_counts_the_units_that_wrote():
    physics = make_unit("物理学院")
    make_unit("法学院")

    article, remarks = bring_in(page("（供稿：法学院 林晓 审核：化学学院 周静）"), unit=physics)

    assert list(article.units.values_list("unit__name", "part")) == [
        ("物理学院", "lead"),
        ("法学院", "co"),
    ]
    assert "Line 3: The site knows no unit 化学学院." in map(str, remarks)


def test_import_escapes_what_looks_like_markup():
    article, _remarks = bring_in(page(text="<script>alert(1)</script>一 < 二。"))

    assert article.body == "<p>&lt;script&gt;alert(1)&lt;/script&gt;一 &lt; 二。</p>"


def test_import_into_a_foreign_unit_is_refused():
    member = make_user("correspondent", unit=make_unit())

    with pytest.raises(NotAllowed, match="your own unit"):
        bring_in(page("（供稿：林晓）"), user=member)

    assert (Article.objects.count(), Person.objects.count()) == (0, 0)


def test_import_refuses_more_paragraphs_than_an_article_has():
    with pytest.raises(ImportNotPossible, match="too long"):
        bring_in(page(text="正文。\n" * 20_001))

    assert Article.objects.count() == 0
