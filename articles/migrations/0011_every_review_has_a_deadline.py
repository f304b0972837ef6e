from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_deadlines")]
    operations = [
        migrations.AlterField(
            model_name="reviewround",
            name="due_at",
            field=models.DateTimeField(verbose_name="due at"),
        ),
    ]
