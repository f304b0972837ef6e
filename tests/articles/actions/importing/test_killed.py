"""An import that is killed anywhere goes on where it was, and brings each article once."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

from articles import clock
from articles.actions.importing import old_sites
from articles.log import chain
from articles.models import Article, Edition, ImportedArticle, ImportRow, OldAddress, Person
from tests import factories
from tests.processes import environment

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_an_import_that_is_killed_anywhere_brings_each_article_once(tmp_path):
    factories.make_section("综合新闻")
    factories.make_unit("图书馆")
    path = tmp_path / "old.jsonl"
    rows = (
        {
            "address": f"http://old.example/{number}.htm",
            "title": f"标题{number}",
            "body": "正文。（供稿：李明远）",
            "unit": "图书馆",
            "section": "综合新闻",
            "published_at": "2024-03-05",
        }
        for number in range(5)
    )
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    user, at = factories.make_user("chief editor"), clock.here()
    plan = old_sites.Plan(as_published=True)
    run = old_sites.begin("old.jsonl", "x", plan, user=user, at=at)

    answer = subprocess.run(
        [sys.executable, "-m", "tests.import_worker", str(run.pk), str(path)],
        env=environment(),
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
    )

    run.refresh_from_db()
    assert answer.stdout.split() == ["-9", "-9", "-9", "-9", "0"]
    assert (run.reached, run.finished_at is not None) == (5, True)
    made = (Article, Edition, ImportedArticle, OldAddress, ImportRow)
    assert [model.objects.count() for model in made] == [5] * 5
    assert Person.objects.count() == 1
    report = chain.verify(clock.here())
    # Two for each article, one for the run. What a process left unsealed, the next one seals.
    assert (report.is_intact, report.entries) == (True, 11)
