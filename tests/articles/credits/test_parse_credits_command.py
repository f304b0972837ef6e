import io
import json

import pytest
from django.core.management import CommandError, call_command


def run(monkeypatch, lines: str, *arguments: str) -> list[dict]:
    output = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    call_command("parse_credits", *arguments, stdout=output)
    return [json.loads(line) for line in output.getvalue().splitlines()]


def test_parse_credits_answers_each_line_without_a_database(monkeypatch):
    lines = '{"id": "a", "text": "文：林晓然　点击：3"}\n\n{"id": "b", "text": "无"}\n'

    answers = run(monkeypatch, lines)

    credit = {"role": "author", "name": "林晓然", "unit": None, "stage": None, "note": None}
    assert answers == [
        {"id": "a", "credits": [credit], "rest": "点击:3"},
        {"id": "b", "credits": [], "rest": "无"},
    ]


def test_parse_credits_learns_units_from_a_file(monkeypatch, tmp_path):
    units = tmp_path / "units.txt"
    units.write_text("蓝鲸\n", encoding="utf-8")
    line = '{"id": 1, "text": "供稿：藍鯨林曉然"}\n'

    [answer] = run(monkeypatch, line, "--units", str(units))

    assert [(c["name"], c["unit"]) for c in answer["credits"]] == [("林曉然", "藍鯨")]


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ("{", "Line 2 is not JSON"),
        ('["文"]', 'Line 2 is not an object with an "id" and a "text"'),
        ('{"id": 1}', 'Line 2 is not an object with an "id" and a "text"'),
        ('{"text": "文"}', 'Line 2 has no "id"'),
    ],
)
def test_parse_credits_names_the_line_it_cannot_read(monkeypatch, bad, problem):
    with pytest.raises(CommandError, match=problem):
        run(monkeypatch, f'{{"id": 1, "text": ""}}\n{bad}\n')


def test_parse_credits_without_its_units_file_is_refused(monkeypatch, tmp_path):
    with pytest.raises(CommandError, match="Cannot read the units in"):
        run(monkeypatch, "", "--units", str(tmp_path / "missing.txt"))
