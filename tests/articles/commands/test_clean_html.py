import io
import json

from django.core.management import call_command

from articles.text import richtext


def test_clean_html_answers_each_line(monkeypatch, capsys):
    deep = "<div>" * (richtext.MAX_DEPTH + 1)
    asked = [{"id": "a", "html": "<b onclick=x>校园</b>"}, {"id": "b", "html": deep}]
    lines = "\n\n".join(json.dumps(question) for question in asked)
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))

    call_command("clean_html")

    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"id": "a", "html": "<p><strong>校园</strong></p>"},
        {
            "id": "b",
            "html": "",
            "error": "The text is nested too deeply. Please paste it as text.",
        },
    ]
