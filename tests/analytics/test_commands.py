"""What scripts read."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from analytics.clicks import rollups
from analytics.clicks.spool import Spool
from analytics.models import DailyClicks
from tests.analytics.accepted import make_accepted
from tests.analytics.clicking import record, seconds
from tests.factories import NOON, make_edition, make_unit

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_rollup_clicks_stores_what_was_received(settings):
    edition = make_edition()
    spool = Spool(settings.SPOOL_DIR, fsync_ms=0)
    spool.append(record(edition.article_id, NOON + timedelta(hours=1)))

    assert run("rollup_clicks") == "1 clicks stored.\n"
    assert run("rollup_clicks") == "0 clicks stored.\n"
    spool.close()


def test_check_counts_ends_with_1_on_a_difference(capsys):
    edition = make_edition()
    rollups.add([record(edition.article_id, at) for at in seconds(3600, 3700)])
    right = json.loads(run("check_counts", "--format", "json"))
    DailyClicks.objects.update(readers=5)

    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_counts", "--format", "json", stdout=out)

    assert right == {"checked": 2, "differences": []}
    assert ended.value.code == 1
    found = json.loads(out.getvalue())["differences"]
    assert [(row["what"], row["stored"], row["recomputed"]) for row in found] == [
        ("DailyClicks", [2, 5], [2, 1]),
        ("WeeklyClicks", [2, 1], [2, 5]),
        ("TotalClicks", [2, 1], [2, 5]),
    ]


def test_article_counts_as_json():
    number = make_edition().article_id
    rollups.add(
        [
            record(number, NOON + timedelta(hours=1)),
            record(number, NOON + timedelta(days=1)),
            record(number, NOON + timedelta(days=1), reason="staff"),
        ]
    )

    assert json.loads(run("article_counts", str(number), "--format", "json")) == {
        "article": number,
        "zone": "Asia/Shanghai",
        "rule": "CR-1",
        "clicks": 2,
        "readers": 2,
        "days": [
            {"day": "2026-11-20", "clicks": 1, "readers": 1, "excluded": {}},
            {"day": "2026-11-21", "clicks": 1, "readers": 1, "excluded": {"staff": 1}},
        ],
    }


def test_article_counts_of_no_article_is_an_error():
    with pytest.raises(CommandError, match="No article"):
        run("article_counts", "99999")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("weekly-clicks", "--period", "2026-10"), "week such as"),
        (("monthly-units", "--period", "2026-W47"), "month"),
        (("monthly-units", "--period", "2026-13"), "month must be"),
        (("weekly-clicks", "--period", "soon"), "neither a week"),
        (("monthly-units", "--period", "9999-12"), "not between 2000 and 2100"),
        (("monthly-units", "--group", "nobody"), "no unit group"),
    ],
)
def test_leaderboard_says_what_is_wrong(arguments, message):
    with pytest.raises(CommandError, match=message):
        run("leaderboard", "--board", *arguments)


def test_leaderboard_in_every_format():
    unit = make_unit("=甲")
    edition = make_accepted(unit)
    arguments = ("leaderboard", "--board", "monthly-units", "--period", "2026-11")

    rows = json.loads(run(*arguments, "--format", "json"))["rows"]
    table = run(*arguments)
    lines = run(*arguments, "--format", "csv").splitlines()

    assert rows[0]["articles"] == [edition.article_id]
    assert "=甲" in table
    assert f"1,{unit.slug},'=甲,{unit.group.slug},1,1,0,{edition.article_id}" in lines
