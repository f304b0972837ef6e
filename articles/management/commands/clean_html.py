"""Clean body text, for checks and for moving an old site's articles."""

import json
import sys

from django.core.management.base import BaseCommand

from articles.text import richtext


class Command(BaseCommand):
    help = (
        "Read JSON lines {id, html} from standard input and write JSON lines {id, html} with "
        "the markup as articles keep it. A text that is too long or too deep answers with "
        'an empty "html" and says why in "error".'
    )
    requires_system_checks = ()

    def handle(self, *args, **options):
        for line in sys.stdin:
            if line.strip():
                self.stdout.write(json.dumps(answer(json.loads(line)), ensure_ascii=False))


def answer(asked: dict[str, str]) -> dict[str, str]:
    try:
        return {"id": asked["id"], "html": richtext.clean(asked["html"])}
    except richtext.TooMuchMarkup as problem:
        return {"id": asked["id"], "html": "", "error": str(problem.message)}
