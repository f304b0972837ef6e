from articles.checks import registry
from articles.checks.findings import Level
from articles.checks.rules import Known, Rule
from tests.articles.checks.manuscripts import body, manuscript

LONG = "字" * 40


def test_manuscript_in_order_has_no_findings():
    assert registry.run(manuscript(), {}, Known()) == []


def test_blocking_findings_come_first_and_checks_that_are_off_are_not_asked():
    text = manuscript(headline=LONG, body=body("13800138000"), event_date="2020-01-01")
    rules = {
        "mobile": Rule("mobile", Level.BLOCKING),
        "age": Rule("age", Level.OFF, 30),
    }

    found = registry.run(text, rules, Known())

    assert [(one.check, one.level) for one in found] == [
        ("mobile", "blocking"),
        ("headline", "advisory"),
    ]


def test_finding_at_one_place_is_given_once():
    photo = {"photo": 1, "caption": "13800138000", "alt": "13800138000", "credit": "x"}

    found = registry.run(manuscript(photos=[photo]), {}, Known())

    assert [one.check for one in found] == ["mobile"]
