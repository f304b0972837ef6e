"""Whether a file is on its way between the stores, so that a move which died is finished."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0068_translations")]
    operations = [
        migrations.AddField(
            "earlierfile",
            "is_moving",
            models.BooleanField(db_default=False, default=False, editable=False),
        ),
    ]
