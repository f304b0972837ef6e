"""Who may do what to an article, and why not.

Two questions, asked on every path: `Article.objects.visible_to(user, at)` for what somebody
may see, and `refusal(user, verb, article, at)` for what they may do. A refusal is a sentence
for the user; actions raise it as `NotAllowed`, pages print it beside the missing button.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from articles.models import Article, User
from articles.rights import composing, publishing, reviewing, writing


class Verb(StrEnum):
    CHANGE = "change"
    SUBMIT = "submit"
    CLAIM = "claim"
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    TAKE_BACK = "take_back"
    READMIT = "readmit"
    RELEASE = "release"
    HAND_OVER = "hand_over"
    APPOINT = "appoint"
    PROOFREAD = "proofread"
    MEND = "mend"
    PUBLISH = "publish"
    RESCHEDULE = "reschedule"
    UNSCHEDULE = "unschedule"
    FORCE = "force"
    CONFIRM = "confirm"
    OBJECT = "object"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    COMMENT = "comment"
    EMBARGO = "embargo"
    LIFT_EMBARGO = "lift_embargo"
    PIN = "pin"
    UNPIN = "unpin"
    PLACE = "place"
    JOIN = "join"
    PART = "part"
    TRANSLATE = "translate"


REFUSALS: dict[Verb, Callable[[User, Article, datetime], str | None]] = {
    Verb.CHANGE: writing.change,
    Verb.SUBMIT: writing.submit,
    Verb.CLAIM: reviewing.claim,
    Verb.APPROVE: reviewing.approve,
    Verb.RETURN: reviewing.decide,
    Verb.REJECT: reviewing.decide,
    Verb.TAKE_BACK: writing.take_back,
    Verb.READMIT: reviewing.readmit,
    Verb.RELEASE: reviewing.release,
    Verb.HAND_OVER: reviewing.hand_over,
    Verb.APPOINT: reviewing.appoint,
    Verb.PROOFREAD: reviewing.proofread,
    Verb.MEND: reviewing.mend,
    Verb.PUBLISH: publishing.publish,
    Verb.RESCHEDULE: publishing.reschedule,
    Verb.UNSCHEDULE: publishing.unschedule,
    Verb.FORCE: publishing.force,
    Verb.CONFIRM: publishing.answer,
    Verb.OBJECT: publishing.answer,
    Verb.CORRECT: publishing.correct,
    Verb.WITHDRAW: publishing.withdraw,
    Verb.RESTORE: publishing.restore,
    Verb.COMMENT: writing.comment,
    Verb.EMBARGO: publishing.embargo,
    Verb.LIFT_EMBARGO: publishing.lift_embargo,
    Verb.PIN: publishing.pin,
    Verb.UNPIN: publishing.unpin,
    Verb.PLACE: composing.place,
    Verb.JOIN: writing.join,
    Verb.PART: writing.part,
    Verb.TRANSLATE: writing.translate,
}


class NotAllowed(Exception):
    """The action is not this user's, or not possible now. The text is for the user."""


class WrongInput(NotAllowed):
    """What was typed is in the way, and nothing else. `field` is the argument that it came as."""

    def __init__(self, text: str, field: str) -> None:
        self.field = field
        super().__init__(text)


def can(user: User, verb: Verb, article: Article, at: datetime) -> bool:
    return refusal(user, verb, article, at) is None


def require(user: User, verb: Verb, article: Article, at: datetime) -> None:
    """Raise `NotAllowed` with the reason unless the user may."""
    reason = refusal(user, verb, article, at)
    if reason is not None:
        raise NotAllowed(reason)


def refusal(
    user: User, verb: Verb, article: Article, at: datetime, *, seen: bool | None = None
) -> str | None:
    """Say why a user may not do something to an article now; None if they may.

    Whoever asks for many verbs finds out once whether the article is `seen`.
    """
    if not (sees(user, article, at) if seen is None else seen):
        return _("There is no such article.")
    return REFUSALS[verb](user, article, at)


def sees(user: User, article: Article, at: datetime) -> bool:
    return Article.objects.visible_to(user, at).filter(pk=article.pk).exists()
