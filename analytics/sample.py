"""Readers for the sample newsroom: clicks of four months, with robots and repeats among them.

The boards of the months and weeks that are over are frozen, as they would be by now.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from math import exp
from random import Random
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from analytics.boards import statements
from analytics.clicks import rollups
from analytics.clicks.spool import Record, moment_of
from analytics.models import Reason, Source
from analytics.periods import Period
from articles.models import Edition, User

READERS = 4000
# How many read at each hour of the day: before work, over lunch, late in the evening.
HOURS = (3, 1, 1, 1, 1, 2, 7, 22, 30, 24, 22, 26, 40, 30, 20, 20, 22, 26, 28, 30, 36, 44, 34, 12)
LIKED = {"brief": 0.6, "news": 1.0, "feature": 1.7, "photo_story": 1.4, "video": 1.2}
REFERRERS = ("", "", "", "mp.weixin.qq.com", "mp.weixin.qq.com", "www.baidu.com", "weibo.com")
EXCLUDED = (
    *(Reason.BOT_DECLARED,) * 5,
    *(Reason.NO_SCRIPT,) * 2,
    Reason.HEADLESS,
    Reason.STAFF,
    Reason.PREFETCH,
)
WEEKS_READ = 6


def load(now: datetime, tell: Callable[[str], None]) -> None:
    """Store believable clicks on everything that has been public by now."""
    chance = Random(7)  # noqa: S311
    by_day: dict[int, list[Record]] = defaultdict(list)
    first_public = {
        article: (live_from, form)
        for article, live_from, form in Edition.objects.filter(live_from__lte=now)
        .order_by("-live_from")
        .values_list("article_id", "live_from", "form")
    }
    for article, (since, form) in sorted(first_public.items()):
        interest = 260 * LIKED[form] * chance.lognormvariate(0, 0.7)
        for record in clicks_on(article, since, now, interest, chance):
            by_day[record.moment // 86_400_000_000].append(record)
    stored = sum(rollups.add(records) for _day, records in sorted(by_day.items()))
    tell(_("%(count)d clicks, counted by the rule") % {"count": stored})
    freeze_boards(now)


def freeze_boards(now: datetime) -> None:
    """Freeze each month on the third morning of the next, and the weeks that are due."""
    head = User.objects.get(groups__name="head")
    first = Edition.objects.order_by("live_from").values_list("live_from", flat=True)[0]
    month = Period.month(timezone.localdate(first))
    while month.is_over(now, timezone.get_default_timezone()):
        third = month.ends_at(timezone.get_default_timezone()) + timedelta(days=2, hours=9)
        statements.freeze_month(month, user=head, at=min(third, now))
        month = Period.month(month.end)
    statements.freeze_weeks_due(now)


def clicks_on(
    article: int, since: datetime, now: datetime, interest: float, chance: Random
) -> Iterator[Record]:
    """Read one article: most on its first day, fewer each day, a few for weeks."""
    for day in range(min((now - since).days + 1, 7 * WEEKS_READ)):
        share = 0.5 * exp(-day / 1.5) + 0.008
        morning = timezone.localtime(since).replace(hour=0, minute=0) + timedelta(days=day)
        weekend = 0.7 if morning.weekday() >= 5 else 1.0
        for _click in range(round(interest * share * weekend * chance.uniform(0.75, 1.25))):
            hour = chance.choices(range(24), HOURS)[0]
            at = morning + timedelta(hours=hour, seconds=chance.uniform(0, 3600))
            if at < since:
                at = since + timedelta(seconds=chance.expovariate(1 / 5400))
            if at < now:
                yield from visit(article, at, now, chance)


def visit(article: int, at: datetime, now: datetime, chance: Random) -> Iterator[Record]:
    """One reader, who may load the page again at once or come back later."""
    reader = timezone.localdate(at).toordinal() << 32 | chance.randrange(READERS)
    referrer = chance.choice(REFERRERS)
    reason = chance.choice(EXCLUDED) if chance.random() < 0.09 else ""
    moments = [at]
    if chance.random() < 0.08:
        moments.append(at + timedelta(seconds=chance.uniform(2, 25)))
    if chance.random() < 0.05:
        moments.append(at + timedelta(minutes=chance.uniform(4, 50)))
    for moment in moments:
        if moment < now:
            yield Record(
                key=UUID(int=chance.getrandbits(128), version=4).hex,
                article_id=article,
                moment=moment_of(moment),
                visitor=reader,
                source=str(Source.PICTURE if reason == Reason.NO_SCRIPT else Source.SCRIPT),
                reason=str(reason),
                referrer=referrer,
            )
