"""Read credit lines from standard input."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.credits import parse
from articles.text.hanzi import match_key


class Command(BaseCommand):
    help = (
        "Read credit lines. Takes JSON lines with an id and a text on standard input and writes, "
        "in the same order, JSON lines with the id, the credits (role, name, unit, stage, note) "
        "and the rest of the text that is no credit. Needs no database."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--units",
            type=Path,
            metavar="FILE",
            help="A UTF-8 text file with the name of one unit per line, to be recognised.",
        )

    def handle(self, *args, units: Path | None, **options) -> None:
        known = self._known_units(units) if units else set()
        for number, line in enumerate(sys.stdin, start=1):
            if not line.strip():
                continue
            question_id, text = self._question(line, number)
            parsed = parse(text, units=known)
            answer = {
                "id": question_id,
                "credits": [asdict(credit) for credit in parsed.credits],
                "rest": parsed.rest,
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))

    def _known_units(self, path: Path) -> set[str]:
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as problem:
            raise CommandError(f"Cannot read the units in {path}: {problem}") from problem
        return {match_key(line) for line in lines if line.strip()}

    def _question(self, line: str, number: int) -> tuple[object, str]:
        try:
            question = json.loads(line)
        except json.JSONDecodeError as problem:
            raise CommandError(f"Line {number} is not JSON: {problem}") from problem
        if not isinstance(question, dict) or not isinstance(question.get("text"), str):
            raise CommandError(f'Line {number} is not an object with an "id" and a "text".')
        if "id" not in question:
            raise CommandError(f'Line {number} has no "id".')
        return question["id"], question["text"]
