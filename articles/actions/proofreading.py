"""What proof-readers do: sign the version that is to be approved, and mend what was."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import log
from articles.actions import publishing, reviewing, steps
from articles.models import (
    Article,
    LogEntry,
    ProofSignature,
    ReviewRound,
    TypoFix,
    User,
    Version,
)
from articles.rights import permissions
from articles.rights.permissions import Verb
from articles.text import typo_limit


@transaction.atomic
def sign(
    article: Article, *, proofreader: User, seen_version: int, at: datetime, remark: str = ""
) -> ProofSignature:
    """Say that one has read this version. A change makes another version, to be signed anew."""
    article = steps.begin(article, user=proofreader, verb=Verb.PROOFREAD, at=at)
    version = reviewing.refuse_unseen(article, seen_version)
    signature = ProofSignature.objects.create(
        round=article.rounds.get(outcome=ReviewRound.Outcome.OPEN),
        version=version,
        version_number=version.number,
        sha256=version.sha256,
        remark=remark.strip(),
        proofreader=proofreader,
        proofreader_name=str(proofreader),
        signed_at=at,
    )
    log.write(
        article, LogEntry.Action.PROOFREAD, actor=proofreader, at=at, detail=signature.remark
    )
    return signature


@transaction.atomic
def mend(
    article: Article, version: Version, *, proofreader: User, at: datetime
) -> typo_limit.Finding | None:
    """Let the approval hold for a new version if all that differs from the approved is a typo.

    Called for a locked article, right after its version was written. Gives what was found, or
    None where this user mends nothing; only for a typo something happened. An edition that is
    planned goes out with the mended text at the same times.
    """
    if not permissions.can(proofreader, Verb.MEND, article, at):
        return None
    review = article.rounds.order_by("-number")[0]
    approval = review.final_approval()
    if approval is None:
        return None
    limit = typo_limit.limit()
    found = typo_limit.judge(approval.version.snapshot, version.snapshot, limit=limit)
    if found.verdict is not typo_limit.Verdict.TYPO or found.characters is None:
        return found
    TypoFix.objects.create(
        round=review,
        approved=approval.version,
        approved_sha256=approval.sha256,
        version=version,
        version_number=version.number,
        sha256=version.sha256,
        characters=found.characters,
        limit=limit,
        changes=list(found.changes),
        made_by=proofreader,
        made_by_name=str(proofreader),
        made_at=at,
    )
    detail = in_words(found)
    log.write(article, LogEntry.Action.TYPO_FIXED, actor=proofreader, at=at, detail=detail)
    if article.status == Article.Status.PUBLISHED:
        publishing.replan(article, version, actor=proofreader, at=at)
    return found


def in_words(found: typo_limit.Finding) -> str:
    """Say how far a text is from the one that was approved."""
    counts = {"count": found.characters, "limit": typo_limit.limit()}
    match found.verdict:
        case typo_limit.Verdict.TYPO:
            return (
                ngettext(
                    "%(count)d character differs from the approved text.",
                    "%(count)d characters differ from the approved text.",
                    found.characters or 0,
                )
                % counts
            )
        case typo_limit.Verdict.TOO_LONG if found.characters is None:
            counts["count"] = typo_limit.COUNTED_UP_TO
            return _("More than %(count)d characters differ; up to %(limit)d are a typo.") % counts
        case typo_limit.Verdict.TOO_LONG:
            return _("%(count)d characters differ; up to %(limit)d are a typo.") % counts
        case typo_limit.Verdict.EMPTY:
            return _("A text was empty or is empty now; that is no typo.")
        case typo_limit.Verdict.PART:
            return _("More than a quarter of a short text differs; that is no typo.")
        case typo_limit.Verdict.NEGATION:
            return _("A “not” was added or taken away; that is no typo.")
        case typo_limit.Verdict.NUMBER:
            return _("A number differs, or what stands next to it; that is no typo.")
        case typo_limit.Verdict.NAME:
            return _("The name of somebody credited differs; that is no typo.")
        case typo_limit.Verdict.MARKUP:
            return _("Paragraphs, links or emphasis differ, not the words alone.")
        case typo_limit.Verdict.OTHER:
            return _("More than the text differs from what was approved.")
