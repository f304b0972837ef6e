"""Escalate what is overdue, and say what that was."""

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.actions import reviewing


class Command(BaseCommand):
    help = (
        "Marks and logs every review whose deadline has passed at a stage that names a group to "
        "escalate to. The worker does the same every minute; calling it again changes nothing."
    )

    def handle(self, **options):
        escalated = reviewing.escalate_overdue(at=timezone.now())
        for review in escalated:
            text = _("“%(headline)s”: “%(stage)s” is overdue, now with %(group)s as well.")
            self.stdout.write(
                text
                % {
                    "headline": review.article.headline,
                    "stage": review.stage_name(),
                    "group": review.current_stage["escalates_to"],
                }
            )
        if not escalated:
            self.stdout.write(_("Nothing to escalate."))
