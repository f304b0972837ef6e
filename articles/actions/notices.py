"""Telling colleagues what happened (通知): who is told is asked when it is told, not before.

Every action leaves a log entry, and `log.write` puts an errand for those in `TELLS`. By the
time it runs somebody may have left, or have no right any more; then they are not told.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from itertools import chain
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles import alarms, outbox
from articles.models import (
    Article,
    Comment,
    ErrorReport,
    LogEntry,
    Mailing,
    Notice,
    NoticeKind,
    NoticeSetting,
    ReviewRound,
    User,
)
from articles.models.articles import CREATORS
from articles.models.notices import ASKING, DEADLINES, MAILED
from articles.rights import error_reports, permissions
from articles.rights.permissions import Verb

type Told = Iterable[tuple[NoticeKind, Iterable[User]]]

# Where no worker ran for so long, people have found out by now.
OLD = timedelta(days=3)
# When the day's mail goes out, in the site's zone, and how far it looks back.
DIGEST_AT = time(8)
DIGEST_OF = timedelta(days=7)

# So long before its deadline is a decision due soon.
SOON = timedelta(hours=4)

# A notice that asks for something is mailed only while that can still be done.
OVERTAKEN = {
    NoticeKind.WAITING: (Verb.APPROVE, Verb.PROOFREAD),
    NoticeKind.DUE_SOON: (Verb.APPROVE,),
    NoticeKind.OVERDUE: (Verb.APPROVE,),
    NoticeKind.FORCED: (Verb.CONFIRM,),
}
# What only concerns whoever has the article now.
HANDED_ON = (NoticeKind.WAITING, NoticeKind.READY)

Action = LogEntry.Action
# What puts an article into other hands.
MOVES = (
    Action.SUBMITTED,
    Action.REOPENED,
    Action.APPROVED,
    Action.RETURNED,
    Action.REJECTED,
    Action.TAKEN_BACK,
)


def tell(entry: LogEntry, at: datetime) -> list[Notice]:
    """Tell everybody whom an entry of the log concerns, once. What is old is no news."""
    if entry.at < at - OLD:
        return []
    article = entry.article
    if article is None:
        return []
    told = TELLS[entry.action](article, at)
    if _has_moved_on(entry):
        # Who has it now is told by what put it there.
        told = [(kind, users) for kind, users in told if kind not in HANDED_ON]
    return _write(article, told, besides=entry.actor_id, at=at, entry=entry)


def _has_moved_on(entry: LogEntry) -> bool:
    later = LogEntry.objects.filter(article=entry.article_id, pk__gt=entry.pk)
    return later.filter(action__in=MOVES).exists()


def tell_of_deadlines(*, at: datetime) -> None:
    """Have whoever may decide told once, for each stage, that it is due soon or overdue."""
    near = ReviewRound.objects.waiting().filter(due_at__gt=at - OLD, due_at__lte=at + SOON)
    for review in near:
        kind = _deadline(review, at)
        if kind is not None:
            key = f"{kind}/{review.pk}/{review.stage}"
            payload = {"round": review.pk, "stage": review.stage}
            outbox.put("tell of deadline", key, due_at=at, payload=payload)


def tell_of_deadline(review: ReviewRound, stage: int, at: datetime) -> list[Notice]:
    """Tell of the deadline of a stage, as it is now; nobody, if it has decided meanwhile."""
    kind = _deadline(review, at)
    if review.stage != stage or kind is None:
        return []
    told = ((kind, _deciders(review.article, at)),)
    return _write(review.article, told, besides=None, at=at)


def _deadline(review: ReviewRound, at: datetime) -> NoticeKind | None:
    """Say what there is to tell: a short time is near its end only in its second half."""
    if review.outcome != ReviewRound.Outcome.OPEN:
        return None
    if review.due_at <= at:
        return NoticeKind.OVERDUE
    half = review.stage_since + (review.due_at - review.stage_since) / 2
    return NoticeKind.DUE_SOON if max(half, review.due_at - SOON) <= at else None


def tell_of_comment(comment: Comment, at: datetime) -> list[Notice]:
    """Tell whom a comment mentions, and whoever has a part in its article or its thread."""
    article = comment.article
    thread = User.objects.filter(article_comments__in=comment.thread())
    told: Told = (
        (NoticeKind.MENTION, comment.mentioned.all()),
        (NoticeKind.COMMENT, chain(_writers(article), thread)),
    )
    return _write(article, told, besides=comment.author_id, at=at, comment=comment)


def put_alarm_mails(*, at: datetime) -> None:
    """Have everybody who can mend what failed told of it by mail, once a day each."""
    raised = alarms.alarms(at)
    if not raised:
        return
    day = timezone.localdate(at).isoformat()
    for user in User.objects.with_perm("articles.change_errand"):
        for alarm in raised:
            key = f"alarm/{alarm.about}/{day}/{user.pk}"
            outbox.put("mail alarm", key, due_at=at, payload={"user": user.pk})


def still_concerns(notice: Notice, at: datetime) -> bool:
    """Say whether its user may still know of it, and has not been overtaken."""
    user, article = notice.user, notice.article
    if notice.is_overtaken() or _is_settled(notice):
        return False
    asked_for = OVERTAKEN.get(NoticeKind(notice.kind))
    if asked_for is not None:
        return any(permissions.can(user, verb, article, at) for verb in asked_for)
    return Article.objects.visible_to(user, at).filter(pk=article.pk).exists()


def _is_settled(notice: Notice) -> bool:
    if notice.kind != NoticeKind.REPORTED or notice.entry is None:
        return False
    return not ErrorReport.objects.waiting().filter(pk=notice.entry.subject_id or 0).exists()


@transaction.atomic
def read(user: User, *, at: datetime, number: int | None = None) -> int:
    """Mark one of a user's notices as read, or all of them; say how many."""
    own = Notice.objects.filter(user=user).shown().unread()
    if number is not None:
        own = own.filter(pk=number)
    return own.update(read_at=at)


