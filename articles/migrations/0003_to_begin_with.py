"""What a new newsroom begins with, and its administrators keep from then on.

Groups and what they may do, the review policy, reasons of verdicts, the week of an office,
the checks, and the row of settings.
"""

from datetime import time

from django.conf import settings
from django.db import migrations

from articles import migration_rights

SEE, TEND = ("view",), ("view", "change")
WRITE, EVERYTHING = ("view", "add", "change"), ("view", "add", "change", "delete")

# What a group may do: model -> verbs, and single permissions by name.
READ = dict.fromkeys(
    (
        "article", "articlephoto", "articleunit", "attachment", "comment", "correction", "credit",
        "edition", "errorreport", "logentry", "person", "photo", "proofsignature",
        "reviewdecision", "reviewround", "section", "typofix", "unit", "version",
    ),
    SEE,
)  # fmt: skip
UNIT_SIDE = READ | {
    "article": WRITE,
    "credit": EVERYTHING,
    "articleunit": EVERYTHING,
    "articlephoto": EVERYTHING,
    "attachment": EVERYTHING,
    "comment": ("view", "add"),
    "photo": WRITE,
    "": ("submit_article",),
}
DESK_SIDE = UNIT_SIDE | {
    "person": WRITE,
    "personalias": EVERYTHING,
    "unitname": ("add",),  # the desk teaches other names of units, from credit lines
    "correction": ("view", "add"),
    "placement": EVERYTHING,
    "withdrawal": SEE,
    "forcedpublication": SEE,
    "checkrule": SEE,
    "listedword": SEE,
    "waiver": SEE,
    "importedarticle": SEE,
    "oldaddress": SEE,
    "errand": TEND,
    "": (
        "submit_article",
        "review_article",
        "publish_article",
        "view_every_unit",
        "settle_errorreport",
    ),
}
GROUPS = {
    "correspondent": UNIT_SIDE,
    "unit reviewer": UNIT_SIDE | {"": ("submit_article", "review_article")},
    "desk editor": DESK_SIDE,
    "chief editor": DESK_SIDE
    | {
        "listedword": EVERYTHING,
        "waiver": ("view", "delete"),
        "importrun": ("view", "add"),
        "oldaddress": EVERYTHING,
        "": (
            *DESK_SIDE[""],
            "withdraw_article",
            "force_publish_article",
            "export_article",
            "publish_importedarticle",
        ),
    },
    "head": READ
    | dict.fromkeys(
        (
            "calendarday", "checkrule", "creditformat", "deputy", "errand", "forcedpublication",
            "importedarticle", "importrun", "listedword", "oldaddress", "placement", "policyrule",
            "reviewpolicy", "reviewstage", "verdictreason", "waiver", "withdrawal",
            "workinghours",
        ),
        SEE,
    )
    | {
        "": (
            "view_every_unit",
            "view_security_log",
            "hand_over_article",
            "confirm_forced_publication",
        ),
    },
    "administrator": READ
    | dict.fromkeys(
        (
            "calendarday", "creditformat", "listedword", "membership", "oldaddress", "person",
            "personalias", "placement", "policyrule", "reviewpolicy", "reviewstage", "section",
            "unit", "unitgroup", "unitname", "verdictreason", "workinghours",
        ),
        EVERYTHING,
    )
    | {
        "user": WRITE,
        "deputy": ("view", "add"),
        "importrun": ("view", "add"),
        "waiver": ("view", "delete"),
        "checkrule": TEND,
        "errand": TEND,
        "sitesettings": ("change",),
        "forcedpublication": SEE,
        "importedarticle": SEE,
        "withdrawal": SEE,
        "": (
            "view_every_unit",
            "view_security_log",
            "hand_over_article",
            "export_article",
        ),
    },
    "proof-reader": READ
    | {
        "article": TEND,
        "comment": ("view", "add"),
        "placement": SEE,
        "withdrawal": SEE,
        "": ("view_every_unit", "proofread_article"),
    },
}  # fmt: skip

STAGES = (("初审", "First review", "desk editor"), ("终审", "Final review", "chief editor"))

REASONS = (
    ("事实待核实", "Facts need checking", "return"),
    ("时间、地点、人物不全", "Who, when or where is missing", "return"),
    ("标题不准确", "The headline is not accurate", "return"),
    ("篇幅过长", "Too long", "return"),
    ("缺少图片说明", "Photo captions are missing", "return"),
    ("署名有误", "Credits are wrong", "return"),
    ("单位名称或职务有误", "Names of units or titles are wrong", "return"),
    ("超过时效", "Too late to be news", "both"),
    ("新闻性不足", "Not news enough", "reject"),
    ("与已发稿件重复", "Published already", "reject"),
    ("内容不宜公开", "Not for the public", "reject"),
)
OTHER = ("其他", "Other", "both")

