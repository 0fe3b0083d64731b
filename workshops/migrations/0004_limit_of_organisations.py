from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0003_agenda"),
    ]

    operations = [
        migrations.AddField(
            model_name="workshop",
            name="organisation_quota",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="gilt für die Auslosung von Einladungen",
                null=True,
                verbose_name="höchstens je Organisation",
            ),
        ),
    ]
