from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("theses", "0017_version_proposals")]

    operations = [migrations.RemoveField(model_name="agenda", name="created_by")]
