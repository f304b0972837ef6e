"""Escalate what is overdue and remind of missing confirmations, and say what that was."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles import clock
from articles.actions import forcing, reviewing


class Command(BaseCommand):
    help = (
        "Marks and logs every review whose deadline has passed at a stage that names a group to "
        "escalate to, and everything published by force that nobody confirmed in time. "
        "The worker does the same every minute; calling it again changes nothing."
    )

    def handle(self, **options):
        now = clock.here()
        escalated = reviewing.escalate_overdue(at=now)
        unconfirmed = forcing.remind_overdue(at=now)
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
        for forced in unconfirmed:
            text = _("“%(headline)s” was published by force, and nobody confirmed it in time.")
            self.stdout.write(text % {"headline": forced})
        if not escalated and not unconfirmed:
            self.stdout.write(_("Nothing to escalate."))
