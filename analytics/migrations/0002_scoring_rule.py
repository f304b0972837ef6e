"""The scoring rule that a new site begins with."""

from datetime import date

from django.db import migrations


def make_rule(apps, schema_editor):
    apps.get_model("analytics.ScoringRule").objects.create(effective_from=date(2000, 1, 1))


class Migration(migrations.Migration):
    dependencies = [("analytics", "0001_clicks_and_boards")]
    operations = [migrations.RunPython(make_rule, migrations.RunPython.noop)]
