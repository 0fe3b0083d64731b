from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0021_undeliverable_addresses"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="bounced_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="als unzustellbar zurück am"
            ),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="message_hash",
            field=models.CharField(blank=True, editable=False, max_length=40),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(
                condition=models.Q(("message_hash", ""), _negated=True),
                fields=["message_hash"],
                name="mail_message_hash",
            ),
        ),
    ]
