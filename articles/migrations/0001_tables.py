"""The tables of the newsroom, each after those that it points at."""

import datetime as dt

import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import articles.models.articles
import articles.models.checks
import articles.models.expressions
import articles.models.imports
import articles.models.log
import articles.models.photos
import articles.models.site
import articles.text.colours
import articles.text.filings


class Migration(migrations.Migration):
    replaces = [
        ("articles", "0001_initial"),
        ("articles", "0005_edition_page"),
        ("articles", "0006_outbox"),
        ("articles", "0007_verdict_reasons"),
        ("articles", "0009_working_hours"),
        ("articles", "0011_every_review_has_a_deadline"),
        ("articles", "0012_joint_articles"),
        ("articles", "0013_retried"),
        ("articles", "0015_notices"),
        ("articles", "0016_forced_publication"),
        ("articles", "0018_final_rejections"),
        ("articles", "0019_proof_signatures"),
        ("articles", "0021_typo_fixes"),
        ("articles", "0023_log_of_everything"),
        ("articles", "0025_credited_stages"),
        ("articles", "0026_embargo"),
        ("articles", "0027_personal_drafts"),
        ("articles", "0028_log_of_articles_by_time"),
        ("articles", "0029_more_notices"),
        ("articles", "0030_overviews"),
        ("articles", "0031_deciders_deputies_escalation"),
        ("articles", "0033_embargoes_by_end"),
        ("articles", "0034_decisions_without_force"),
        ("articles", "0035_photo_notes"),
        ("articles", "0036_lookups_by_person"),
        ("articles", "0037_checks"),
        ("articles", "0039_photos_with_an_end"),
        ("articles", "0040_doubtful_lines"),
        ("articles", "0042_photo_looks_and_files"),
        ("articles", "0043_scans"),
        ("articles", "0044_credit_format"),
        ("articles", "0046_photos_in_the_text"),
        ("articles", "0047_level_of_a_waiver"),
        ("articles", "0049_photos_by_day"),
        ("articles", "0050_edition_photos"),
        ("articles", "0053_articles_by_event_in_order"),
        ("articles", "0054_imports"),
        ("articles", "0056_notices_of_deadlines"),
        ("articles", "0057_photo_crops"),
        ("articles", "0058_files_put_away"),
        ("articles", "0060_old_addresses_of_files"),
        ("articles", "0061_site_settings"),
        ("articles", "0063_archive_and_people"),
        ("articles", "0064_related_articles"),
        ("articles", "0067_traditional_characters"),
        ("articles", "0068_translations"),
        ("articles", "0069_moving_files"),
        ("articles", "0070_fronts"),
        ("articles", "0071_error_reports"),
    ]
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnitGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="slug")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=60, verbose_name="English name"),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "unit group",
                "verbose_name_plural": "unit groups",
                "ordering": ("position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="slug")),
                ("name", models.CharField(max_length=100, verbose_name="official name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=120, verbose_name="English name"),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="articles.unitgroup",
                        verbose_name="group",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="articles.unit",
                        verbose_name="part of",
                    ),
                ),
                (
                    "ranked",
                    models.BooleanField(
                        default=True,
                        help_text="The press office is listed on boards, but not ranked.",
                        verbose_name="ranked",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "active_from",
                    models.DateField(blank=True, null=True, verbose_name="active from"),
                ),
                (
                    "active_until",
                    models.DateField(
                        blank=True,
                        help_text="The first day without it.",
                        null=True,
                        verbose_name="active until",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="articles.unit",
                        verbose_name="successor",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "unit",
                "verbose_name_plural": "units",
                "ordering": ("position", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("active_until", None),
                            ("active_from", None),
                            ("active_until__gt", models.F("active_from")),
                            _connector="OR",
                        ),
                        name="a_unit_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("successor", None),
                            models.Q(("successor", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_unit_does_not_succeed_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="UnitName",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="articles.unit",
                        verbose_name="unit",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("key", models.CharField(db_index=True, editable=False, max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[("official", "official name"), ("alias", "alias")],
                        default="alias",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="valid until"),
                ),
                (
                    "taught_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taught by",
                    ),
                ),
                (
                    "taught_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="taught at"
                    ),
                ),
            ],
            options={
                "verbose_name": "unit name",
                "verbose_name_plural": "unit names",
                "ordering": ("-kind", "-valid_from", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "official"), ("valid_until", None)),
                        fields=("unit",),
                        name="a_unit_has_one_official_name_now",
                        violation_error_message="A unit has one official name at a time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_from", None),
                            ("valid_until__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="a_unit_name_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("key", models.CharField(db_index=True, editable=False, max_length=100)),
                (
                    "home_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="articles.unit",
                        verbose_name="home unit",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "is_student",
                    models.BooleanField(
                        default=False,
                        help_text="Students are not listed on public boards.",
                        verbose_name="student",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ("name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="PersonAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="articles.person",
                        verbose_name="person",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="alias")),
                ("key", models.CharField(db_index=True, editable=False, max_length=100)),
                (
                    "taught_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taught by",
                    ),
                ),
                (
                    "taught_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="taught at"
                    ),
                ),
            ],
            options={
                "verbose_name": "alias",
                "verbose_name_plural": "aliases",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "key"), name="an_alias_is_listed_once_per_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="articles.unit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("correspondent", "correspondent"),
                            ("reviewer", "unit reviewer"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="The first day without rights.",
                        null=True,
                        verbose_name="valid until",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ("unit", "role", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_until", None)),
                        fields=("user", "unit", "role"),
                        name="an_open_membership_is_held_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="a_membership_does_not_end_before_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deputy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "represented",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputies",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="represented",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stands_in_for",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="deputy",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "valid_until",
                    models.DateField(
                        help_text="The first day without rights.", verbose_name="valid until"
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="named by",
                    ),
                ),
                ("named_at", models.DateTimeField(verbose_name="named at")),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ended by",
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="ended early at"),
                ),
            ],
            options={
                "verbose_name": "deputy",
                "verbose_name_plural": "deputies",
                "ordering": ("-valid_from", "-pk"),
                "indexes": [
                    models.Index(fields=["deputy", "valid_until"], name="deputies_by_person")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gt", models.F("valid_from"))),
                        name="a_deputy_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("represented", models.F("deputy")), _negated=True),
                        name="nobody_is_their_own_deputy",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="slug")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("key", models.CharField(db_index=True, editable=False, max_length=60)),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=60, verbose_name="English name"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("news", "news"),
                            ("academic", "academic"),
                            ("media", "media coverage"),
                            ("photo", "photo"),
                            ("video", "video"),
                            ("notice", "notice"),
                            ("topic", "topic"),
                        ],
                        default="news",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="articles.section",
                        verbose_name="part of",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "in_navigation",
                    models.BooleanField(default=True, verbose_name="in the navigation"),
                ),
                (
                    "counts_for_leaderboard",
                    models.BooleanField(
                        default=True,
                        help_text="Articles of this section count on the monthly board of units.",
                        verbose_name="counts for the boards",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=2,
                        default=1,
                        help_text="Points of an article are multiplied by it.",
                        max_digits=4,
                        verbose_name="weight",
                    ),
                ),
            ],
            options={
                "verbose_name": "section",
                "verbose_name_plural": "sections",
                "ordering": ("position", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 0)),
                        name="a_section_weighs_nothing_or_more",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "check_code",
                    models.CharField(
                        choices=articles.models.checks.check_names,
                        max_length=20,
                        unique=True,
                        verbose_name="check",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("off", "off"),
                            ("advisory", "advisory"),
                            ("blocking", "blocking"),
                        ],
                        default="advisory",
                        help_text="What a blocking check finds has to be mended before an article is submitted.",
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                ("limit", models.PositiveIntegerField(default=0, verbose_name="limit")),
                ("lines", models.TextField(blank=True, max_length=10000, verbose_name="list")),
                (
                    "position",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="position"
                    ),
                ),
            ],
            options={
                "verbose_name": "check",
                "verbose_name_plural": "checks",
                "ordering": ("position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ListedWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=60, verbose_name="word")),
                ("key", models.CharField(editable=False, max_length=240, unique=True)),
                (
                    "is_allowed",
                    models.BooleanField(
                        default=False,
                        help_text="Words inside it are not found: “国王八世” hides “王八”.",
                        verbose_name="allowed phrase",
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[("advisory", "advisory"), ("blocking", "blocking")],
                        default="advisory",
                        max_length=10,
                        verbose_name="severity",
                    ),
                ),
                (
                    "suggestion",
                    models.CharField(
                        blank=True,
                        help_text="What to write instead.",
                        max_length=60,
                        verbose_name="suggestion",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
            ],
            options={
                "verbose_name": "word of the list",
                "verbose_name_plural": "list of words",
                "ordering": ("text",),
                "indexes": [models.Index(fields=["changed_at"], name="listed_words_by_change")],
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="started at")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished at")),
                ("words", models.CharField(blank=True, max_length=100)),
                ("reached", models.BigIntegerField(default=0)),
                ("checked", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ("-started_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="CreditFormat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("only", models.PositiveSmallIntegerField(default=1, editable=False, unique=True)),
                (
                    "after_label",
                    models.CharField(
                        choices=[
                            ("：", "a colon: 供稿："),
                            ("｜", "a bar: 供稿｜"),
                            ("/", "a slash: 供稿/"),
                        ],
                        default="：",
                        max_length=1,
                        verbose_name="after a role",
                    ),
                ),
                (
                    "between",
                    models.CharField(
                        choices=[
                            ("blank", "a wide blank"),
                            ("semicolon", "a semicolon"),
                            ("line", "a new line"),
                        ],
                        default="blank",
                        max_length=10,
                        verbose_name="between roles",
                    ),
                ),
                (
                    "brackets",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none"),
                            ("（）", "round: （…）"),
                            ("【】", "square: 【…】"),
                        ],
                        default="",
                        max_length=2,
                        verbose_name="brackets",
                    ),
                ),
                (
                    "merges",
                    models.BooleanField(
                        default=True,
                        help_text="Roles held by the same people share a label: 供稿/编辑.",
                        verbose_name="join roles",
                    ),
                ),
                ("words", models.JSONField(default=dict, editable=False)),
                ("order", models.JSONField(default=list, editable=False)),
            ],
            options={
                "verbose_name": "credit format",
                "verbose_name_plural": "credit format",
            },
        ),
        migrations.CreateModel(
            name="VerdictReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=40, unique=True, verbose_name="reason")),
                (
                    "text_en",
                    models.CharField(blank=True, max_length=80, verbose_name="English text"),
                ),
                (
                    "used_for",
                    models.CharField(
                        choices=[
                            ("return", "returning for changes"),
                            ("reject", "rejecting"),
                            ("both", "both"),
                        ],
                        default="both",
                        max_length=10,
                        verbose_name="used for",
                    ),
                ),
                (
                    "wants_remark",
                    models.BooleanField(
                        default=False,
                        help_text="Whoever ticks it has to add words of their own.",
                        verbose_name="wants a remark",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="What is not in use is no longer offered.",
                        verbose_name="in use",
                    ),
                ),
            ],
            options={
                "verbose_name": "return or rejection reason",
                "verbose_name_plural": "return and rejection reasons",
                "ordering": ("position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="FrontBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for the home page.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocks",
                        to="articles.section",
                        verbose_name="page",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("strip", "photo strip"),
                            ("boards", "boards"),
                            ("list", "newest of a section"),
                            ("group", "articles under a heading"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.section",
                        verbose_name="section",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=60, verbose_name="heading")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=60, verbose_name="heading in English"),
                ),
                (
                    "tag",
                    models.SlugField(
                        allow_unicode=True, blank=True, max_length=100, verbose_name="tag"
                    ),
                ),
                (
                    "most",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="how many",
                    ),
                ),
                ("is_shown", models.BooleanField(default=True, verbose_name="shown")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "block of a page",
                "verbose_name_plural": "blocks of pages",
                "ordering": ("position", "pk"),
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "list"), _negated=True),
                            ("of__isnull", False),
                            _connector="OR",
                        ),
                        name="a_list_is_of_a_section",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "group"), _negated=True),
                            models.Q(("title", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_group_has_a_heading",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "list"), ("section", None)),
                        fields=("kind", "of"),
                        name="the_home_page_lists_a_section_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "list")),
                        fields=("section", "kind", "of"),
                        name="a_front_lists_a_section_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ("strip", "boards")), ("section", None)),
                        fields=("kind",),
                        name="the_home_page_has_one_strip_and_boards",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ("strip", "boards"))),
                        fields=("section", "kind"),
                        name="a_front_has_one_strip_and_boards",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Beat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("job", models.CharField(max_length=40, unique=True, verbose_name="job")),
                ("ok_at", models.DateTimeField(null=True, verbose_name="last success")),
                ("failed_at", models.DateTimeField(null=True, verbose_name="last failure")),
                ("error", models.TextField(blank=True, verbose_name="last error")),
            ],
            options={
                "verbose_name": "background job",
                "verbose_name_plural": "background jobs",
                "ordering": ("job",),
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="what")),
                ("fingerprint", models.CharField(db_index=True, editable=False, max_length=64)),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        storage=articles.models.photos.private_storage,
                        upload_to=articles.models.imports.upload_name,
                        verbose_name="file",
                    ),
                ),
                (
                    "site",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="address of the old site"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.unit",
                        verbose_name="unit of what names none",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.section",
                        verbose_name="section of what names none",
                    ),
                ),
                (
                    "as_published",
                    models.BooleanField(default=False, verbose_name="readers see it at once"),
                ),
                ("is_trial", models.BooleanField(default=False, verbose_name="trial")),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="started at")),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="finished at"),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="places")),
                ("reached", models.PositiveIntegerField(default=0, verbose_name="done")),
                ("problem", models.TextField(blank=True, verbose_name="why it stopped")),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ("-started_at", "-pk"),
                "permissions": (
                    (
                        "publish_importedarticle",
                        "Can show readers at once what an old site published",
                    ),
                ),
            },
        ),
        migrations.CreateModel(
            name="NoticeSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_settings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("waiting", "An article waits for my decision"),
                            ("due_soon", "A decision that I may take is due soon"),
                            ("overdue", "A decision that I may take is overdue"),
                            ("returned", "My article came back or was turned down"),
                            ("progress", "My article passed a stage"),
                            ("ready", "An article is ready to be published"),
                            ("forced", "An article was published past review"),
                            ("published", "My article went out, was corrected or withdrawn"),
                            ("comment", "Somebody commented on my article or answered me"),
                            ("mention", "Somebody mentioned me"),
                            ("reported", "A reader reported an error"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("shown", models.BooleanField(default=True, verbose_name="at the desk")),
                (
                    "mailing",
                    models.CharField(
                        choices=[
                            ("at_once", "at once"),
                            ("daily", "once a day"),
                            ("never", "never"),
                        ],
                        max_length=10,
                        verbose_name="mail",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice setting",
                "verbose_name_plural": "notice settings",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "kind"), name="a_kind_is_set_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewPolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "is_default",
                    models.BooleanField(
                        default=False,
                        help_text="Used where no rule chooses another.",
                        verbose_name="default",
                    ),
                ),
            ],
            options={
                "verbose_name": "review policy",
                "verbose_name_plural": "review policies",
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("is_default",),
                        name="one_review_policy_is_the_default",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewStage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stages",
                        to="articles.reviewpolicy",
                        verbose_name="policy",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(4),
                        ],
                        verbose_name="stage",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=40, verbose_name="English name"),
                ),
                (
                    "decider",
                    models.CharField(
                        choices=[
                            ("unit", "reviewers of the owning unit"),
                            ("group", "a group"),
                            ("people", "named people"),
                        ],
                        default="group",
                        max_length=10,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="auth.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "wants_proofreader",
                    models.BooleanField(
                        default=False,
                        help_text="A proof-reader has to sign the very version that is approved here.",
                        verbose_name="proof-reader signs first",
                    ),
                ),
                (
                    "deadline_hours",
                    models.PositiveSmallIntegerField(
                        default=8,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(999),
                        ],
                        verbose_name="working hours to decide",
                    ),
                ),
                (
                    "escalates_to",
                    models.ForeignKey(
                        blank=True,
                        help_text="Once overdue, the members of this group may decide as well.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="auth.group",
                        verbose_name="escalates to",
                    ),
                ),
                (
                    "is_credited",
                    models.BooleanField(
                        default=False,
                        help_text="If no stage of a policy is marked, the reviewer of the last one is printed.",
                        verbose_name="reviewer is printed",
                    ),
                ),
                (
                    "people",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Any one of them decides.",
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="named people",
                    ),
                ),
            ],
            options={
                "verbose_name": "review stage",
                "verbose_name_plural": "review stages",
                "ordering": ("policy", "position"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("policy", "position"), name="stages_of_a_policy_are_numbered"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1), ("position__lte", 4)),
                        name="a_policy_has_one_to_four_stages",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decider__in", ("unit", "people")), ("group", None)),
                            models.Q(("decider", "group"), ("group__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_stage_names_a_group_if_a_group_decides",
                        violation_error_message="Choose a group only where a group decides.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for all sections.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="policy_rules",
                        to="articles.section",
                        verbose_name="section",
                    ),
                ),
                (
                    "importance",
                    models.CharField(
                        choices=[
                            ("ordinary", "ordinary"),
                            ("important", "important"),
                            ("sensitive", "sensitive"),
                        ],
                        default="ordinary",
                        max_length=10,
                        verbose_name="importance",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rules",
                        to="articles.reviewpolicy",
                        verbose_name="policy",
                    ),
                ),
            ],
            options={
                "verbose_name": "policy rule",
                "verbose_name_plural": "policy rules",
                "ordering": ("section", "importance"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("section", "importance"),
                        name="a_section_and_importance_choose_one_policy",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("section", None)),
                        fields=("importance",),
                        name="an_importance_chooses_one_policy_for_all_sections",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PrintedName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("unit", "unit"),
                            ("person", "person"),
                            ("tag", "tag"),
                            ("section", "section"),
                        ],
                        max_length=10,
                    ),
                ),
                ("target", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=100)),
                ("key", models.CharField(db_index=True, max_length=100)),
                ("pinyin", models.CharField(db_index=True, max_length=600)),
                ("initials", models.CharField(db_index=True, max_length=100)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "target", "name"), name="a_printed_name_is_listed_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("only", models.PositiveSmallIntegerField(default=1, editable=False, unique=True)),
                ("name", models.CharField(max_length=60, verbose_name="name of the site")),
                (
                    "name_en",
                    models.CharField(max_length=100, verbose_name="name of the site in English"),
                ),
                (
                    "line",
                    models.CharField(
                        blank=True,
                        help_text="A motto, or who publishes the site. A few words.",
                        max_length=60,
                        verbose_name="line under the name",
                    ),
                ),
                (
                    "line_en",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="line under the name in English"
                    ),
                ),
                (
                    "logo",
                    models.FileField(
                        blank=True,
                        help_text="Stands in place of the name above every page. A picture of pixels, at least 128 high; what is transparent becomes white. Without a logo the name is set in type.",
                        upload_to="site/",
                        verbose_name="logo",
                    ),
                ),
                ("logo_width", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("logo_height", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "accent",
                    models.CharField(
                        blank=True,
                        help_text="As #8a1f2d, for headings' marks, links and lines. Empty: the house's red.",
                        max_length=7,
                        validators=[articles.text.colours.check_in_light],
                        verbose_name="accent colour",
                    ),
                ),
                (
                    "accent_in_dark",
                    models.CharField(
                        blank=True,
                        help_text="For readers whose device is set to dark. Empty: the accent colour, made lighter until it can be read.",
                        max_length=7,
                        validators=[articles.text.colours.check_in_dark],
                        verbose_name="accent colour on dark",
                    ),
                ),
                (
                    "icp_number",
                    models.CharField(
                        blank=True,
                        help_text="Of the subject or of the site: 京ICP备00000000号 or 京ICP备00000000号-1.",
                        max_length=40,
                        validators=[articles.text.filings.check_icp],
                        verbose_name="ICP filing number",
                    ),
                ),
                (
                    "police_number",
                    models.CharField(
                        blank=True,
                        help_text="As 京公网安备00000000000000号.",
                        max_length=40,
                        validators=[articles.text.filings.check_police],
                        verbose_name="police filing number",
                    ),
                ),
                (
                    "police_emblem",
                    models.FileField(
                        blank=True,
                        help_text="The picture that came with the police filing number; it stands before it.",
                        upload_to="site/",
                        verbose_name="police emblem",
                    ),
                ),
                (
                    "police_emblem_width",
                    models.PositiveSmallIntegerField(default=0, editable=False),
                ),
                (
                    "police_emblem_height",
                    models.PositiveSmallIntegerField(default=0, editable=False),
                ),
                (
                    "address",
                    models.CharField(blank=True, max_length=200, verbose_name="postal address"),
                ),
                (
                    "address_en",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="postal address in English"
                    ),
                ),
                (
                    "postcode",
                    models.CharField(
                        blank=True,
                        max_length=6,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[0-9]{6}\\Z", "A postcode has six digits."
                            )
                        ],
                        verbose_name="postcode",
                    ),
                ),
                (
                    "contact_mail",
                    models.EmailField(
                        blank=True,
                        help_text="Where readers report an error.",
                        max_length=254,
                        verbose_name="mail address",
                    ),
                ),
                (
                    "contact_phone",
                    models.CharField(
                        blank=True,
                        max_length=30,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A\\+?[0-9][0-9 ()-]{4,}\\Z",
                                "Digits, blanks, brackets and dashes.",
                            )
                        ],
                        verbose_name="telephone",
                    ),
                ),
                (
                    "statement",
                    models.TextField(
                        blank=True,
                        help_text="Empty: the page has a text about WCAG 2.2 AA that holds for this site.",
                        verbose_name="accessibility statement",
                    ),
                ),
                (
                    "statement_en",
                    models.TextField(
                        blank=True, verbose_name="accessibility statement in English"
                    ),
                ),
                (
                    "traditional",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "no pages in traditional characters"),
                            ("s2tw", "forms as printed in Taiwan"),
                            ("s2twp", "forms as printed in Taiwan, and words as used there"),
                            ("s2hk", "forms as printed in Hong Kong"),
                            ("s2t", "OpenCC's own forms"),
                        ],
                        default="s2tw",
                        help_text="Pages in simplified characters are written anew for readers of traditional ones, below /zh-hant/, and say so.",
                        max_length=10,
                        verbose_name="traditional characters",
                    ),
                ),
                (
                    "traditional_words",
                    models.TextField(
                        blank=True,
                        help_text="Names and words that come out wrong: one a line, a blank, and how it is to be written, as 台湾 台灣. People of this site whose surname is a word as well, as 范 and 余, keep it.",
                        validators=[articles.models.site.check_words],
                        verbose_name="words written otherwise",
                    ),
                ),
                (
                    "boards_are_public",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise rankings are for staff, and no page leads readers there.",
                        verbose_name="boards are public",
                    ),
                ),
                (
                    "students_have_pages",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise who is marked as a student has no page of their own. Their names stay in credits, without a link.",
                        verbose_name="students have pages",
                    ),
                ),
            ],
            options={
                "verbose_name": "site settings",
                "verbose_name_plural": "site settings",
                "permissions": (("change_sitesettings", "Can change site settings"),),
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("only", 1)), name="a_site_has_one_row_of_settings"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FooterLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="footer_links",
                        to="articles.sitesettings",
                    ),
                ),
                ("title", models.CharField(max_length=40, verbose_name="title")),
                ("title_en", models.CharField(max_length=80, verbose_name="title in English")),
                (
                    "address",
                    models.CharField(
                        max_length=500,
                        validators=[
                            django.core.validators.URLValidator(
                                message="Please give a whole address that begins with https://.",
                                schemes=["https", "http"],
                            )
                        ],
                        verbose_name="address",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "link at the end of pages",
                "verbose_name_plural": "links at the end of pages",
                "ordering": ("position", "pk"),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="MemorialPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memorials",
                        to="articles.sitesettings",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="first grey day")),
                ("last_day", models.DateField(verbose_name="last grey day")),
            ],
            options={
                "verbose_name": "days of mourning",
                "verbose_name_plural": "days of mourning",
                "ordering": ("first_day", "pk"),
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="mourning_does_not_end_before_it_begins",
                        violation_error_message="It would end before it begins.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        verbose_name="weekday",
                    ),
                ),
                ("begins_at", models.TimeField(verbose_name="begins at")),
                (
                    "ends_at",
                    models.TimeField(
                        help_text="0:00 for the end of the day. The span ends before it.",
                        verbose_name="ends at",
                    ),
                ),
            ],
            options={
                "verbose_name": "working hours",
                "verbose_name_plural": "working hours",
                "ordering": ("weekday", "begins_at"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_at__lt", models.F("ends_at")),
                            ("ends_at", dt.time(0, 0)),
                            _connector="OR",
                        ),
                        name="working_hours_end_after_they_begin",
                        violation_error_message="They would end before they begin.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="occasion")),
                (
                    "works_like",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        help_text="For a make-up workday the weekday whose hours it has; empty for a holiday.",
                        null=True,
                        verbose_name="works like",
                    ),
                ),
            ],
            options={
                "verbose_name": "holiday or make-up workday",
                "verbose_name_plural": "holidays and make-up workdays",
                "ordering": ("-day",),
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kicker",
                    models.CharField(
                        blank=True,
                        help_text="The line above the headline.",
                        max_length=60,
                        verbose_name="kicker",
                    ),
                ),
                ("headline", models.CharField(max_length=120, verbose_name="headline")),
                ("subhead", models.CharField(blank=True, max_length=160, verbose_name="subhead")),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="For lists and shared links.",
                        max_length=400,
                        verbose_name="summary",
                    ),
                ),
                ("body", models.TextField(blank=True, verbose_name="body")),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="Made from the headline if empty.",
                        max_length=80,
                        verbose_name="slug",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="articles.section",
                        verbose_name="section",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("news", "news"),
                            ("brief", "brief"),
                            ("feature", "feature"),
                            ("photo_story", "photo story"),
                            ("video", "video"),
                        ],
                        default="news",
                        max_length=20,
                        verbose_name="form",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("zh-hans", "简体中文"),
                            ("zh-hant", "繁體中文"),
                            ("en", "English"),
                        ],
                        default="zh-hans",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("original", "original"),
                            ("reprint", "reprint"),
                            ("media", "media coverage"),
                        ],
                        default="original",
                        max_length=10,
                        verbose_name="origin",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="Who published it first.",
                        max_length=100,
                        verbose_name="source",
                    ),
                ),
                ("source_url", models.URLField(blank=True, verbose_name="address of the source")),
                (
                    "importance",
                    models.CharField(
                        choices=[
                            ("ordinary", "ordinary"),
                            ("important", "important"),
                            ("sensitive", "sensitive"),
                        ],
                        default="ordinary",
                        max_length=10,
                        verbose_name="importance",
                    ),
                ),
                ("event_date", models.DateField(blank=True, null=True, verbose_name="event date")),
                (
                    "displayed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="What readers see instead of the time of publication. Moves no count.",
                        null=True,
                        verbose_name="displayed date",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        help_text="Its members see the draft.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_articles",
                        to="articles.unit",
                        verbose_name="owning unit",
                    ),
                ),
                (
                    "embargo_until",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="embargo until"
                    ),
                ),
                (
                    "embargo_note",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=200,
                        verbose_name="who asked for the embargo, and why",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("returned", "returned for changes"),
                            ("approved", "approved"),
                            ("published", "published"),
                            ("rejected", "rejected"),
                            ("withdrawn", "withdrawn"),
                            ("joined", "joined into another"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "version_number",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="version"),
                ),
                (
                    "joined_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="The joint article that this one became a part of.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joined_articles",
                        to="articles.article",
                        verbose_name="joined into",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="created_articles",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created at")),
                ("changed_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True,
                        help_text="A comma-separated list of tags.",
                        through="taggit.TaggedItem",
                        to="taggit.Tag",
                        verbose_name="tags",
                    ),
                ),
            ],
            options={
                "verbose_name": "article",
                "verbose_name_plural": "articles",
                "ordering": ("-changed_at", "-pk"),
                "permissions": (
                    ("view_every_unit", "Can see the articles of every unit"),
                    ("submit_article", "Can submit an article for review"),
                    ("review_article", "Can decide in a review"),
                    ("publish_article", "Can publish an approved article"),
                    ("proofread_article", "Can sign as a proof-reader"),
                    ("withdraw_article", "Can withdraw and restore an article"),
                    ("hand_over_article", "Can hand over reviews and appoint reviewers"),
                    ("export_article", "Can export articles for the archive"),
                ),
                "indexes": [
                    models.Index(fields=["-changed_at", "-id"], name="articles_by_change"),
                    models.Index(fields=["status", "-changed_at"], name="articles_by_status"),
                    models.Index(fields=["unit", "-changed_at"], name="articles_by_unit"),
                    models.Index(
                        fields=["event_date", "-changed_at", "-id"], name="articles_by_event"
                    ),
                    models.Index(
                        fields=["-event_date", "-changed_at", "-id"], name="articles_by_late_event"
                    ),
                    models.Index(fields=["embargo_until"], name="articles_by_embargo"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("headline", ""), _negated=True),
                        name="an_article_has_a_headline",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("joined_into__isnull", False), ("status", "joined")),
                            models.Q(
                                models.Q(("status", "joined"), _negated=True),
                                ("joined_into", None),
                            ),
                            _connector="OR",
                        ),
                        name="a_joined_article_says_into_which",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="units",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="articles.unit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("lead", "lead"), ("co", "joint")],
                        default="lead",
                        max_length=4,
                        verbose_name="part",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="confirmed at"
                    ),
                ),
            ],
            options={
                "verbose_name": "contributing unit",
                "verbose_name_plural": "contributing units",
                "ordering": ("position", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "unit"), name="a_unit_contributes_once_to_an_article"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None)),
                            models.Q(
                                ("confirmed_at__isnull", False), ("confirmed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="a_confirmation_has_a_person_and_a_time",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="contributors",
            field=models.ManyToManyField(
                related_name="+",
                through="articles.ArticleUnit",
                to="articles.unit",
                verbose_name="contributing units",
            ),
        ),
        migrations.CreateModel(
            name="Credit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credits",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("author", "text"),
                            ("editor", "editor"),
                            ("photographer", "photos"),
                            ("videographer", "video"),
                            ("reviewer", "reviewed by"),
                            ("proofreader", "proofreading"),
                            ("designer", "design"),
                            ("illustrator", "illustration"),
                            ("translator", "translation"),
                            ("producer", "producer"),
                            ("presenter", "presenter"),
                            ("publisher", "publisher"),
                            ("source", "source"),
                            ("contributing_unit", "contributing unit"),
                            ("other", "other"),
                        ],
                        default="author",
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credits",
                        to="articles.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="The person's own name if empty.",
                        max_length=100,
                        verbose_name="printed name",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credits",
                        to="articles.unit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "unit_name",
                    models.CharField(
                        blank=True,
                        help_text="The unit's own name if empty.",
                        max_length=100,
                        verbose_name="printed unit",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("first", "first review"),
                            ("second", "second review"),
                            ("third", "third review"),
                            ("final", "final review"),
                        ],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=60, verbose_name="note")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "credit",
                "verbose_name_plural": "credits",
                "ordering": ("position", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("unit_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_credit_names_a_person_or_a_unit",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "file",
                    models.FileField(
                        max_length=200,
                        storage=articles.models.photos.private_storage,
                        upload_to=articles.models.articles.attachment_name,
                        verbose_name="file",
                    ),
                ),
                ("sha256", models.CharField(editable=False, max_length=64)),
                (
                    "size",
                    models.PositiveBigIntegerField(editable=False, verbose_name="size in bytes"),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ("position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                ("text", models.TextField(max_length=500, verbose_name="text")),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                ("written_at", models.DateTimeField(editable=False, verbose_name="written at")),
            ],
            options={
                "verbose_name": "correction",
                "verbose_name_plural": "corrections",
                "ordering": ("written_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                ("version_number", models.PositiveIntegerField(verbose_name="version")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_comments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "reply_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="articles.comment",
                        verbose_name="answers",
                    ),
                ),
                ("passage", models.TextField(blank=True, max_length=500, verbose_name="passage")),
                ("text", models.TextField(max_length=2000, verbose_name="comment")),
                ("written_at", models.DateTimeField(verbose_name="written at")),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="settled at"),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="settled by",
                    ),
                ),
                (
                    "mentioned",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="mentioned",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "ordering": ("written_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("settled_by", None)),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_settled_comment_has_a_person_and_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                ("headline", models.CharField(max_length=120, verbose_name="headline")),
                ("reason", models.TextField(help_text="For the desk.", verbose_name="reason")),
                (
                    "public_note",
                    models.CharField(
                        blank=True,
                        help_text="Shown at the address.",
                        max_length=300,
                        verbose_name="note to readers",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(verbose_name="withdrawn at")),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "lifted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="restored at"),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="restored by",
                    ),
                ),
            ],
            options={
                "verbose_name": "withdrawal",
                "verbose_name_plural": "withdrawals",
                "ordering": ("-withdrawn_at",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("article",),
                        name="an_article_is_withdrawn_once_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waivers",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                (
                    "check_code",
                    models.CharField(
                        choices=articles.models.checks.check_names,
                        max_length=20,
                        verbose_name="check",
                    ),
                ),
                ("what", models.CharField(max_length=300, verbose_name="finding")),
                ("excerpt", models.CharField(blank=True, max_length=300, verbose_name="excerpt")),
                (
                    "level",
                    models.CharField(
                        choices=[("advisory", "advisory"), ("blocking", "blocking")],
                        default="advisory",
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "put_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("put_by_name", models.CharField(max_length=150, verbose_name="name at the time")),
                ("put_at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "finding put aside",
                "verbose_name_plural": "findings put aside",
                "ordering": ("-put_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "key"), name="a_finding_is_put_aside_once_in_an_article"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("article", None)),
                        fields=("key",),
                        name="a_finding_is_put_aside_once_everywhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DoubtfulLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="doubtful_line",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                ("line", models.TextField(verbose_name="credit line")),
                ("remarks", models.JSONField(default=list, verbose_name="remarks")),
                ("imported_at", models.DateTimeField(verbose_name="imported at")),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="worked off by",
                    ),
                ),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="worked off at"),
                ),
            ],
            options={
                "verbose_name": "doubtful credit line",
                "verbose_name_plural": "doubtful credit lines",
                "ordering": ("imported_at", "pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None)),
                        fields=["imported_at"],
                        name="doubtful_lines_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "action",
                    models.CharField(
                        choices=articles.models.log.log_actions,
                        max_length=20,
                        verbose_name="action",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="log_entries",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "actor_name",
                    models.CharField(blank=True, max_length=150, verbose_name="name at the time"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="log_entries",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "version_number",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="version"),
                ),
                ("subject_type", models.CharField(blank=True, max_length=60, verbose_name="kind")),
                ("subject_id", models.BigIntegerField(blank=True, null=True)),
                ("subject", models.CharField(blank=True, max_length=200, verbose_name="about")),
                ("detail", models.TextField(blank=True, verbose_name="detail")),
            ],
            options={
                "verbose_name": "log entry",
                "verbose_name_plural": "log",
                "ordering": ("-at", "-pk"),
                "permissions": (
                    ("view_security_log", "Can see sign-ins, rights and exports in the log"),
                ),
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="log_by_time"),
                    models.Index(
                        condition=models.Q(("article__isnull", False)),
                        fields=["-at", "-id"],
                        name="log_of_articles_by_time",
                    ),
                    models.Index(fields=["article", "-at"], name="log_of_an_article"),
                    models.Index(fields=["actor", "-at"], name="log_of_an_actor"),
                    models.Index(fields=["action", "-at"], name="log_of_an_action"),
                    models.Index(
                        condition=models.Q(("subject_type", ""), _negated=True),
                        fields=["subject_type", "subject_id", "-at"],
                        name="log_of_a_subject",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("snapshot", models.JSONField(verbose_name="content")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saved by",
                    ),
                ),
                ("author_name", models.CharField(max_length=150, verbose_name="name at the time")),
                ("saved_at", models.DateTimeField(verbose_name="saved at")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
            ],
            options={
                "verbose_name": "version",
                "verbose_name_plural": "versions",
                "ordering": ("article", "-number"),
                "indexes": [models.Index(fields=["author", "article"], name="versions_by_author")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "number"), name="versions_of_an_article_are_numbered"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="articles.version",
                        verbose_name="version",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("live_from", models.DateTimeField(verbose_name="live from")),
                (
                    "live_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="live until"),
                ),
                (
                    "expires_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="expires at"),
                ),
                ("first_published_at", models.DateTimeField(verbose_name="first published at")),
                ("displayed_at", models.DateTimeField(verbose_name="displayed date")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("kicker", models.CharField(blank=True, max_length=60, verbose_name="kicker")),
                ("headline", models.CharField(max_length=120, verbose_name="headline")),
                ("subhead", models.CharField(blank=True, max_length=160, verbose_name="subhead")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                ("body", models.TextField(blank=True, verbose_name="body")),
                ("slug", models.SlugField(blank=True, max_length=80, verbose_name="slug")),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="articles.section",
                        verbose_name="section",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("news", "news"),
                            ("brief", "brief"),
                            ("feature", "feature"),
                            ("photo_story", "photo story"),
                            ("video", "video"),
                        ],
                        max_length=20,
                        verbose_name="form",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("zh-hans", "简体中文"),
                            ("zh-hant", "繁體中文"),
                            ("en", "English"),
                        ],
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("original", "original"),
                            ("reprint", "reprint"),
                            ("media", "media coverage"),
                        ],
                        max_length=10,
                        verbose_name="origin",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=100, verbose_name="source")),
                ("source_url", models.URLField(blank=True, verbose_name="address of the source")),
                ("event_date", models.DateField(blank=True, null=True, verbose_name="event date")),
                ("credit_line", models.TextField(blank=True, verbose_name="credit line")),
                ("furniture", models.JSONField(verbose_name="page furniture")),
            ],
            options={
                "verbose_name": "edition",
                "verbose_name_plural": "editions",
                "ordering": ("-live_from", "-pk"),
                "indexes": [
                    models.Index(fields=["article", "-live_from"], name="editions_of_an_article"),
                    models.Index(fields=["-displayed_at", "-article"], name="editions_by_date"),
                    models.Index(
                        fields=["section", "-displayed_at", "-article"],
                        name="editions_of_a_section",
                    ),
                    models.Index(
                        fields=["displayed_at", "live_from", "live_until"], name="editions_by_day"
                    ),
                    models.Index(fields=["first_published_at"], name="editions_by_publication"),
                    models.Index(fields=["live_from"], name="editions_by_beginning"),
                    models.Index(fields=["live_until"], name="editions_by_end"),
                    models.Index(
                        fields=["form", "-displayed_at", "-article"], name="editions_of_a_form"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "number"), name="editions_of_an_article_are_numbered"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("live_until", None),
                            ("live_until__gte", models.F("live_from")),
                            _connector="OR",
                        ),
                        name="an_edition_does_not_end_before_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first_published_at__lte", models.F("live_from"))),
                        name="an_edition_is_not_older_than_its_article",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("displayed_at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="articles.edition",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edition_units",
                        to="articles.unit",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "part",
                    models.CharField(
                        choices=[("lead", "lead"), ("co", "joint")],
                        max_length=4,
                        verbose_name="part",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("confirmed", models.BooleanField(verbose_name="confirmed")),
            ],
            options={
                "verbose_name": "unit of an edition",
                "verbose_name_plural": "units of editions",
                "ordering": ("position", "pk"),
                "indexes": [
                    models.Index(
                        fields=["unit", "-displayed_at", "-edition"], name="editions_of_a_unit"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "unit"), name="an_edition_credits_a_unit_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionCredit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("displayed_at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credits",
                        to="articles.edition",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("author", "text"),
                            ("editor", "editor"),
                            ("photographer", "photos"),
                            ("videographer", "video"),
                            ("reviewer", "reviewed by"),
                            ("proofreader", "proofreading"),
                            ("designer", "design"),
                            ("illustrator", "illustration"),
                            ("translator", "translation"),
                            ("producer", "producer"),
                            ("presenter", "presenter"),
                            ("publisher", "publisher"),
                            ("source", "source"),
                            ("contributing_unit", "contributing unit"),
                            ("other", "other"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edition_credits",
                        to="articles.person",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edition_credits",
                        to="articles.unit",
                    ),
                ),
                ("unit_name", models.CharField(blank=True, max_length=100, verbose_name="unit")),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("first", "first review"),
                            ("second", "second review"),
                            ("third", "third review"),
                            ("final", "final review"),
                        ],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=60, verbose_name="note")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "credit of an edition",
                "verbose_name_plural": "credits of editions",
                "ordering": ("position", "pk"),
                "indexes": [
                    models.Index(
                        fields=["person", "-displayed_at", "-edition"], name="editions_of_a_person"
                    ),
                    models.Index(
                        fields=["person", "role", "-displayed_at", "-edition"],
                        name="editions_of_a_person_in_a_role",
                    ),
                    models.Index(fields=["unit", "role"], name="edition_credits_of_a_unit"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionTag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("displayed_at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tags",
                        to="articles.edition",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(allow_unicode=True, max_length=100, verbose_name="slug"),
                ),
            ],
            options={
                "verbose_name": "tag of an edition",
                "verbose_name_plural": "tags of editions",
                "ordering": ("pk",),
                "indexes": [
                    models.Index(
                        fields=["slug", "-displayed_at", "-edition"], name="editions_of_a_tag"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "slug"), name="an_edition_carries_a_tag_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScanFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scan_findings",
                        to="articles.edition",
                    ),
                ),
                ("check_code", models.CharField(max_length=20)),
                ("level", models.CharField(max_length=10)),
                ("key", models.CharField(max_length=80)),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [
                    models.Index(fields=["check_code", "-edition"], name="findings_by_check")
                ],
            },
        ),
        migrations.CreateModel(
            name="ErrorReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="error_reports",
                        to="articles.edition",
                        verbose_name="edition",
                    ),
                ),
                ("passage", models.TextField(blank=True, max_length=500, verbose_name="passage")),
                ("text", models.TextField(max_length=2000, verbose_name="what is wrong")),
                (
                    "contact",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="how to reach the reader"
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=32, unique=True)),
                ("network", models.CharField(blank=True, editable=False, max_length=32)),
                ("sent_at", models.DateTimeField(verbose_name="sent at")),
                ("told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("in_hand", "being looked at"),
                            ("corrected", "corrected"),
                            ("no_error", "not an error"),
                            ("spam", "spam"),
                        ],
                        default="new",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handled by",
                    ),
                ),
                (
                    "handled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="handled at"),
                ),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
            ],
            options={
                "verbose_name": "error report",
                "verbose_name_plural": "error reports",
                "ordering": ("-sent_at", "-pk"),
                "permissions": (("settle_errorreport", "Can settle what readers report"),),
                "indexes": [
                    models.Index(fields=["-sent_at", "-id"], name="error_reports_by_time"),
                    models.Index(
                        condition=models.Q(("network", ""), _negated=True),
                        fields=["network", "sent_at"],
                        name="error_reports_of_a_network",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ("new", "in_hand"))),
                        fields=["edition"],
                        name="error_reports_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("told_at", None)),
                        fields=["id"],
                        name="error_reports_not_told",
                    ),
                    models.Index(
                        condition=models.Q(("contact", ""), _negated=True),
                        fields=["sent_at"],
                        name="error_reports_with_a_sender",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.version",
                        verbose_name="submitted version",
                    ),
                ),
                ("policy_name", models.CharField(max_length=60, verbose_name="policy")),
                ("stages", models.JSONField(verbose_name="stages")),
                (
                    "stage",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Counted from 0; the stage that is to decide.",
                        verbose_name="stage",
                    ),
                ),
                (
                    "current_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=articles.models.expressions.OfStage("stages", "stage", "name"),
                        output_field=models.CharField(max_length=40),
                    ),
                ),
                (
                    "current_name_en",
                    models.GeneratedField(
                        db_persist=True,
                        expression=articles.models.expressions.OfStage(
                            "stages", "stage", "name_en"
                        ),
                        output_field=models.CharField(max_length=40),
                    ),
                ),
                (
                    "current_decider",
                    models.GeneratedField(
                        db_persist=True,
                        expression=articles.models.expressions.OfStage(
                            "stages", "stage", "decider"
                        ),
                        output_field=models.CharField(max_length=10),
                    ),
                ),
                (
                    "current_group",
                    models.GeneratedField(
                        db_persist=True,
                        expression=articles.models.expressions.OfStage("stages", "stage", "group"),
                        output_field=models.CharField(max_length=150),
                    ),
                ),
                (
                    "current_wants_proofreader",
                    models.GeneratedField(
                        db_persist=True,
                        expression=articles.models.expressions.SaidOfStage(
                            "stages", "stage", "wants_proofreader"
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("approved", "approved"),
                            ("returned", "returned for changes"),
                            ("rejected", "rejected"),
                            ("withdrawn", "withdrawn"),
                            ("joined", "joined into another article"),
                            ("taken_back", "taken back"),
                            ("restarted", "begun again under another policy"),
                            ("forced", "passed over by force"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submitted_rounds",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="submitted by",
                    ),
                ),
                (
                    "submitter_name",
                    models.CharField(max_length=150, verbose_name="name at the time"),
                ),
                ("submitted_at", models.DateTimeField(verbose_name="submitted at")),
                ("stage_since", models.DateTimeField(verbose_name="at this stage since")),
                ("due_at", models.DateTimeField(verbose_name="due at")),
                (
                    "escalated_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="escalated at"),
                ),
                (
                    "claimed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claimed_rounds",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="claimed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "review round",
                "verbose_name_plural": "review rounds",
                "ordering": ("article", "-number"),
                "indexes": [
                    models.Index(fields=["outcome", "stage_since"], name="rounds_that_wait"),
                    models.Index(fields=["outcome", "due_at"], name="rounds_by_deadline"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "number"), name="rounds_of_an_article_are_numbered"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "open")),
                        fields=("article",),
                        name="an_article_is_in_one_review_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="articles.reviewround",
                        verbose_name="review",
                    ),
                ),
                ("stage", models.PositiveSmallIntegerField(verbose_name="stage")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewer",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name at the time")),
                (
                    "appointed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="appointed by",
                    ),
                ),
                (
                    "appointed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="appointed at"),
                ),
            ],
            options={
                "verbose_name": "seat in a review",
                "verbose_name_plural": "seats in reviews",
                "ordering": ("round", "stage", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "stage", "user"), name="somebody_sits_once_at_a_stage"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="articles.reviewround",
                        verbose_name="review",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="articles.version",
                        verbose_name="version",
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="hash of the version")),
                ("stage", models.PositiveSmallIntegerField(verbose_name="stage")),
                ("stage_name", models.CharField(max_length=40, verbose_name="name of the stage")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("approve", "approved"),
                            ("return", "returned for changes"),
                            ("reject", "rejected"),
                        ],
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                ("reasons", models.JSONField(blank=True, default=list, verbose_name="reasons")),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                ("not_again", models.BooleanField(default=False, verbose_name="not again")),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewer",
                    ),
                ),
                (
                    "reviewer_name",
                    models.CharField(max_length=150, verbose_name="name at the time"),
                ),
                (
                    "on_behalf_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions_by_deputies",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="on behalf of",
                    ),
                ),
                (
                    "on_behalf_of_name",
                    models.CharField(
                        blank=True,
                        max_length=150,
                        verbose_name="name of the represented at the time",
                    ),
                ),
                (
                    "reviewer_unit",
                    models.CharField(blank=True, max_length=100, verbose_name="unit at the time"),
                ),
                ("decided_at", models.DateTimeField(verbose_name="decided at")),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ("decided_at", "pk"),
                "indexes": [
                    models.Index(fields=["reviewer", "decided_at"], name="decisions_by_reviewer")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "stage", "version"),
                        name="a_stage_decides_once_on_a_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("not_again", False), ("verdict", "reject"), _connector="OR"
                        ),
                        name="only_a_rejection_keeps_an_article_away",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Readmission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readmission",
                        to="articles.reviewdecision",
                        verbose_name="decision",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                (
                    "readmitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readmissions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "readmitted_by_name",
                    models.CharField(max_length=150, verbose_name="name at the time"),
                ),
                ("readmitted_at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "readmission",
                "verbose_name_plural": "readmissions",
                "ordering": ("readmitted_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ForcedPublication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forced",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.edition",
                        verbose_name="edition",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forced",
                        to="articles.version",
                        verbose_name="version",
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="hash of the version")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forced",
                        to="articles.reviewround",
                        verbose_name="review",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                (
                    "forced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "forced_by_name",
                    models.CharField(max_length=150, verbose_name="name at the time"),
                ),
                (
                    "forced_by_unit",
                    models.CharField(blank=True, max_length=100, verbose_name="unit at the time"),
                ),
                ("forced_at", models.DateTimeField(verbose_name="published by force at")),
                ("confirm_by", models.DateTimeField(verbose_name="to be confirmed by")),
            ],
            options={
                "verbose_name": "forced publication",
                "verbose_name_plural": "published by force",
                "ordering": ("-forced_at", "-pk"),
                "permissions": (
                    ("force_publish_article", "Can publish an article past review"),
                    ("confirm_forced_publication", "Can confirm what was published past review"),
                ),
                "indexes": [models.Index(fields=["-forced_at"], name="forced_by_time")],
            },
        ),
        migrations.CreateModel(
            name="ForcedAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "forced",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="articles.forcedpublication",
                        verbose_name="forced publication",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[("confirmed", "confirmed"), ("objected", "objected to")],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "answered_by_name",
                    models.CharField(max_length=150, verbose_name="name at the time"),
                ),
                (
                    "answered_by_unit",
                    models.CharField(blank=True, max_length=100, verbose_name="unit at the time"),
                ),
                ("answered_at", models.DateTimeField(verbose_name="answered at")),
            ],
            options={
                "verbose_name": "answer to a forced publication",
                "verbose_name_plural": "answers to forced publications",
                "ordering": ("answered_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slot",
                    models.CharField(
                        choices=[
                            ("lead", "lead"),
                            ("heads", "headlines"),
                            ("strip", "photo strip"),
                            ("list", "list"),
                        ],
                        max_length=10,
                        verbose_name="slot",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for the home page.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placements",
                        to="articles.section",
                        verbose_name="section",
                    ),
                ),
                (
                    "block",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placements",
                        to="articles.frontblock",
                        verbose_name="block of a page",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("live_from", models.DateTimeField(verbose_name="from")),
                ("live_until", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "placed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="placed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "placement",
                "verbose_name_plural": "placements",
                "ordering": ("slot", "position", "-live_from"),
                "indexes": [
                    models.Index(fields=["section", "live_until"], name="placements_of_a_page")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("live_until", None),
                            ("live_until__gt", models.F("live_from")),
                            _connector="OR",
                        ),
                        name="a_placement_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("block__isnull", False), ("slot", "list")),
                            models.Q(
                                models.Q(("slot", "list"), _negated=True), ("block__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="a_place_in_a_list_says_in_which",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="articles.importrun",
                        verbose_name="import",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="place")),
                ("label", models.CharField(max_length=500, verbose_name="where")),
                ("key", models.CharField(editable=False, max_length=500)),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("made", "imported"),
                            ("remarks", "imported, with remarks"),
                            ("unchanged", "here already"),
                            ("differs", "here already, says something else now"),
                            ("refused", "refused"),
                            ("no_article", "no article"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("said", models.JSONField(default=list, verbose_name="remarks")),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.unit",
                        verbose_name="unit",
                    ),
                ),
                ("month", models.CharField(blank=True, max_length=7, verbose_name="month")),
                ("views", models.PositiveIntegerField(null=True, verbose_name="imported views")),
            ],
            options={
                "verbose_name": "place of an import",
                "verbose_name_plural": "places of imports",
                "ordering": ("number",),
                "indexes": [
                    models.Index(fields=["run", "outcome"], name="import_rows_by_outcome"),
                    models.Index(fields=["run", "key"], name="import_rows_by_key"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "number"), name="a_place_is_imported_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportedArticle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imported",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=500, unique=True)),
                (
                    "address",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="address on the old site"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="hash of what it said")),
                (
                    "published_at",
                    models.DateTimeField(null=True, verbose_name="published there at"),
                ),
                ("views", models.PositiveIntegerField(null=True, verbose_name="imported views")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imported",
                        to="articles.importrun",
                        verbose_name="import",
                    ),
                ),
                (
                    "edition",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imported",
                        to="articles.edition",
                        verbose_name="edition",
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="hash of the version")),
                (
                    "imported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="imported by",
                    ),
                ),
                (
                    "imported_by_name",
                    models.CharField(max_length=150, verbose_name="name at the time"),
                ),
                (
                    "imported_by_unit",
                    models.CharField(blank=True, max_length=100, verbose_name="unit at the time"),
                ),
                ("imported_at", models.DateTimeField(verbose_name="imported at")),
            ],
            options={
                "verbose_name": "imported article",
                "verbose_name_plural": "imported articles",
                "ordering": ("-imported_at", "-pk"),
                "indexes": [models.Index(fields=["-imported_at", "-id"], name="imported_by_time")],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("waiting", "An article waits for my decision"),
                            ("due_soon", "A decision that I may take is due soon"),
                            ("overdue", "A decision that I may take is overdue"),
                            ("returned", "My article came back or was turned down"),
                            ("progress", "My article passed a stage"),
                            ("ready", "An article is ready to be published"),
                            ("forced", "An article was published past review"),
                            ("published", "My article went out, was corrected or withdrawn"),
                            ("comment", "Somebody commented on my article or answered me"),
                            ("mention", "Somebody mentioned me"),
                            ("reported", "A reader reported an error"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="articles.logentry",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="articles.comment",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="articles.reviewround",
                    ),
                ),
                ("stage", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due at")),
                (
                    "mailing",
                    models.CharField(
                        choices=[
                            ("at_once", "at once"),
                            ("daily", "once a day"),
                            ("never", "never"),
                        ],
                        max_length=10,
                        verbose_name="mail",
                    ),
                ),
                ("is_shown", models.BooleanField(default=True, verbose_name="at the desk")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
                (
                    "mailed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="mailed at"),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ("-created_at", "-pk"),
                "indexes": [
                    models.Index(fields=["user", "-created_at"], name="notices_of_a_user"),
                    models.Index(
                        condition=models.Q(("is_shown", True), ("read_at", None)),
                        fields=["user"],
                        name="notices_unread",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "entry"), name="an_entry_is_told_once"
                    ),
                    models.UniqueConstraint(
                        fields=("user", "comment"), name="a_comment_is_told_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("comment", None), ("entry", None)),
                        fields=("user", "round", "stage", "kind"),
                        name="a_deadline_is_told_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("comment__isnull", False), ("entry", None)),
                            models.Q(("comment", None), ("entry__isnull", False)),
                            models.Q(
                                ("comment", None),
                                ("entry", None),
                                ("kind__in", ("due_soon", "overdue")),
                                ("round__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_notice_has_one_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Errand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("key", models.CharField(max_length=200, verbose_name="key")),
                ("payload", models.JSONField(default=dict, verbose_name="details")),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="errands",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "put_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="put at"),
                ),
                ("due_at", models.DateTimeField(verbose_name="due at")),
                ("next_at", models.DateTimeField(verbose_name="next try at")),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                ("taken_at", models.DateTimeField(null=True, verbose_name="taken at")),
                (
                    "taken_by",
                    models.CharField(blank=True, max_length=100, verbose_name="taken by"),
                ),
                ("done_at", models.DateTimeField(null=True, verbose_name="done at")),
                ("given_up_at", models.DateTimeField(null=True, verbose_name="given up at")),
                ("last_error", models.TextField(blank=True, verbose_name="last error")),
            ],
            options={
                "verbose_name": "side effect",
                "verbose_name_plural": "side effects",
                "ordering": ("due_at", "pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None), ("given_up_at", None)),
                        fields=["next_at"],
                        name="errands_due",
                    ),
                    models.Index(
                        condition=models.Q(("given_up_at__isnull", False)),
                        fields=["given_up_at"],
                        name="errands_given_up",
                    ),
                    models.Index(fields=["done_at"], name="errands_done"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key"), name="an_errand_is_put_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at", None), ("given_up_at", None), _connector="OR"
                        ),
                        name="an_errand_is_not_both_done_and_given_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pages",
                        to="articles.edition",
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("recipe", models.CharField(max_length=32)),
                ("head", models.TextField()),
                ("top", models.TextField()),
                ("foot", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "language"), name="an_edition_has_one_page_per_language"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonalDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="personal_drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="personal_drafts",
                        to="articles.article",
                    ),
                ),
                ("token", models.CharField(max_length=40)),
                ("fields", models.JSONField()),
                ("version_number", models.PositiveIntegerField()),
                ("saved_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "kept text",
                "verbose_name_plural": "kept texts",
                "ordering": ("-saved_at", "-pk"),
                "default_permissions": (),
                "indexes": [models.Index(fields=["user", "article"], name="drafts_of_a_user")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "token"), name="a_form_keeps_one_personal_draft"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="articles.article",
                    ),
                ),
                ("since", models.DateTimeField()),
                ("seen_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "ordering": ("since", "pk"),
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "user"), name="somebody_is_once_at_an_article"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProofSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="articles.reviewround",
                        verbose_name="review",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="articles.version",
                        verbose_name="version",
                    ),
                ),
                (
                    "version_number",
                    models.PositiveIntegerField(verbose_name="number of the version"),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="hash of the version")),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                (
                    "proofreader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proof_signatures",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="signed by",
                    ),
                ),
                (
                    "proofreader_name",
                    models.CharField(max_length=150, verbose_name="name at the time"),
                ),
                ("signed_at", models.DateTimeField(verbose_name="signed at")),
            ],
            options={
                "verbose_name": "proof-reader's signature",
                "verbose_name_plural": "proof-readers' signatures",
                "ordering": ("signed_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "version", "proofreader"),
                        name="a_proofreader_signs_a_version_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TypoFix",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fixes",
                        to="articles.reviewround",
                        verbose_name="review",
                    ),
                ),
                (
                    "approved",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.version",
                        verbose_name="approved version",
                    ),
                ),
                (
                    "approved_sha256",
                    models.CharField(max_length=64, verbose_name="hash of the approved version"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fixes",
                        to="articles.version",
                        verbose_name="version",
                    ),
                ),
                (
                    "version_number",
                    models.PositiveIntegerField(verbose_name="number of the version"),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="hash of the version")),
                (
                    "characters",
                    models.PositiveSmallIntegerField(
                        help_text="Inserted or deleted since the approval, all together.",
                        verbose_name="characters",
                    ),
                ),
                ("limit", models.PositiveSmallIntegerField(verbose_name="limit at the time")),
                ("changes", models.JSONField(verbose_name="changes")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="typo_fixes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="mended by",
                    ),
                ),
                (
                    "made_by_name",
                    models.CharField(max_length=150, verbose_name="name at the time"),
                ),
                ("made_at", models.DateTimeField(db_index=True, verbose_name="mended at")),
            ],
            options={
                "verbose_name": "typo fix",
                "verbose_name_plural": "typo fixes",
                "ordering": ("made_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "version"), name="a_version_is_mended_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("characters__lte", models.F("limit"))),
                        name="a_typo_fix_stays_within_its_limit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionRelation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations",
                        to="articles.edition",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations",
                        to="articles.article",
                    ),
                ),
                ("nearness", models.PositiveSmallIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "article"), name="an_edition_relates_to_an_article_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LogSeal",
            fields=[
                (
                    "sequence",
                    models.BigIntegerField(
                        primary_key=True, serialize=False, verbose_name="number"
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seal",
                        to="articles.logentry",
                        verbose_name="log entry",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sequence__gte", 1)),
                        name="seals_are_numbered_from_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionWords",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="articles.edition",
                    ),
                ),
                ("tokens", models.TextField()),
                ("marks", models.TextField(db_default="", default="")),
            ],
        ),
        migrations.CreateModel(
            name="Translation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="translations",
                        to="articles.article",
                        verbose_name="original",
                    ),
                ),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="translation",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("zh-hans", "简体中文"),
                            ("zh-hant", "繁體中文"),
                            ("en", "English"),
                        ],
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
            ],
            options={
                "verbose_name": "translation",
                "verbose_name_plural": "translations",
                "ordering": ("pk",),
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("original", "language"),
                        name="an_article_has_one_text_per_language",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("renditions", models.JSONField(default=list, editable=False)),
                (
                    "original",
                    models.FileField(
                        max_length=200,
                        storage=articles.models.photos.private_storage,
                        upload_to=articles.models.photos.private_name,
                        verbose_name="original",
                    ),
                ),
                ("sha256", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "image",
                    models.ImageField(
                        blank=True,
                        height_field="height",
                        upload_to=articles.models.photos.public_name,
                        verbose_name="picture",
                        width_field="width",
                    ),
                ),
                ("width", models.PositiveIntegerField(editable=False, verbose_name="width")),
                ("height", models.PositiveIntegerField(editable=False, verbose_name="height")),
                ("original_width", models.PositiveIntegerField(editable=False, null=True)),
                ("original_height", models.PositiveIntegerField(editable=False, null=True)),
                ("look_1", models.PositiveIntegerField(db_index=True, editable=False, null=True)),
                ("look_2", models.PositiveIntegerField(db_index=True, editable=False, null=True)),
                ("look_3", models.PositiveIntegerField(db_index=True, editable=False, null=True)),
                ("look_4", models.PositiveIntegerField(db_index=True, editable=False, null=True)),
                (
                    "focal_point",
                    models.CharField(default="0.5x0.5", max_length=20, verbose_name="focal point"),
                ),
                ("crop", models.JSONField(editable=False, null=True)),
                ("caption", models.CharField(blank=True, max_length=300, verbose_name="caption")),
                (
                    "alt",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="text for those who cannot see it"
                    ),
                ),
                (
                    "photographer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="articles.person",
                        verbose_name="photographer",
                    ),
                ),
                (
                    "photographer_name",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="photographer as printed"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="articles.unit",
                        verbose_name="unit",
                    ),
                ),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken at")),
                ("rights", models.CharField(blank=True, max_length=200, verbose_name="rights")),
                ("filled_from", models.JSONField(default=dict, editable=False)),
                (
                    "expires_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="rights end at"),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploaded_photos",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
                (
                    "filed_at",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce(
                            "taken_at", "uploaded_at"
                        ),
                        output_field=models.DateTimeField(),
                        verbose_name="filed under",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo",
                "verbose_name_plural": "photos",
                "ordering": ("-uploaded_at", "-pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("expires_at__isnull", False)),
                        fields=["image"],
                        name="photos_with_an_end",
                    ),
                    models.Index(fields=["-filed_at", "-id"], name="photos_by_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("height__gt", 0), ("width__gt", 0)),
                        name="a_photo_has_a_size",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EarlierFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("renditions", models.JSONField(default=list, editable=False)),
                (
                    "photo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earlier",
                        to="articles.photo",
                        verbose_name="photo",
                    ),
                ),
                (
                    "original",
                    models.FileField(
                        max_length=200,
                        storage=articles.models.photos.private_storage,
                        upload_to="",
                    ),
                ),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("image", models.FileField(db_index=True, max_length=200, upload_to="")),
                ("width", models.PositiveIntegerField(verbose_name="width")),
                ("height", models.PositiveIntegerField(verbose_name="height")),
                ("original_width", models.PositiveIntegerField(null=True)),
                ("original_height", models.PositiveIntegerField(null=True)),
                (
                    "is_put_away",
                    models.BooleanField(db_default=False, default=False, editable=False),
                ),
                (
                    "is_moving",
                    models.BooleanField(db_default=False, default=False, editable=False),
                ),
                ("focal_point", models.CharField(blank=True, editable=False, max_length=20)),
                ("crop", models.JSONField(null=True)),
                ("replaced_at", models.DateTimeField(verbose_name="replaced at")),
                (
                    "replaced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="replaced by",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier file of a photo",
                "verbose_name_plural": "earlier files of photos",
                "ordering": ("-replaced_at", "-pk"),
            },
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
        migrations.CreateModel(
            name="ArticlePhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="articles.photo",
                        verbose_name="photo",
                    ),
                ),
                (
                    "caption",
                    models.CharField(
                        blank=True,
                        help_text="The photo's own caption if empty.",
                        max_length=300,
                        verbose_name="caption here",
                    ),
                ),
                (
                    "paragraph",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="0 puts it above the text.",
                        validators=[django.core.validators.MaxValueValidator(999)],
                        verbose_name="after paragraph",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "in_body",
                    models.BooleanField(default=False, editable=False, verbose_name="in the text"),
                ),
            ],
            options={
                "verbose_name": "photo in the article",
                "verbose_name_plural": "photos in the article",
                "ordering": ("position", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "photo"), name="a_photo_stands_once_in_an_article"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="articles.edition",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="articles.photo",
                    ),
                ),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "photo of an edition",
                "verbose_name_plural": "photos of editions",
                "ordering": ("position", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "photo"), name="an_edition_shows_a_photo_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OldAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        help_text="With or without the host, such as /info/1001/2345.htm.",
                        max_length=500,
                        unique=True,
                        verbose_name="old address",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="old_addresses",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.photo",
                        verbose_name="photo",
                    ),
                ),
                (
                    "document",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=200,
                        verbose_name="name of the stored file",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                ("added_at", models.DateTimeField(editable=False, verbose_name="added at")),
            ],
            options={
                "verbose_name": "old address",
                "verbose_name_plural": "old addresses",
                "ordering": ("address",),
            },
        ),
    ]
