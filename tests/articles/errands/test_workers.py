"""Workers that die anywhere, work together or by a wrong clock: each effect happens once."""

import subprocess
import sys
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from articles import outbox
from articles.errands import kinds, running
from articles.models import Errand, Person
from tests import outbox_worker
from tests.factories import NOON
from tests.processes import environment

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

MINUTE = timedelta(minutes=1)
KINDS = ("inside", "outside")
# What dies before its claim leaves the errand to the next worker, so it comes last.
STEPS = (
    "after the claim",
    "before the effect",
    "after the effect",
    "before the commit",
    "after the commit",
    "before the claim",
)


def workers(*order: str) -> list[int]:
    """Run workers in other processes, and give how each ended."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.outbox_worker", *order],
        env=environment(),
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
    )
    return [int(code) for code in answer.stdout.split()]


@pytest.fixture
def here(monkeypatch):
    """Let this process do the same work as the others, and forget it afterwards."""
    monkeypatch.setattr(kinds, "INSIDE", dict(kinds.INSIDE))
    monkeypatch.setattr(kinds, "OUTSIDE", dict(kinds.OUTSIDE))
    outbox_worker.prepare()


def effects(kind: str, file) -> Counter[str]:
    """Count the traces that errands of a kind left, by key."""
    if kind == "inside":
        return Counter(Person.objects.values_list("name", flat=True))
    return Counter(file.read_text(encoding="utf-8").splitlines())


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("kind", KINDS)
def test_worker_killed_between_any_two_steps(kind, tmp_path):
    order, file = [], tmp_path / "effects"
    for number, step in enumerate(STEPS):
        at = NOON + number * MINUTE / 10
        outbox.put(kind, step, due_at=at, payload={"file": str(file)})
        order += [step, at.isoformat()]

    assert workers("die", *order) == [-9] * len(STEPS)
    running.run_due(NOON + running.LEASE + MINUTE, worker="the next one")

    # Outside the database nobody can tell whether a worker that died had done it.
    twice = {"after the effect"} if kind == "outside" else set()
    assert effects(kind, file) == {step: 2 if step in twice else 1 for step in STEPS}
    assert not Errand.objects.filter(done_at=None).exists()


def test_workers_at_the_same_time_do_each_errand_once(tmp_path):
    file = tmp_path / "effects"
    keys = [f"errand {number}" for number in range(40)]
    for key in keys:
        for kind in KINDS:
            outbox.put(kind, key, due_at=NOON, payload={"file": str(file)})

    assert workers("together", "4", NOON.isoformat()) == [0] * 4

    assert [effects(kind, file) for kind in KINDS] == [dict.fromkeys(keys, 1)] * 2
    assert set(Errand.objects.values_list("attempts", "last_error")) == {(1, "")}


def test_worker_whose_clock_is_an_hour_ahead_runs_nothing_early():
    now = timezone.now()
    outbox.put("inside", "due", due_at=now - MINUTE)
    outbox.put("inside", "in half an hour", due_at=now + 30 * MINUTE)

    workers("hour-ahead")

    assert list(Person.objects.values_list("name", flat=True)) == ["due"]
    done_at = Errand.objects.get(key="due").done_at
    assert now - MINUTE < done_at < timezone.now() + MINUTE
