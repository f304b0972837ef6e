"""Which file of a photo an edition shows, and which files readers no longer get."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0057_photo_crops")]

    operations = [
        migrations.AddField(
            model_name="earlierfile",
            name="is_put_away",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AlterField(
            model_name="earlierfile",
            name="renditions",
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name="editionphoto",
            name="sha256",
            field=models.CharField(default="", editable=False, max_length=64),
            preserve_default=False,
        ),
    ]
