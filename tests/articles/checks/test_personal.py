import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.checks import manuscripts, personal
from articles.checks.personal import masked
from articles.checks.rules import Rule
from tests.articles.checks.manuscripts import CONTENT, DAY, body, find, hits

# Valid by their rules, and nobody's.
IDENTITY = "11010519491231002X"
CARD = "6222021234567890128"


def kinds(text):
    return [(hit.kind, hit.number) for hit in personal.find(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"身份证{IDENTITY}。", [("identity", IDENTITY)]),
        ("身份证１１０１０５１９４９１２３１００２Ｘ", [("identity", IDENTITY)]),
        ("110105 19491231 002X", [("identity", IDENTITY)]),
        ("110105194912310021", []),  # check digit
        ("11010519491331002X", []),  # no such month
        ("99010519491231002X", []),  # no such region
        (f"A{IDENTITY}", []),  # part of a code
        ("电话13800138000", [("mobile", "13800138000")]),
        ("+86 138 0013 8000", [("mobile", "+8613800138000")]),
        ("138-0013-8000 13900139000", [("mobile", "13800138000"), ("mobile", "13900139000")]),
        ("12800138000", []),
        ("138001380001", []),
        ("座机010-62345678，投资1380013元", []),
        (f"卡号{CARD}", [("card", CARD)]),
        ("6222 0212 3456 7890 128", [("card", CARD)]),
        ("4111 1111 1111 1111", [("card", "4111111111111111")]),
        ("6222021234567890127", []),  # check digit
        ("7222021234567890128", []),  # nobody issues it
        ("2026年11月24日至2027年1月3日", []),
        ("110105–19491231–002x", [("identity", "11010519491231002x")]),
        ("110105\u200b19491231002X", [("identity", IDENTITY)]),
        ("身份证号码：110105491231002", [("identity", "110105491231002")]),
        ("身份证号码：110105491331002", []),  # no such month
        ("编号110105491231002", []),  # an old card has no check digit
        ("138—0013—8000", [("mobile", "13800138000")]),
        ("013800138000", [("mobile", "013800138000")]),
        ("0086-138-0013-8000", [("mobile", "13800138000")]),
        ("捐赠13800138000.00元、13800138000元", []),
        ("ISBN 978-7-302-12345-6，DOI 10.1007/s11356-013-9123-4", []),
        ("统一社会信用代码 91420100123456789X，2023-2024学年、2024-2025学年", []),
    ],
)
def test_numbers_of_people_are_told_from_others(text, found):
    assert kinds(text) == found


def test_number_is_shown_masked():
    text = f"他的手机是13800138000，证件是{IDENTITY}"

    assert masked(text) == "他的手机是138******00，证件是110*************2X"
    [one] = find("mobile", body=body(text))
    assert "13800138000" not in str(one.excerpt) + one.key + one.what
    assert IDENTITY not in str(one.excerpt)


def test_numbers_are_found_in_text_captions_and_attachments():
    content = CONTENT | {
        "body": body("正文", "电话13800138000"),
        "photos": [{"photo": 1, "caption": "13900139000", "alt": "", "credit": ""}],
        "attachments": [{"title": "名单", "name": "a.docx"}],
    }
    read = manuscripts.read(
        content, day=DAY, document=lambda _row: ("甲13700137000 乙13700137000", "")
    )

    found = list(personal.check(read, Rule("mobile"), None))

    assert hits(found) == [
        ("body", 2, "138******00"),
        ("photos", 1, "139******00"),
        ("attachments", 1, "137******00"),
    ]


def test_student_numbers_are_found_by_pattern():
    rule = Rule("student", lines=("20######", "@###"))
    text = body("学号20231234，B123，房间A1234，编号120231234")

    assert hits(find("student", rule=rule, body=text)) == [
        ("body", 1, "2*****34"),
        ("body", 1, "B*23"),
    ]
    assert find("student", body=text) == []


def test_attachment_that_cannot_be_read_is_said():
    content = CONTENT | {"attachments": [{"title": "通知", "name": "a.pdf"}]}
    read = manuscripts.read(content, day=DAY, document=lambda _row: ("", "Not read."))

    [one] = personal.check_unread(read, Rule("unread"), None)

    assert (one.what, one.excerpt.hit, one.place.number) == ("Not read.", "通知", 1)


@given(st.text(alphabet="0123456789 -Xx+１甲", max_size=80))
def test_masking_keeps_every_character_in_its_place(text):
    shown = masked(text)

    assert len(shown) == len(text)
    assert all(b in {a, "*"} for a, b in zip(text, shown, strict=True))
    for hit in personal.find(text):
        assert "*" in shown[hit.start : hit.end]


@pytest.mark.parametrize("piece", ["1", "1 ", "1-", "138 0013 8000 ", "6222 ", IDENTITY])
def test_work_on_digits_grows_with_the_text(piece, monkeypatch):
    asked = []
    monkeypatch.setattr(personal, "_kind", lambda number: asked.append(number) or "")

    def work(length):
        asked.clear()
        list(personal.find(piece * length))
        return len(asked)

    once = work(500)

    assert once <= 4 * 500
    assert work(5_000) <= 11 * once + 25


def test_numbers_are_looked_for_once_however_many_checks_ask(monkeypatch):
    asked, look = [], personal.find
    monkeypatch.setattr(personal, "find", lambda text: asked.append(text) or look(text))
    said = "电话13800138000"
    content = CONTENT | {"body": body(said), "attachments": [{"title": "名单", "name": "a.docx"}]}
    read = manuscripts.read(content, day=DAY, document=lambda _row: (f"{said}。", ""))

    for code in ("identity", "mobile", "card", "student"):
        list(personal.check(read, Rule(code), None))

    assert (asked.count(said), asked.count(f"{said}。")) == (1, 1)
