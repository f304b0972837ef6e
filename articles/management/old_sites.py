"""The archives of `import_articles`: progress while it runs, and a report at the end."""

import hashlib
import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles import clock
from articles.actions.importing import old_sites
from articles.importing.sources import open_source
from articles.models import ImportRow, ImportRun, User
from articles.rights.permissions import NotAllowed
from articles.text.encoding import UnreadablePage

TELL_EVERY = 2  # seconds
Outcome = ImportRow.Outcome


def run(
    command: BaseCommand, paths: list[Path], asked: dict[str, Any], user: User, form: str
) -> None:
    runs = [_import(command, path, old_sites.Plan(**asked), user) for path in paths]
    if form == "json":
        reports = [report(run) for run in runs]
        command.stdout.write(json.dumps(reports, ensure_ascii=False, indent=2))
    else:
        command.stdout.write("\n\n".join(map(_as_text, runs)))


def _import(command: BaseCommand, path: Path, plan: old_sites.Plan, user: User) -> ImportRun:
    try:
        source = open_source(path, site=plan.site)
        contents = _fingerprint(path)
        at = clock.here()
        begun = old_sites.begin(str(path), contents, plan, user=user, at=at)
    except (UnreadablePage, NotAllowed, OSError) as problem:
        raise CommandError(f"{path}: {problem}") from problem
    started, told, first = time.monotonic(), 0.0, begun.reached
    for row in old_sites.take(begun, source, at=at):
        now = time.monotonic()
        if now - told >= TELL_EVERY or row.number == begun.total:
            told = now
            command.stderr.write(_progress(path, begun, row.number - first, now - started))
    return begun


def _fingerprint(path: Path) -> str:
    digest = hashlib.sha256()
    if path.is_dir():
        for found in sorted(path.rglob("*")):
            if found.is_file():
                digest.update(f"{found.relative_to(path)} {found.stat().st_size}\n".encode())
        return digest.hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _progress(path: Path, begun: ImportRun, done: int, seconds: float) -> str:
    speed = done / seconds if seconds else 0
    left = round((begun.total - begun.reached) / speed) if speed else 0
    return _("%(name)s: %(done)d of %(total)d, %(speed).0f a second, %(left)s left") % {
        "name": path.name,
        "done": begun.reached,
        "total": begun.total,
        "speed": speed,
        "left": f"{left // 60}:{left % 60:02}",
    }


def report(begun: ImportRun) -> dict[str, Any]:
    """Say of a run what became of its places, and count its articles by unit and month."""
    told = begun.rows.exclude(outcome__in=(Outcome.MADE, Outcome.UNCHANGED, Outcome.NO_ARTICLE))
    return {
        "source": begun.name,
        "import": begun.pk,
        "dry_run": begun.is_trial,
        "places": begun.total,
        "outcomes": begun.rows.counts(),
        "units": [
            {
                "unit": row["unit__name"],
                "month": row["month"],
                "articles": row["articles"],
                "views": row["views"],
            }
            for row in begun.rows.by_unit_and_month()
        ],
        "rows": [
            {"place": row.label, "title": row.title, "outcome": row.outcome, "remarks": row.said}
            for row in told
        ],
    }


def _as_text(begun: ImportRun) -> str:
    told, outcomes = report(begun), begun.outcomes_in_words()
    lines = [told["source"]]
    lines += [f"  {outcomes[name]}: {number}" for name, number in told["outcomes"].items()]
    lines += [
        f"  {row['unit']} {row['month'] or '—'}: {row['articles']}"
        + (f" ({_('imported views')}: {row['views']})" if row["views"] is not None else "")
        for row in told["units"]
    ]
    for row in told["rows"]:
        lines.append(f"  {row['place']} {row['title']} [{outcomes[row['outcome']]}]")
        lines += [f"    ! {remark}" for remark in row["remarks"]]
    return "\n".join(lines)
