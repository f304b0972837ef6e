"""The reasons that a campus newsroom begins with, kept by its administrators."""

from django.db import migrations

from articles import migration_rights

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
RIGHTS = {
    "administrator": [f"{verb}_verdictreason" for verb in ("view", "add", "change", "delete")],
    "head": ["view_verdictreason"],
}


def fill(apps, schema_editor):
    reason = apps.get_model("articles.VerdictReason").objects
    for position, (text, text_en, used_for) in enumerate((*REASONS, OTHER), 1):
        reason.get_or_create(
            text=text,
            defaults={
                "text_en": text_en,
                "used_for": used_for,
                "wants_remark": text == OTHER[0],
                "position": position * 10,
            },
        )


def let_administrators(apps, schema_editor):
    migration_rights.give(apps, RIGHTS)


def leave(apps, schema_editor):
    """The newsroom may have changed them by now; they stay."""


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_verdict_reasons")]
    operations = [
        migrations.RunPython(fill, leave),
        migrations.RunPython(let_administrators, leave),
    ]
