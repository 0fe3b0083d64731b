from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0017_milestones_of_measures"),
        ("stakeholders", "0020_mails_written_later"),
        ("theses", "0024_stances_changed_at"),
        ("workshops", "0005_waves_of_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="Kurzname in der Adresse")),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("title_en", models.CharField(blank=True, max_length=200, verbose_name="Titel (englisch)")),
                ("summary", models.TextField(blank=True, max_length=600, verbose_name="Kurzfassung")),
                ("summary_en", models.TextField(blank=True, max_length=600, verbose_name="Kurzfassung (englisch)")),
            ],
            options={
                "verbose_name": "Veranstaltungsreihe",
                "verbose_name_plural": "Veranstaltungsreihen",
                "ordering": ("title", "pk"),
            },
        ),
    ]
