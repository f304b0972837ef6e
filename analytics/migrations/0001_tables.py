"""The tables of clicks and boards, each after those that it points at."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("analytics", "0001_clicks_and_boards"),
    ]
    initial = True

    dependencies = [
        ("articles", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Click",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(unique=True)),
                ("article_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("day", models.DateField()),
                ("visitor", models.BigIntegerField()),
                (
                    "source",
                    models.CharField(
                        choices=[("js", "script"), ("noscript", "picture, without script")],
                        max_length=8,
                    ),
                ),
                ("referrer", models.CharField(blank=True, max_length=80)),
                ("shared_network", models.BooleanField(default=False)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("malformed", "malformed"),
                            ("prefetch", "prefetched"),
                            ("foreign_origin", "not from a page of ours"),
                            ("staff", "signed in"),
                            ("bot_declared", "says that it is a robot"),
                            ("headless", "browser without a screen"),
                            ("blocked_network", "blocked network"),
                            ("not_visible", "article was not public"),
                            ("noscript", "without script, counted apart"),
                            ("automated", "behaves like a machine"),
                            ("capped", "above the daily limit of a reader"),
                        ],
                        max_length=16,
                    ),
                ),
                ("counted", models.BooleanField(default=False)),
                ("first_of_day", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "click",
                "verbose_name_plural": "clicks",
                "indexes": [
                    models.Index(fields=["day", "article_id"], name="clicks_of_a_day"),
                    models.Index(
                        fields=["visitor", "article_id", "day"], name="clicks_of_a_reader"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("counted", False), ("reason", ""), _connector="OR"),
                        name="an_excluded_click_is_not_counted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_of_day", False), ("counted", True), _connector="OR"
                        ),
                        name="the_first_click_of_a_reader_is_counted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HourlyClicks",
            fields=[
                ("article_id", models.BigIntegerField()),
                ("clicks", models.BigIntegerField(default=0)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "article_id",
                        "hour",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("hour", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DailyClicks",
            fields=[
                ("article_id", models.BigIntegerField()),
                ("clicks", models.BigIntegerField(default=0)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "article_id",
                        "day",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("day", models.DateField()),
                ("readers", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["day", "article_id"], name="daily_clicks_by_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="WeeklyClicks",
            fields=[
                ("article_id", models.BigIntegerField()),
                ("clicks", models.BigIntegerField(default=0)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "article_id",
                        "week",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("week", models.DateField()),
                ("readers", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["week", "-clicks"], name="weekly_ranking")],
            },
        ),
        migrations.CreateModel(
            name="TotalClicks",
            fields=[
                ("clicks", models.BigIntegerField(default=0)),
                ("article_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("readers", models.BigIntegerField(default=0)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReferrerDay",
            fields=[
                ("article_id", models.BigIntegerField()),
                ("clicks", models.BigIntegerField(default=0)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "article_id",
                        "day",
                        "referrer",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("day", models.DateField()),
                ("referrer", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "indexes": [models.Index(fields=["day", "referrer"], name="referrers_by_day")],
            },
        ),
        migrations.CreateModel(
            name="ExclusionDay",
            fields=[
                ("article_id", models.BigIntegerField()),
                ("clicks", models.BigIntegerField(default=0)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "article_id",
                        "day",
                        "reason",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("day", models.DateField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("malformed", "malformed"),
                            ("prefetch", "prefetched"),
                            ("foreign_origin", "not from a page of ours"),
                            ("staff", "signed in"),
                            ("bot_declared", "says that it is a robot"),
                            ("headless", "browser without a screen"),
                            ("blocked_network", "blocked network"),
                            ("not_visible", "article was not public"),
                            ("noscript", "without script, counted apart"),
                            ("automated", "behaves like a machine"),
                            ("capped", "above the daily limit of a reader"),
                        ],
                        max_length=16,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["day", "reason"], name="exclusions_by_day")],
            },
        ),
        migrations.CreateModel(
            name="Salt",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("value", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="SpoolOffset",
            fields=[
                ("file", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("offset", models.BigIntegerField()),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Gap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("noticed_at", models.DateTimeField(verbose_name="noticed at")),
                ("file", models.CharField(max_length=120, verbose_name="file")),
                ("offset", models.BigIntegerField(verbose_name="offset")),
                ("detail", models.CharField(max_length=200, verbose_name="detail")),
            ],
            options={
                "verbose_name": "gap",
                "verbose_name_plural": "gaps",
                "ordering": ("-noticed_at",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file", "offset"), name="a_gap_is_noticed_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoringRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "effective_from",
                    models.DateField(
                        help_text="A month follows the rule of its first day.",
                        unique=True,
                        verbose_name="effective from",
                    ),
                ),
                (
                    "sharing",
                    models.CharField(
                        choices=[
                            ("full", "each unit counts the article"),
                            ("lead_only", "only lead units count it"),
                            ("split", "the units share it equally"),
                        ],
                        default="full",
                        max_length=10,
                        verbose_name="sharing",
                    ),
                ),
                (
                    "brief",
                    models.DecimalField(
                        decimal_places=2, default="0.50", max_digits=5, verbose_name="brief"
                    ),
                ),
                (
                    "news",
                    models.DecimalField(
                        decimal_places=2, default="1.00", max_digits=5, verbose_name="news"
                    ),
                ),
                (
                    "feature",
                    models.DecimalField(
                        decimal_places=2, default="3.00", max_digits=5, verbose_name="feature"
                    ),
                ),
                (
                    "photo_story",
                    models.DecimalField(
                        decimal_places=2, default="1.00", max_digits=5, verbose_name="photo story"
                    ),
                ),
                (
                    "video",
                    models.DecimalField(
                        decimal_places=2, default="2.00", max_digits=5, verbose_name="video"
                    ),
                ),
                (
                    "photos",
                    models.DecimalField(
                        decimal_places=2,
                        default="0.50",
                        help_text="For a unit that an article credits for its photos and nothing else.",
                        max_digits=5,
                        verbose_name="photos alone",
                    ),
                ),
            ],
            options={
                "verbose_name": "scoring rule",
                "verbose_name_plural": "scoring rules",
                "ordering": ("-effective_from",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("brief__gte", 0),
                            ("feature__gte", 0),
                            ("news__gte", 0),
                            ("photo_story__gte", 0),
                            ("photos__gte", 0),
                            ("video__gte", 0),
                        ),
                        name="points_are_nothing_or_more",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "board",
                    models.CharField(
                        choices=[
                            ("weekly-clicks", "Most-read articles of the week"),
                            ("monthly-units", "Accepted articles by unit"),
                        ],
                        max_length=20,
                        verbose_name="board",
                    ),
                ),
                ("period", models.CharField(max_length=8, verbose_name="period")),
                ("zone", models.CharField(max_length=40, verbose_name="time zone")),
                ("rule", models.JSONField(verbose_name="rule")),
                ("rows", models.JSONField(verbose_name="rows")),
                ("entries", models.JSONField(verbose_name="entries")),
                ("article_ids", models.JSONField(verbose_name="articles")),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("frozen_at", models.DateTimeField(verbose_name="frozen at")),
                (
                    "frozen_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty where the calendar did it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="frozen by",
                    ),
                ),
                (
                    "frozen_by_name",
                    models.CharField(max_length=150, verbose_name="name at the time"),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="analytics.statement",
                        verbose_name="supersedes",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
            ],
            options={
                "verbose_name": "statement",
                "verbose_name_plural": "statements",
                "ordering": ("-frozen_at",),
                "permissions": (("freeze_statement", "Can freeze a board"),),
                "indexes": [
                    models.Index(fields=["board", "-period"], name="statements_by_period")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("supersedes", None)),
                        fields=("board", "period"),
                        name="a_board_is_frozen_once_unless_superseded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supersedes", None),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_superseding_statement_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adjustment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.unit",
                        verbose_name="unit",
                    ),
                ),
                ("article_id", models.BigIntegerField(verbose_name="article")),
                ("headline", models.CharField(max_length=120, verbose_name="headline")),
                ("booked_in", models.CharField(max_length=7, verbose_name="booked in")),
                ("concerns", models.CharField(max_length=7, verbose_name="concerns")),
                ("count", models.CharField(max_length=20, verbose_name="count")),
                ("points", models.CharField(max_length=20, verbose_name="points")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("booked_at", models.DateTimeField(verbose_name="booked at")),
            ],
            options={
                "verbose_name": "adjustment",
                "verbose_name_plural": "adjustments",
                "ordering": ("booked_at", "pk"),
                "indexes": [
                    models.Index(fields=["booked_in", "unit"], name="adjustments_of_a_month"),
                    models.Index(fields=["concerns"], name="adjustments_concerning"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("booked_in__gt", models.F("concerns"))),
                        name="an_adjustment_is_booked_in_a_later_month",
                    )
                ],
            },
        ),
    ]
