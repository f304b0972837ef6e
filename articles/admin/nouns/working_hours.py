"""When the newsroom works: deadlines of reviews run in these hours alone."""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.base import DayField, DeskAdmin
from articles.models import CalendarDay, Weekday, WorkingHours

LONGEST_HOLIDAY = timedelta(days=60)


class HourInput(forms.TimeInput):
    """The browser's own field for a time of day."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class WorkingHoursForm(forms.ModelForm):
    class Meta:
        widgets = {"begins_at": HourInput, "ends_at": HourInput}


@admin.register(WorkingHours)
class WorkingHoursAdmin(DeskAdmin):
    purpose = gettext_lazy("The hours in which deadlines of reviews run.")
    form = WorkingHoursForm
    list_display = ("weekday", "begins_at", "ends_at")
    fields = ("weekday", "begins_at", "ends_at")

    def changelist_view(self, request, extra_context=None):
        if not WorkingHours.objects.exists():
            text = _("Without working hours no article can be submitted: no deadline would end.")
            self.message_user(request, text, messages.WARNING)
        return super().changelist_view(request, extra_context)


class CalendarDayForm(forms.ModelForm):
    """One day; a new entry may be several in a row, like the days of a festival."""

    last_day = DayField(
        label=gettext_lazy("until"),
        required=False,
        help_text=gettext_lazy("The last day, if there are several in a row."),
    )

    def clean(self):
        super().clean()
        first, last = self.cleaned_data.get("day"), self.cleaned_data.get("last_day")
        if first and last:
            if not first <= last <= first + LONGEST_HOLIDAY:
                self.add_error("last_day", _("Please choose a day up to 60 days later."))
            elif CalendarDay.objects.filter(day__gt=first, day__lte=last).exists():
                self.add_error("last_day", _("Some of these days are listed already."))
        return self.cleaned_data


@admin.register(CalendarDay)
class CalendarDayAdmin(DeskAdmin):
    purpose = gettext_lazy(
        "Days off and days of work that differ from the week. Deadlines of reviews follow them."
    )
    form = CalendarDayForm
    list_display = ("day", "weekday", "name", "meaning")
    search_fields = ("name",)
    date_hierarchy = "day"
    fields = ("day", "name", "works_like")

    def get_fields(self, request, obj=None):
        return self.fields if obj else ("day", "last_day", "name", "works_like")

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        last = form.cleaned_data.get("last_day")
        for number in range(1, (last - obj.day).days + 1 if last else 0):
            row = CalendarDay.objects.create(
                day=obj.day + timedelta(days=number), name=obj.name, works_like=obj.works_like
            )
            self.record(request, self.added, row)

    @admin.display(description=gettext_lazy("weekday"))
    def weekday(self, day):
        return Weekday(day.day.weekday()).label

    @admin.display(description=gettext_lazy("meaning"))
    def meaning(self, day):
        if day.works_like is None:
            return _("Nobody works.")
        return _("Works like %(weekday)s.") % {"weekday": day.get_works_like_display()}
