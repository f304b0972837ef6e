"""Fill in the week of an office, who may change it, and the deadlines of reviews."""

from datetime import time, timedelta

from django.db import migrations

from articles import migration_rights

OFFICE_HOURS = ((time(8), time(12)), (time(13, 30), time(17, 30)))
# What a stage had when nobody had set its hours: a day, round the clock.
A_DAY, A_WORKING_DAY = 24, 8
MODELS = ("workinghours", "calendarday")
RIGHTS = {
    "administrator": [
        f"{verb}_{model}" for verb in ("view", "add", "change", "delete") for model in MODELS
    ],
    "head": [f"view_{model}" for model in MODELS],
}


def make_week(apps, schema_editor):
    hours = apps.get_model("articles.WorkingHours")
    hours.objects.bulk_create(
        hours(weekday=weekday, begins_at=begins_at, ends_at=ends_at)
        for weekday in range(5)
        for begins_at, ends_at in OFFICE_HOURS
    )


def give_rights(apps, schema_editor):
    migration_rights.give(apps, RIGHTS)


def count_in_working_hours(apps, schema_editor):
    stages = apps.get_model("articles.ReviewStage").objects
    stages.filter(deadline_hours=A_DAY).update(deadline_hours=A_WORKING_DAY)
    stages.filter(deadline_hours=0).update(deadline_hours=1)


def set_deadlines(apps, schema_editor):
    """Keep the deadline that people were told for the stage that runs now."""
    rounds = apps.get_model("articles.ReviewRound").objects
    batch = []
    for review in rounds.only("outcome", "stage", "stage_since", "stages").iterator(
        chunk_size=1000
    ):
        for number, stage in enumerate(review.stages):
            if number == review.stage:
                review.due_at = review.stage_since + timedelta(hours=stage["deadline_hours"])
            if review.outcome == "open" and stage["deadline_hours"] == A_DAY:
                stage["deadline_hours"] = A_WORKING_DAY
        batch.append(review)
        if len(batch) == 1000:
            rounds.bulk_update(batch, ["due_at", "stages"])
            batch.clear()
    rounds.bulk_update(batch, ["due_at", "stages"])


def leave(apps, schema_editor):
    """Rows go with their tables."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_working_hours")]
    operations = [
        migrations.RunPython(make_week, leave),
        migrations.RunPython(give_rights, leave),
        migrations.RunPython(count_in_working_hours, leave),
        migrations.RunPython(set_deadlines, leave),
    ]
