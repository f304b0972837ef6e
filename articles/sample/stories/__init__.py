"""About seventy pieces of news, most of them published during the last four months."""

from articles.sample.stories import academic, campus, desk, focus, others, teaching

STORIES = (
    *focus.STORIES,
    *campus.STORIES,
    *academic.STORIES,
    *teaching.STORIES,
    *others.STORIES,
    *desk.STORIES,
)
