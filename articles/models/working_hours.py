"""When the newsroom works: the hours of the week, and the days that are different."""

from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import worktime


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class WorkingHours(models.Model):
    """One span of working time on a day of the week. A day may have several."""

    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    begins_at = models.TimeField(_("begins at"))
    ends_at = models.TimeField(
        _("ends at"), help_text=_("0:00 for the end of the day. The span ends before it.")
    )

    class Meta:
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        ordering = ("weekday", "begins_at")
        constraints = (
            models.CheckConstraint(
                condition=Q(begins_at__lt=F("ends_at")) | Q(ends_at=worktime.MIDNIGHT),
                name="working_hours_end_after_they_begin",
                violation_error_message=_("They would end before they begin."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.begins_at:%H:%M}–{self.ends_at:%H:%M}"

    def clean(self) -> None:
        if self.weekday is None or self.begins_at is None or self.ends_at is None:
            return
        others = WorkingHours.objects.filter(weekday=self.weekday).exclude(pk=self.pk)
        until = self.ends_at if self.ends_at != worktime.MIDNIGHT else time.max
        overlapping = others.filter(
            Q(ends_at__gt=self.begins_at) | Q(ends_at=worktime.MIDNIGHT), begins_at__lt=until
        ).first()
        if overlapping is not None:
            raise ValidationError(
                _("These hours overlap with %(hours)s."), params={"hours": overlapping}
            )


class CalendarDay(models.Model):
    """A day unlike others of its weekday: a holiday, or a make-up workday (调休)."""

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("occasion"), max_length=40, blank=True)
    works_like = models.PositiveSmallIntegerField(
        _("works like"),
        choices=Weekday,
        null=True,
        blank=True,
        help_text=_("For a make-up workday the weekday whose hours it has; empty for a holiday."),
    )

    class Meta:
        verbose_name = _("holiday or make-up workday")
        verbose_name_plural = _("holidays and make-up workdays")
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day} {self.name}".strip()


def newsroom_calendar() -> worktime.Calendar:
    """Read when the newsroom works. Two queries."""
    week: list[list[worktime.Span]] = [[] for _day in Weekday]
    for weekday, begins_at, ends_at in WorkingHours.objects.values_list(
        "weekday", "begins_at", "ends_at"
    ):
        week[weekday].append((begins_at, ends_at))
    rows: Any = CalendarDay.objects.values_list("day", "works_like")
    days = {day: week[like] if like is not None else [] for day, like in rows}
    return worktime.Calendar(week=week, days=days, zone=timezone.get_default_timezone())


def deadline(start: datetime, hours: int) -> datetime:
    """Say when so many working hours of the newsroom are over. Two queries."""
    return worktime.add(start, hours, newsroom_calendar())