@transaction.atomic
def set_up(user: User, *, kind: NoticeKind, shown: bool, mailing: Mailing) -> None:
    """Say how a user wants to hear of a kind from now on."""
    NoticeSetting.objects.update_or_create(
        user=user, kind=kind, defaults={"shown": shown, "mailing": mailing}
    )


def settings_of(user: User) -> dict[NoticeKind, NoticeSetting]:
    """Give how a user hears of every kind. One query."""
    own = {row.kind: row for row in NoticeSetting.objects.filter(user=user)}
    return {
        kind: own.get(kind) or NoticeSetting(user=user, kind=kind, mailing=MAILED[kind])
        for kind in NoticeKind
    }


def put_digests(*, at: datetime) -> None:
    """Have today's mail sent to everybody who has something to read in it."""
    here = timezone.localtime(at)
    if here.time() < DIGEST_AT:
        return
    waiting = Notice.objects.for_digest(at - DIGEST_OF).order_by()
    for user in waiting.values_list("user", flat=True).distinct():
        key = f"user/{user}/{here.date().isoformat()}"
        outbox.put("mail digest", key, due_at=at, payload={"user": user})


def _write(
    article: Article,
    told: Told,
    *,
    besides: int | None,
    at: datetime,
    entry: LogEntry | None = None,
    comment: Comment | None = None,
) -> list[Notice]:
    """Write the notices in one short transaction: who gets them has been asked before.

    Whom the source was told to before is not told again, whatever became of that notice.
    """
    review = article.rounds.filter(outcome=ReviewRound.Outcome.OPEN).first()
    kinds: dict[int, NoticeKind] = {}
    for kind, users in told:
        for user in users:
            if user.pk != besides and user.pk not in kinds and _may_know(user, article, at):
                kinds[user.pk] = kind
    people = User.objects.in_bulk(list(kinds))
    wanted = {pk: settings_of(people[pk])[kind] for pk, kind in kinds.items()}
    notices = []
    with transaction.atomic():
        for pk, setting in wanted.items():
            if not setting.shown and setting.mailing == Mailing.NEVER:
                continue
            kind = kinds[pk]
            waits = review if kind in ASKING else None
            source: dict[str, Any] = {"entry": entry, "comment": comment}
            at_stage = {"round": waits, "stage": waits.stage if waits else None}
            if kind in DEADLINES:
                source |= at_stage | {"kind": kind}
            notice, is_new = Notice.objects.get_or_create(
                user=people[pk],
                **source,
                defaults={
                    **at_stage,
                    "due_at": waits.due_at if waits else None,
                    "kind": kind,
                    "article": article,
                    "mailing": setting.mailing,
                    "is_shown": setting.shown,
                    "created_at": at,
                },
            )
            if is_new and setting.mailing == Mailing.AT_ONCE:
                payload = {"notice": notice.pk}
                outbox.put("mail notice", f"notice/{notice.pk}", due_at=at, payload=payload)
            notices.append(notice)
    return notices


