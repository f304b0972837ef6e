"""The six groups of a newsroom, and the review policy that a new site begins with."""

from django.db import migrations

from articles import migration_rights

EVERYTHING = ("view", "add", "change", "delete")
SEE = ("view",)

# Which permissions a group begins with: model -> verbs, and single permissions by name.
UNIT_SIDE = {
    "article": ("view", "add", "change"),
    "credit": EVERYTHING,
    "articleunit": EVERYTHING,
    "articlephoto": EVERYTHING,
    "attachment": EVERYTHING,
    "comment": ("view", "add"),
    "photo": ("view", "add", "change"),
    "person": SEE,
    "unit": SEE,
    "section": SEE,
    "version": SEE,
    "reviewround": SEE,
    "reviewdecision": SEE,
    "logentry": SEE,
    "edition": SEE,
    "correction": SEE,
    "": ("submit_article",),
}
DESK_SIDE = UNIT_SIDE | {
    "person": ("view", "add", "change"),
    "personalias": EVERYTHING,
    "correction": ("view", "add"),
    "placement": EVERYTHING,
    "withdrawal": SEE,
    "": ("submit_article", "review_article", "publish_article", "view_every_unit"),
}
GROUPS = {
    "correspondent": UNIT_SIDE,
    "unit reviewer": UNIT_SIDE | {"": ("submit_article", "review_article")},
    "desk editor": DESK_SIDE,
    "chief editor": DESK_SIDE | {"": (*DESK_SIDE[""], "withdraw_article")},
    "head": {
        **dict.fromkeys(
            (
                "article", "credit", "articleunit", "articlephoto", "attachment", "comment",
                "correction", "photo", "person", "unit", "section", "version", "reviewround",
                "reviewdecision", "logentry", "edition", "placement", "withdrawal",
                "reviewpolicy", "reviewstage", "policyrule",
            ),
            SEE,
        ),
        "": ("view_every_unit",),
    },
    "administrator": {
        **dict.fromkeys(
            (
                "unit", "unitgroup", "unitname", "person", "personalias", "membership", "section",
                "reviewpolicy", "reviewstage", "policyrule", "placement",
            ),
            EVERYTHING,
        ),
        "user": ("view", "add", "change"),
        **dict.fromkeys(
            ("article", "photo", "version", "reviewround", "reviewdecision", "logentry",
             "edition", "withdrawal", "correction", "comment", "credit", "articleunit",
             "articlephoto", "attachment"),
            SEE,
        ),
        "": ("view_every_unit",),
    },
}  # fmt: skip


def make_groups(apps, schema_editor):
    permissions, group = migration_rights.permissions(apps), apps.get_model("auth.Group")
    for name, models in GROUPS.items():
        codes = [
            f"{verb}_{model}" if model else verb
            for model, verbs in models.items()
            for verb in verbs
        ]
        found = permissions.filter(codename__in=codes)
        group.objects.get_or_create(name=name)[0].permissions.add(*found)


def make_policy(apps, schema_editor):
    policy = apps.get_model("articles.ReviewPolicy").objects.create(
        name="两级审核", is_default=True
    )
    group = apps.get_model("auth.Group").objects
    stages = (("初审", "First review", "desk editor"), ("终审", "Final review", "chief editor"))
    for position, (name, name_en, decider) in enumerate(stages, 1):
        policy.stages.create(
            position=position,
            name=name,
            name_en=name_en,
            decider="group",
            group=group.get(name=decider),
        )


def leave(apps, schema_editor):
    """Groups may have been given to people by now; they stay."""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_edition_times"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RunPython(make_groups, leave),
        migrations.RunPython(make_policy, leave),
    ]
