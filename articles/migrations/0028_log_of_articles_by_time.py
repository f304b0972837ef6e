"""The desk reads the log of articles by time; sign-ins are not to be stepped over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0027_personal_drafts"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="logentry",
            index=models.Index(
                condition=models.Q(("article__isnull", False)),
                fields=["-at", "-id"],
                name="log_of_articles_by_time",
            ),
        ),
    ]
