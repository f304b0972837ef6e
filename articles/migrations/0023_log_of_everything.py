"""The log holds everything: sign-ins, rights, exports. Each entry is sealed in a chain of hashes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import articles.models.log


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0022_typo_fixes_are_seen"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogSeal",
            fields=[
                (
                    "sequence",
                    models.BigIntegerField(
                        primary_key=True, serialize=False, verbose_name="number"
                    ),
                ),
                ("sealed_at", models.DateTimeField(verbose_name="sealed at")),
                ("previous", models.CharField(max_length=64, verbose_name="seal before")),
                ("sha256", models.CharField(max_length=64, verbose_name="hash")),
            ],
            options={
                "verbose_name": "seal of the log",
                "verbose_name_plural": "seals of the log",
                "ordering": ("sequence",),
            },
        ),
        migrations.AlterModelOptions(
            name="logentry",
            options={
                "ordering": ("-at", "-pk"),
                "permissions": (
                    ("view_security_log", "Can see sign-ins, rights and exports in the log"),
                ),
                "verbose_name": "log entry",
                "verbose_name_plural": "log",
            },
        ),
        migrations.AddField(
            model_name="logentry",
            name="subject",
            field=models.CharField(blank=True, max_length=200, verbose_name="about"),
        ),
        migrations.AddField(
            model_name="logentry",
            name="subject_id",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="logentry",
            name="subject_type",
            field=models.CharField(blank=True, max_length=60, verbose_name="kind"),
        ),
        migrations.AlterField(
            model_name="logentry",
            name="action",
            field=models.CharField(
                choices=articles.models.log.log_actions, max_length=20, verbose_name="action"
            ),
        ),
        migrations.AlterField(
            model_name="logentry",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="log_entries",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AlterField(
            model_name="logentry",
            name="actor_name",
            field=models.CharField(blank=True, max_length=150, verbose_name="name at the time"),
        ),
        migrations.AlterField(
            model_name="logentry",
            name="article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="log_entries",
                to="articles.article",
                verbose_name="article",
            ),
        ),
        migrations.AlterField(
            model_name="logentry",
            name="at",
            field=models.DateTimeField(verbose_name="at"),
        ),
        migrations.AlterField(
            model_name="logentry",
            name="version_number",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="version"),
        ),
        migrations.AddIndex(
            model_name="logentry",
            index=models.Index(fields=["-at", "-id"], name="log_by_time"),
        ),
        migrations.AddIndex(
            model_name="logentry",
            index=models.Index(fields=["actor", "-at"], name="log_of_an_actor"),
        ),
        migrations.AddIndex(
            model_name="logentry",
            index=models.Index(fields=["action", "-at"], name="log_of_an_action"),
        ),
        migrations.AddIndex(
            model_name="logentry",
            index=models.Index(
                condition=models.Q(("subject_type", ""), _negated=True),
                fields=["subject_type", "subject_id", "-at"],
                name="log_of_a_subject",
            ),
        ),
        migrations.AddField(
            model_name="logseal",
            name="entry",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seal",
                to="articles.logentry",
                verbose_name="log entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="logseal",
            constraint=models.CheckConstraint(
                condition=models.Q(("sequence__gte", 1)), name="seals_are_numbered_from_one"
            ),
        ),
    ]
