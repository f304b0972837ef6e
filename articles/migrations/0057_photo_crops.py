"""Which part of a whole picture a photo shows, and where earlier files were cut around."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0056_notices_of_deadlines"),
    ]

    operations = [
        migrations.AddField(
            model_name="earlierfile",
            name="crop",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="earlierfile",
            name="focal_point",
            field=models.CharField(blank=True, editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name="photo",
            name="crop",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="photo",
            name="whole",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.earlierfile",
            ),
        ),
    ]
