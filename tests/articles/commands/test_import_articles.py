import json

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Credit, Person, Unit
from tests.articles.importing.pages import SHARED
from tests.factories import make_section, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom():
    make_section("焦点关注", slug="focus")
    make_section("校园动态", slug="campus")
    make_unit("党委宣传部", slug="press")
    make_user(is_superuser=True)


@pytest.fixture
def paste(tmp_path):
    def write(text, name="page.txt", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return str(path)

    return write


def stored():
    return (Article.objects.count(), Credit.objects.count(), Person.objects.count())


def test_dry_run_prints_what_it_would_make_and_makes_nothing(newsroom, paste, capsys):
    call_command(
        "import_articles", paste(SHARED), "--unit=黨委宣傳部", "--dry-run", "--format=json"
    )

    [report] = json.loads(capsys.readouterr().out)
    warnings = report.pop("warnings")
    assert report == {
        "headline": "林遠(yuǎn)、周寧走訪東湖區(qū)",
        "section": "焦点关注",
        "credits": [
            {"role": role, "name": name, "unit": unit, "stage": None, "note": note}
            for role, name, unit, note in (
                ("author", "林曉", "黨委宣傳部", None),
                ("editor", "林曉", "黨委宣傳部", None),
                ("photographer", "趙嵐", None, "研究生學生助理"),
                ("reviewer", "周靜", None, None),
            )
        ],
    }
    assert "Line 9: Characters seem to be lost: 我??萍继、?." in warnings
    assert stored() == (0, 0, 0)


def test_import_keeps_the_articles_and_prints_them(newsroom, paste, capsys):
    call_command(
        *("import_articles", paste(SHARED, encoding="gb18030"), "--unit=press", "--section=campus")
    )

    article = Article.objects.get()
    assert (article.section.slug, article.unit.slug) == ("campus", "press")
    assert capsys.readouterr().out.splitlines()[:3] == [
        "林遠(yuǎn)、周寧走訪東湖區(qū) (校园动态)",
        "  text 黨委宣傳部 林曉",
        "  editor 黨委宣傳部 林曉",
    ]


@pytest.mark.parametrize(
    ("text", "options", "reason"),
    [
        (SHARED, {"unit": "没有处"}, "There is no unit called 没有处."),
        (SHARED, {"section": "没有栏"}, "There is no section called 没有栏."),
        (SHARED, {"user": "nobody"}, "There is no account called nobody."),
        ("没有栏\n标题\n　　正文。", {}, "Line 1: There is no section called 没有栏."),
        ("标题\n　　正文。", {}, "The page names no section."),
        ("", {}, "page.txt: The file is empty."),
        ("焦点关注\n标题\n　　正文。（供稿：）", {}, "Line 3: This credit line names nobody"),
        ("焦点关注\n标题\n　　" + "长" * 2_000_000, {}, "larger than 2 MB"),
    ],
)
def test_import_explains_bad_input_and_imports_nothing(newsroom, paste, text, options, reason):
    good = paste(SHARED, "good.txt")

    with pytest.raises(CommandError, match=reason):
        call_command("import_articles", good, paste(text), **({"unit": "press"} | options))

    assert stored() == (0, 0, 0)


def test_import_names_every_file_that_is_wrong(newsroom, paste):
    empty, gone = paste("", "empty.txt"), "/nowhere/gone.txt"

    with pytest.raises(CommandError) as problem:
        call_command("import_articles", empty, gone, unit="press")

    assert str(problem.value).splitlines() == [
        f"{empty}: The file is empty.",
        f"{gone}: The file cannot be read: No such file or directory",
    ]


def test_import_without_anybody_to_import_asks_for_a_user(paste):
    make_unit("党委宣传部", slug="press")

    with pytest.raises(CommandError, match="say with --user"):
        call_command("import_articles", paste(SHARED), unit="press")


def test_import_is_the_work_of_the_units_own_correspondent(newsroom, paste):
    unit = Unit.objects.get(slug="press")
    for group, home in (("desk editor", None), ("correspondent", make_unit())):
        make_user(group, unit=home)
    own = make_user("correspondent", unit=unit)

    call_command("import_articles", paste(SHARED), "--unit=press")

    assert Article.objects.get().created_by == own


# Whole archives


TABLE = (
    "网址,标题,正文,单位,栏目,发布时间,点击量\n"
    "/1.htm,夜间开放,正文。（供稿：李明远）,党委宣传部,校园动态,2024-03-05,10\n"
    "/2.htm,运动会,开幕。,党委宣传部,校园动态,2024-03-06,20\n"
    "/3.htm,,没有标题,党委宣传部,校园动态,2024-04-06,\n"
)


def test_a_table_is_imported_line_by_line_with_a_report(newsroom, paste, capsys):
    table = paste(TABLE, name="old.csv", encoding="gb18030")

    call_command("import_articles", table, "--format=json")

    printed = capsys.readouterr()
    [report] = json.loads(printed.out)
    assert report.pop("import")
    assert report.pop("outcomes") == {"remarks": 1, "made": 1, "refused": 1}
    assert [row.pop("remarks") for row in report["rows"]] == [
        ["李明远 is new among the people."],
        ["It has no title."],
    ]
    assert report == {
        "source": table,
        "dry_run": False,
        "places": 3,
        "units": [{"unit": "党委宣传部", "month": "2024-03", "articles": 2, "views": 30}],
        "rows": [
            {"place": "line 2", "title": "夜间开放", "outcome": "remarks"},
            {"place": "line 4", "title": "", "outcome": "refused"},
        ],
    }
    assert "old.csv: 3 of 3" in printed.err
    assert {article.status for article in Article.objects.all()} == {Article.Status.DRAFT}


def test_a_table_twice_makes_nothing_new(newsroom, paste, capsys):
    table = paste(TABLE, name="old.csv")
    call_command("import_articles", table)
    call_command("import_articles", table)

    last = capsys.readouterr().out.rpartition(table)[2]
    assert Article.objects.count() == 2
    assert "here already: 2" in last
    assert "党委宣传部 2024-03: 2 (imported views: 30)" in last


def test_a_trial_of_a_table_makes_nothing(newsroom, paste, capsys):
    call_command("import_articles", paste(TABLE, name="old.csv"), "--dry-run")

    assert stored() == (0, 0, 0)
    told = capsys.readouterr().out
    assert "would be imported: 1\n" in told
    assert "would be imported, with remarks: 1\n" in told
    assert "would be refused: 1\n" in told


def test_what_was_published_before_is_shown_where_that_is_asked_for(newsroom, paste):
    path = paste(TABLE, name="old.csv")
    with pytest.raises(CommandError, match="Please say with --user who answers"):
        call_command("import_articles", path, "--as-published")
    assert stored() == (0, 0, 0)

    chief = make_user("chief editor")
    call_command("import_articles", path, "--as-published", "--user", chief.username)

    assert {article.status for article in Article.objects.all()} == {Article.Status.PUBLISHED}


@pytest.mark.parametrize(
    ("text", "name", "options", "reason"),
    [
        ("a,b\n1,2\n", "old.csv", {}, "The first line has to name the columns"),
        (TABLE, "old.csv", {"user": "nobody"}, "There is no account called nobody."),
        (TABLE, "old.csv", {"unit": "没有处"}, "There is no unit called 没有处."),
        (TABLE, "old.xlsx", {}, "This is no workbook."),
        (SHARED, "page.txt", {"unit": None}, "Please say with --unit whose pages these are."),
    ],
)
def test_a_source_that_is_none_is_refused(newsroom, paste, text, name, options, reason):
    with pytest.raises(CommandError, match=reason):
        call_command("import_articles", paste(text, name=name), **options)

    assert stored() == (0, 0, 0)


def test_whoever_may_not_import_is_refused(newsroom, paste):
    user = make_user("desk editor")

    with pytest.raises(CommandError, match="You may not import archives"):
        call_command("import_articles", paste(TABLE, name="old.csv"), user=user.username)
