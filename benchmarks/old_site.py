"""An old site of any size, invented, and how long it takes to bring it here."""

import json
import random
import resource
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from django.conf import settings
from django.db import transaction
from PIL import Image

from articles import clock
from articles.actions.importing import old_sites
from articles.importing.sources import open_source
from articles.models import ImportRow, ImportRun, Person, Section, Unit, UnitGroup, User

UNITS, AUTHORS = 50, 300
BEGAN = datetime(2015, 1, 1, 8)  # noqa: DTZ001 (the old site's own zone)
BARE = 2000
SENTENCES = (
    "会议由校长主持，各单位负责人参加。",
    "与会人员就下一阶段的工作进行了交流。",
    "活动现场气氛热烈，同学们踊跃提问。",
    "项目组介绍了仪器研制的最新进展。",
    "图书馆自下周起延长开放时间至夜间十一点。",
)


def main(wanted: int, photos: int, as_published: bool) -> None:
    user = User.objects.create_superuser("editor", name="editor")
    units = newsroom()
    folder = Path(settings.VAR_DIR) / "old"
    path = write(folder, wanted, photos, units)
    began, began_work = perf_counter(), process_time()
    run, own, slower = bring(path, user, as_published)
    seconds, work = perf_counter() - began, process_time() - began_work
    began = perf_counter()
    bring(path, user, as_published)
    again = perf_counter() - began
    counts = run.rows.counts()
    a_row, bare_row = seconds / wanted, bare(user)
    results = {
        "made": counts.get("made", 0) + counts.get("remarks", 0),
        "photos": photos,
        "as_published": as_published,
        "seconds": round(seconds, 1),
        "a_second": round(wanted / seconds, 1),
        "work_seconds": round(work, 1),
        "ratio": round(a_row / bare_row, 1),
        "slower": slower,
        "again_seconds": round(again, 1),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "own_megabytes": own,
    }
    print(json.dumps(results))


def newsroom() -> list[Unit]:
    group = UnitGroup.objects.create(name="学院", slug="schools")
    Section.objects.create(name="综合新闻", slug="news")
    units = [
        Unit.objects.create(name=f"第{number}学院", slug=f"unit-{number}", group=group)
        for number in range(UNITS)
    ]
    for number in range(AUTHORS):
        Person.objects.create(name=name_of(number), home_unit=units[number % UNITS])
    return units


def name_of(number: int) -> str:
    return (
        "赵钱孙李周吴郑王冯陈"[number % 10] + "文明志远安宁"[number % 6] + "华强芳静"[number % 4]
    )


def write(folder: Path, wanted: int, photos: int, units: list[Unit]) -> Path:
    folder.mkdir()
    path = folder / "old.jsonl"
    with path.open("w") as lines:
        for row in rows(wanted, photos, units):
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    for number in range(photos):
        colour = (number % 256, number // 256 % 256, 90)
        Image.new("RGB", (1600, 1200), colour).save(folder / f"{number}.jpg", "JPEG")
    return path


def rows(wanted: int, photos: int, units: list[Unit]) -> Iterator[dict[str, Any]]:
    chance = random.Random(1)
    for number in range(wanted):
        text = "".join(
            f"<p><span>{''.join(chance.choices(SENTENCES, k=6))}</span></p>"
            for _paragraph in range(6)
        )
        picture = f'<p><img src="{number}.jpg"></p>' if number < photos else ""
        author, shot = name_of(chance.randrange(AUTHORS)), name_of(chance.randrange(AUTHORS))
        yield {
            "address": f"http://old.example/info/1001/{number}.htm",
            "title": f"学校举行第{number}次教学工作会议",
            "body": f"{text}{picture}<p>（供稿：{author} 摄影：{shot}）</p>",
            "unit": units[number % UNITS].name,
            "section": "综合新闻",
            "published_at": (BEGAN + timedelta(hours=7 * number)).isoformat(),
            "tags": ["教学", f"第{number % 40}周"],
            "views": chance.randrange(5000),
        }


def bring(path: Path, user: User, as_published: bool) -> tuple[ImportRun, int, float]:
    """Import it; give the run, the most memory that it had for itself alone, and its pace.

    That is how many times as long the last tenth took as the second: the first has to warm up.
    """
    source, at = open_source(path), clock.here()
    # Each time a run of its own: what was brought before is known by its addresses.
    plan = old_sites.Plan(as_published=as_published)
    run = old_sites.begin(path.name, str(at), plan, user=user, at=at)
    own, tenths = [own_megabytes()], [perf_counter()]
    for row in old_sites.take(run, source, at=at):
        if row.number % max(1, len(source.items) // 10) == 0:
            tenths.append(perf_counter())
        if row.number % 500 == 0:
            own.append(own_megabytes())
            print(f"{row.number} of {run.total}", file=sys.stderr)
    took = [later - earlier for earlier, later in pairwise(tenths)]
    return run, max(*own, own_megabytes()), round(took[-1] / max(took[:2][-1], 1e-6), 2)


def own_megabytes() -> int:
    """Say what is this process's alone: of a SQLite file, the pages are the machine's."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("RssAnon:")[2].split()[0]) // 1024


def bare(user: User) -> float:
    """Give the seconds that one row takes, in a transaction of its own, with nothing around it."""
    run = ImportRun.objects.create(name="bare", started_by=user, started_at=clock.here())
    began = perf_counter()
    for number in range(BARE):
        with transaction.atomic():
            ImportRow.objects.create(run=run, number=number, label="x", outcome="made")
    return (perf_counter() - began) / BARE