def _may_know(user: User, article: Article, at: datetime) -> bool:
    return Article.objects.visible_to(user, at).filter(pk=article.pk).exists()


def _writers(article: Article) -> Iterable[User]:
    """Give whoever wrote, handed in, or is credited on an article."""
    yield article.created_by
    review = article.rounds.order_by("-number").select_related("submitted_by").first()
    if review is not None:
        yield review.submitted_by
    yield from User.objects.filter(
        person__credits__article=article, person__credits__role__in=CREATORS
    ).distinct()


def _who_can(verb: Verb, permission: str) -> Callable[[Article, datetime], list[User]]:
    def who(article: Article, at: datetime) -> list[User]:
        may = User.objects.with_perm(permission, include_superusers=False)
        return [user for user in may if permissions.can(user, verb, article, at)]

    return who


_deciders = _who_can(Verb.APPROVE, "articles.review_article")
_publishers = _who_can(Verb.PUBLISH, "articles.publish_article")
_proof_readers = _who_can(Verb.PROOFREAD, "articles.proofread_article")
_confirmers = _who_can(Verb.CONFIRM, "articles.confirm_forced_publication")


def _correctors(article: Article, at: datetime) -> Iterable[User]:
    return User.objects.with_perm(error_reports.SETTLES, include_superusers=False)


def _hand_in(article: Article, at: datetime) -> Told:
    yield NoticeKind.WAITING, _deciders(article, at)
    yield NoticeKind.WAITING, _proof_readers(article, at)


def _put_into_hands(article: Article, at: datetime) -> Told:
    review = article.rounds.order_by("-number").select_related("claimed_by").first()
    if review is not None and review.claimed_by is not None:
        yield NoticeKind.WAITING, [review.claimed_by]


def _pass_on(article: Article, at: datetime) -> Told:
    yield from _hand_in(article, at)
    yield NoticeKind.READY, _publishers(article, at)
    yield NoticeKind.PROGRESS, _writers(article)


def _give_back(article: Article, at: datetime) -> Told:
    yield NoticeKind.RETURNED, _writers(article)


def _show(article: Article, at: datetime) -> Told:
    yield NoticeKind.PUBLISHED, _writers(article)


def _drop(article: Article, at: datetime) -> Told:
    # What takes the place of a plan tells of itself.
    if article.status in (Article.Status.PUBLISHED, Article.Status.WITHDRAWN):
        return
    planned = article.editions.order_by("-number").select_related("made_by")[0]
    yield NoticeKind.PUBLISHED, chain(_writers(article), [planned.made_by])


def _put_back(article: Article, at: datetime) -> Told:
    review = article.rounds.order_by("-number")[0]
    if review.claimed_by_id is None:
        yield NoticeKind.WAITING, _deciders(article, at)


def _force(article: Article, at: datetime) -> Told:
    yield NoticeKind.FORCED, _confirmers(article, at)
    yield from _show(article, at)


def _remind(article: Article, at: datetime) -> Told:
    yield NoticeKind.FORCED, _confirmers(article, at)


def _report(article: Article, at: datetime) -> Told:
    yield NoticeKind.REPORTED, _correctors(article, at)
    yield NoticeKind.REPORTED, _writers(article)


def _join(article: Article, at: datetime) -> Told:
    yield NoticeKind.PROGRESS, _writers(article)


TELLS: dict[str, Callable[[Article, datetime], Told]] = {
    Action.SUBMITTED: _hand_in,
    Action.REOPENED: _pass_on,
    Action.ESCALATED: _hand_in,
    Action.HANDED_OVER: _put_into_hands,
    Action.APPOINTED: _put_into_hands,
    Action.RELEASED: _put_back,
    Action.APPROVED: _pass_on,
    Action.RETURNED: _give_back,
    Action.REJECTED: _give_back,
    Action.READMITTED: _give_back,
    Action.PUBLISHED: _show,
    Action.FORCED: _force,
    Action.FORCE_OVERDUE: _remind,
    Action.FORCE_CONFIRMED: _show,
    Action.FORCE_OBJECTED: _show,
    Action.JOINED: _join,
    Action.SCHEDULED: _show,
    Action.LAPSED: _drop,
    Action.CORRECTED: _show,
    Action.WITHDRAWN: _show,
    Action.RESTORED: _show,
    Action.REPORTED: _report,
}
