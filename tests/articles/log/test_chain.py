"""Whoever writes to the tables of the log past the site is found, and told what was done."""

import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles import log
from articles.log import chain, sealing
from articles.models import LogEntry, LogSeal
from articles.models.seals import filled_columns
from tests.factories import make_user

pytestmark = pytest.mark.django_db
Action = LogEntry.Action


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def numbers(now) -> list[int]:
    """Write six entries, seal them, and give their numbers; the first one is no entry."""
    editor = make_user(name="王敏")
    entries = [
        log.note(Action.EXPORTED, actor=editor, at=now, about=f"第{n}份") for n in range(1, 7)
    ]
    sealing.seal_all()
    return [0, *(entry.pk for entry in entries)]


def sql(statement: str, *values: object) -> None:
    """Write past the site, as somebody does who has the password of the database."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def report(now: datetime, **expected: str) -> dict:
    noted = {int(number.removeprefix("_")): sha256 for number, sha256 in expected.items()}
    return chain.as_json(chain.verify(now, noted))


def problems(now: datetime, **expected: str) -> list[tuple[str, int | None, int | None]]:
    found = report(now, **expected)["problems"]
    return [(row["kind"], row["sequence"], row["entry"]) for row in found]


def head() -> str:
    return str(LogSeal.objects.last())


def test_whole_report_of_an_untouched_log(now, numbers):
    assert report(now) == {
        "intact": True,
        "entries": 6,
        "head": head(),
        "sealed_now": 0,
        "late": 0,
        "problems": [],
        "more_problems": 0,
    }


def test_whole_report_of_a_changed_detail(now, numbers):
    sql("UPDATE articles_logentry SET detail = 'x' WHERE id = %s", numbers[3])

    assert report(now) == {
        "intact": False,
        "entries": 6,
        "head": head(),
        "sealed_now": 0,
        "late": 0,
        "problems": [
            {
                "kind": "changed entry",
                "text": f"Entry {numbers[3]} was changed after it got its seal 3.",
                "sequence": 3,
                "entry": numbers[3],
            }
        ],
        "more_problems": 0,
    }


@pytest.mark.parametrize(
    "change",
    [
        "at = '2020-01-01 00:00:00+00'",
        "action = 'signed_in'",
        "actor_id = NULL",
        "actor_name = '李四'",
        "subject = ''",
        "subject_type = 'articles.user'",
        "subject_id = 7",
        "version_number = 1",
        "detail = '改'",
    ],
)
def test_change_of_any_column_is_found(now, numbers, change):
    sql(f"UPDATE articles_logentry SET {change} WHERE id = %s", numbers[2])  # noqa: S608

    assert problems(now) == [("changed entry", 2, numbers[2])]


def test_last_entry_changed(now, numbers):
    sql("UPDATE articles_logentry SET detail = 'x' WHERE id = %s", numbers[6])

    assert problems(now) == [("changed", 6, numbers[6])]


def test_changed_hash_of_a_seal(now, numbers):
    sql("UPDATE articles_logseal SET sha256 = %s WHERE sequence = 3", "f" * 64)

    assert problems(now) == [("changed seal", 3, numbers[3])]


def test_changed_link_of_a_seal(now, numbers):
    sql("UPDATE articles_logseal SET previous = %s WHERE sequence = 3", "f" * 64)

    assert problems(now) == [("broken link", 3, numbers[3])]


def test_entry_and_seal_changed_together(now, numbers):
    """Somebody who knows how seals are made mends the one of the entry that they changed."""
    sql("UPDATE articles_logentry SET detail = 'x' WHERE id = %s", numbers[3])
    forged = LogSeal.objects.get(sequence=3)
    sql("UPDATE articles_logseal SET sha256 = %s WHERE sequence = 3", forged.digest())

    assert problems(now) == [("broken link", 4, numbers[4])]


def test_whole_chain_made_anew_differs_from_the_head_that_was_noted(now, numbers):
    noted = LogSeal.objects.get(sequence=5).sha256
    sql("UPDATE articles_logentry SET detail = 'x' WHERE id = %s", numbers[3])
    sql("DELETE FROM articles_logseal WHERE sequence >= 3")
    sealing.seal_all()

    assert problems(now) == []
    assert problems(now, _5=noted) == [("not as noted", 5, numbers[5])]


def test_missing_entry(now, numbers):
    sql("DELETE FROM articles_logentry WHERE id = %s", numbers[3])

    assert problems(now) == [("missing entry", 3, numbers[3])]
    # The database looks at foreign keys at the end of a transaction.
    sql("DELETE FROM articles_logseal WHERE sequence = 3")


def test_missing_entry_with_its_seal(now, numbers):
    sql("DELETE FROM articles_logseal WHERE sequence = 3")
    sql("DELETE FROM articles_logentry WHERE id = %s", numbers[3])

    assert problems(now) == [("missing seal", 3, None)]


def test_several_missing_in_a_row_are_one_problem(now, numbers):
    sql("DELETE FROM articles_logseal WHERE sequence IN (3, 4)")
    sql("DELETE FROM articles_logentry WHERE id IN (%s, %s)", *numbers[3:5])

    assert report(now)["problems"] == [
        {
            "kind": "missing seal",
            "text": "Seals 3 to 4 are missing.",
            "sequence": 3,
            "entry": None,
        }
    ]


def test_beginning_cut_off(now, numbers):
    sql("DELETE FROM articles_logseal WHERE sequence = 1")
    sql("DELETE FROM articles_logentry WHERE id = %s", numbers[1])

    assert problems(now) == [("missing seal", 1, None)]


def test_seal_without_its_entry_taken_out(now, numbers):
    sql("DELETE FROM articles_logseal WHERE sequence = 3")

    # The entry is too young to be noticed as unsealed, and gets a seal at the end.
    assert problems(now) == [("missing seal", 3, None)]
    assert problems(now + timedelta(hours=1)) == [("missing seal", 3, None)]


def test_gap_closed_by_counting_anew(now, numbers):
    sql("DELETE FROM articles_logseal WHERE sequence = 3")
    sql("DELETE FROM articles_logentry WHERE id = %s", numbers[3])
    for sequence in (4, 5, 6):
        sql(
            "UPDATE articles_logseal SET sequence = %s WHERE sequence = %s", sequence - 1, sequence
        )

    assert problems(now) == [
        ("broken link", 3, numbers[4]),
        ("changed entry", 3, numbers[4]),
        ("changed entry", 4, numbers[5]),
        ("changed", 5, numbers[6]),
    ]


def test_end_cut_off_is_found_by_the_head_that_was_noted(now, numbers):
    noted = LogSeal.objects.get(sequence=6).sha256
    sql("DELETE FROM articles_logseal WHERE sequence > 4")
    sql("DELETE FROM articles_logentry WHERE id > %s", numbers[4])

    assert problems(now) == []
    assert report(now, _6=noted)["problems"] == [
        {
            "kind": "cut off",
            "text": "The log ends with seal 4, but seal 6 had been noted: the end was cut off.",
            "sequence": 6,
            "entry": None,
        }
    ]


def test_noted_head_of_an_untouched_log_is_found_later(now, numbers):
    noted = LogSeal.objects.get(sequence=6).sha256
    log.note(Action.EXPORTED, actor=None, at=now, about="later")

    assert problems(now, _6=noted) == []


def insert(number: int, at: datetime) -> None:
    sql(
        "INSERT INTO articles_logentry (id, at, action, actor_name, subject_type, subject, detail)"
        " VALUES (%s, %s, 'exported', '王敏', '', '假', '')",
        number,
        connection.ops.adapt_datetimefield_value(at),
    )


def test_inserted_entry_has_no_seal(now, numbers):
    insert(numbers[6] + 7, now - timedelta(minutes=2))

    first, second = report(now), report(now)

    assert (first["sealed_now"], second["sealed_now"]) == (1, 0)
    assert [(row["kind"], row["entry"]) for row in first["problems"]] == [
        ("unsealed", numbers[6] + 7)
    ]
    # It was told once; then its seal says when it came.
    assert second["problems"] == []


def test_entry_inserted_into_a_gap_is_sealed_out_of_order(now, numbers, monkeypatch):
    sql("DELETE FROM articles_logseal WHERE sequence = 6")
    sql("DELETE FROM articles_logentry WHERE id = %s", numbers[6])
    sql("UPDATE articles_logseal SET entry_id = %s WHERE sequence = 5", numbers[5])
    insert(numbers[6] + 1, now)
    sealing.seal_all()
    insert(numbers[6], now)
    monkeypatch.setattr(sealing.clock, "now", lambda: now + timedelta(hours=2))
    sealing.seal_all()

    assert problems(now) == [("slipped in", 7, numbers[6])]


def test_entry_of_a_slow_transaction_is_sealed_out_of_order_and_nothing_is_wrong(now, numbers):
    insert(numbers[6] + 2, now)
    sealing.seal_all()
    insert(numbers[6] + 1, now)
    sealing.seal_all()

    assert list(LogSeal.objects.values_list("entry", flat=True))[-2:] == [
        numbers[6] + 2,
        numbers[6] + 1,
    ]
    assert problems(now) == []


def test_texts_of_two_entries_swapped(now, numbers):
    for number, text in ((3, "第4份"), (4, "第3份")):
        sql("UPDATE articles_logentry SET subject = %s WHERE id = %s", text, numbers[number])

    assert problems(now) == [("changed entry", 3, numbers[3]), ("changed entry", 4, numbers[4])]


def test_seals_of_two_entries_swapped(now, numbers):
    for sequence, number in ((3, -1), (4, numbers[3]), (3, numbers[4])):
        sql("UPDATE articles_logseal SET entry_id = %s WHERE sequence = %s", number, sequence)

    assert problems(now) == [("changed entry", 3, numbers[4]), ("changed entry", 4, numbers[3])]


def test_log_from_before_there_were_seals_gets_them(now):
    for n in range(3):
        log.note(Action.EXPORTED, actor=None, at=now - timedelta(days=n), about=str(n))

    found = report(now)

    assert (found["intact"], found["entries"], found["sealed_now"], found["late"]) == (
        True, 3, 3, 2,
    )  # fmt: skip


def test_empty_log(now):
    assert (report(now)["intact"], report(now)["head"]) == (True, None)


def test_pages_meet_without_a_seam(now, numbers, monkeypatch):
    monkeypatch.setattr(chain, "PAGE", 2)
    sql("UPDATE articles_logentry SET detail = 'x' WHERE id = %s", numbers[4])

    assert (report(now)["entries"], problems(now)) == (6, [("changed entry", 4, numbers[4])])


def test_report_of_a_ruin_is_short(now, numbers, monkeypatch):
    monkeypatch.setattr(chain, "MOST_PROBLEMS", 2)
    sql("UPDATE articles_logentry SET detail = 'x'")

    found = report(now)

    assert (len(found["problems"]), found["more_problems"]) == (2, 4)


def test_seal_can_be_computed_by_hand(numbers):
    """The form of a seal is a promise: whoever has an export can check it without us."""
    entry, seal = LogEntry.objects.get(pk=numbers[1]), LogSeal.objects.get(sequence=1)
    at, sealed_at = (
        moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
        for moment in (entry.at, seal.sealed_at)
    )

    text = (
        f'{{"entry":{{"action":"exported","actor_id":{entry.actor_id},"actor_name":"王敏",'
        f'"at":"{at}","id":{entry.pk},"subject":"第1份"}},'
        f'"previous":"{"0" * 64}","sealed_at":"{sealed_at}","sequence":1}}'
    )

    assert seal.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_seal_holds_every_column():
    names = {field.attname for field in LogEntry._meta.concrete_fields}

    whole = LogEntry(**dict.fromkeys(names - {"at"}, 1), at=timezone.now())

    assert set(filled_columns(whole)) == names


# The command


def run(*arguments: str) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("verify_log", *arguments, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(end.code or 0)
    return out.getvalue(), 0


def test_command_prints_the_head_to_note_down(numbers):
    text, code = run()

    assert code == 0
    assert text.splitlines() == [
        "6 entries checked, 0 problems.",
        f"Note this down elsewhere: {head()}",
    ]
    assert re.fullmatch("6:[0-9a-f]{64}", head())


def test_command_takes_back_what_it_printed(numbers):
    noted = head()
    assert run("--expect", noted)[1] == 0
    sql("DELETE FROM articles_logseal WHERE sequence > 4")
    sql("DELETE FROM articles_logentry WHERE id > %s", numbers[4])

    text, code = run("--expect", noted)

    assert code == 1
    assert text.splitlines() == [
        "The log ends with seal 4, but seal 6 had been noted: the end was cut off.",
        "4 entries checked, 1 problems.",
        f"Note this down elsewhere: {head()}",
    ]


def test_command_speaks_to_programs(numbers):
    sql("UPDATE articles_logentry SET detail = 'x' WHERE id = %s", numbers[3])

    text, code = run("--format", "json")

    said = json.loads(text)
    assert (code, said["intact"], said["head"]) == (1, False, head())
    assert [row["kind"] for row in said["problems"]] == ["changed entry"]


def test_command_refuses_a_head_that_is_none():
    with pytest.raises(CommandError, match="is not a head such as"):
        call_command("verify_log", "--expect", "6:abc")
