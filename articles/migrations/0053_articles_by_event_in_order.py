from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0052_export_for_the_archive"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="article",
            name="articles_by_event",
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["event_date", "-changed_at", "-id"], name="articles_by_event"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["-event_date", "-changed_at", "-id"], name="articles_by_late_event"
            ),
        ),
    ]
