"""What proof-readers do: put their name to the version that is to be approved."""

from datetime import datetime

from django.db import transaction

from articles.actions import log, reviewing, steps
from articles.models import Article, LogEntry, ProofSignature, ReviewRound, User
from articles.permissions import Verb


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
