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