OFFICE_HOURS = ((time(8), time(12)), (time(13, 30), time(17, 30)))

# Code, level and limit of each, in the order of the table of checks.
CHECKS = (
    ("headline", "advisory", 30),
    ("caption", "advisory", 0),
    ("alt", "advisory", 0),
    ("photographer", "advisory", 0),
    ("unit", "advisory", 0),
    ("reviewer", "off", 0),
    ("weekday", "advisory", 0),
    ("year", "advisory", 6),
    ("age", "advisory", 30),
    ("words", "blocking", 0),
    ("identity", "blocking", 0),
    ("mobile", "advisory", 0),
    ("card", "blocking", 0),
    ("student", "advisory", 0),
    ("unread", "advisory", 0),
    ("link", "advisory", 0),
    ("host", "advisory", 0),
    ("repeat", "advisory", 15),
)


def make_groups(apps, schema_editor):
    group = apps.get_model("auth.Group").objects
    for name in GROUPS:
        group.create(name=name)
    rights = {
        name: [
            f"{verb}_{model}" if model else verb
            for model, verbs in models.items()
            for verb in verbs
        ]
        for name, models in GROUPS.items()
    }
    migration_rights.give(apps, rights)


def make_policy(apps, schema_editor):
    policy = apps.get_model("articles.ReviewPolicy").objects.create(
        name="两级审核", is_default=True
    )
    group = apps.get_model("auth.Group").objects
    for position, (name, name_en, decider) in enumerate(STAGES, 1):
        policy.stages.create(
            position=position,
            name=name,
            name_en=name_en,
            decider="group",
            group=group.get(name=decider),
        )


def list_reasons(apps, schema_editor):
    reason = apps.get_model("articles.VerdictReason")
    reason.objects.bulk_create(
        reason(
            text=text,
            text_en=text_en,
            used_for=used_for,
            wants_remark=text == OTHER[0],
            position=position * 10,
        )
        for position, (text, text_en, used_for) in enumerate((*REASONS, OTHER), 1)
    )


def make_week(apps, schema_editor):
    hours = apps.get_model("articles.WorkingHours")
    hours.objects.bulk_create(
        hours(weekday=weekday, begins_at=begins_at, ends_at=ends_at)
        for weekday in range(5)
        for begins_at, ends_at in OFFICE_HOURS
    )


def set_checks(apps, schema_editor):
    rule = apps.get_model("articles.CheckRule")
    rule.objects.bulk_create(
        rule(check_code=code, level=level, limit=limit, position=position * 10)
        for position, (code, level, limit) in enumerate(CHECKS, 1)
    )


def name_site(apps, schema_editor):
    """Call the site as the server does."""
    names = {"name": settings.SITE_NAME, "name_en": settings.SITE_NAME_EN}
    apps.get_model("articles.SiteSettings").objects.create(**names)


class Migration(migrations.Migration):
    replaces = [
        ("articles", "0003_groups"),
        ("articles", "0008_verdict_reasons_to_begin_with"),
        ("articles", "0010_deadlines"),
        ("articles", "0014_errands_of_groups"),
        ("articles", "0017_forced_publication_rights"),
        ("articles", "0020_proofreaders"),
        ("articles", "0022_typo_fixes_are_seen"),
        ("articles", "0024_security_log_rights"),
        ("articles", "0032_hand_over_rights"),
        ("articles", "0038_checks_to_begin_with"),
        ("articles", "0041_desk_teaches_names"),
        ("articles", "0045_credit_format_rights"),
        ("articles", "0048_level_of_waivers"),
        ("articles", "0051_photos_of_editions"),
        ("articles", "0052_export_for_the_archive"),
        ("articles", "0055_import_rights"),
        ("articles", "0059_files_of_editions"),
        ("articles", "0062_site_settings_to_begin_with"),
        ("articles", "0066_search_anew"),
        ("articles", "0072_error_report_rights"),
    ]
    dependencies = [
        ("articles", "0002_ranges_and_search"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RunPython(make_groups),
        migrations.RunPython(make_policy),
        migrations.RunPython(list_reasons),
        migrations.RunPython(make_week),
        migrations.RunPython(set_checks),
        migrations.RunPython(name_site),
    ]
