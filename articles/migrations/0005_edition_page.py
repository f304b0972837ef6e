"""What pages print of an edition is kept."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_search")]
    operations = [
        migrations.CreateModel(
            name="EditionPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("recipe", models.CharField(max_length=32)),
                ("head", models.TextField()),
                ("top", models.TextField()),
                ("foot", models.TextField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pages",
                        to="articles.edition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "language"),
                        name="an_edition_has_one_page_per_language",
                    )
                ],
            },
        ),
    ]
