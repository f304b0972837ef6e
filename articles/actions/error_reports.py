"""What becomes of errors that readers report (读者纠错)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from articles import log
from articles.models import ErrorReport, LogEntry, User
from articles.models.error_reports import NETWORK_KEPT, SETTLED, State, contact_kept
from articles.rights import error_reports as rights
from articles.rights.permissions import NotAllowed, WrongInput


class ReportMoved(NotAllowed):
    """Somebody else did something with the report since the user looked at it."""


@transaction.atomic
def take_up(report: ErrorReport, *, seen: str, user: User, at: datetime) -> ErrorReport:
    """Say that somebody is looking into a report, so that nobody else begins."""
    report = _lock(report, seen=seen, user=user, at=at)
    if not report.is_waiting:
        raise NotAllowed(_("This report is settled."))
    return _handle(report, State.IN_HAND, LogEntry.Action.REPORT_TAKEN, user=user, at=at)


@transaction.atomic
def settle(
    report: ErrorReport, outcome: State, *, remark: str, seen: str, user: User, at: datetime
) -> ErrorReport:
    """Say what came of a report. What was settled before may be settled otherwise."""
    report = _lock(report, seen=seen, user=user, at=at)
    if outcome not in SETTLED:
        raise WrongInput(_("Please say what came of it."), "outcome")
    remark = remark.strip()
    if not remark and outcome != State.SPAM:
        raise WrongInput(_("Please write a remark for your colleagues."), "remark")
    report.remark = remark
    action = LogEntry.Action.REPORT_SETTLED
    return _handle(report, outcome, action, user=user, at=at, detail=remark)


def tell(*, at: datetime) -> None:
    """Let the desk know of what came in. For the background."""
    new = ErrorReport.objects.not_told().select_related("edition__article").order_by("pk")
    for report in new:
        with transaction.atomic():
            # Another worker may have been faster.
            if not ErrorReport.objects.not_told().filter(pk=report.pk).update(told_at=at):
                continue
            with log.in_site_language():
                reader = _("a reader")
            log.write(
                report.edition.article,
                LogEntry.Action.REPORTED,
                actor=None,
                name=reader,
                at=report.sent_at,
                about=report,
            )


def forget_senders(*, at: datetime) -> None:
    """Delete what says who wrote, after its time, and spam with it. For the background."""
    networks = ErrorReport.objects.exclude(network="").filter(sent_at__lte=at - NETWORK_KEPT)
    networks.update(network="")
    ErrorReport.objects.forgotten_senders(at).update(contact="")
    spam = ErrorReport.objects.filter(state=State.SPAM, sent_at__lte=at - contact_kept())
    spam.delete()


def _lock(report: ErrorReport, *, seen: str, user: User, at: datetime) -> ErrorReport:
    reports = ErrorReport.objects.select_for_update(of=("self",))
    report = reports.select_related("edition__article").get(pk=report.pk)
    refused = rights.settle(user, report, at)
    if refused is not None:
        raise NotAllowed(refused)
    if report.state != seen:
        raise ReportMoved(
            _("%(name)s has done something with this report meanwhile: %(state)s.")
            % {"name": report.handled_by or _("somebody"), "state": report.get_state_display()}
        )
    return report


def _handle(
    report: ErrorReport,
    state: State,
    action: LogEntry.Action,
    *,
    user: User,
    at: datetime,
    detail: str = "",
) -> ErrorReport:
    report.state, report.handled_by, report.handled_at = state, user, at
    report.save(update_fields=["state", "handled_by", "handled_at", "remark"])
    with log.in_site_language():
        said = "\n".join(filter(None, (str(state.label), detail)))
    log.write(report.edition.article, action, actor=user, at=at, detail=said, about=report)
    return report
