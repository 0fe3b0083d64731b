import hashlib
from typing import Any

from django.apps.registry import Apps
from django.db import migrations


def write_first_versions(apps: Apps, schema_editor: Any) -> None:
    Thesis = apps.get_model("theses", "Thesis")
    ThesisVersion = apps.get_model("theses", "ThesisVersion")
    published = Thesis.objects.filter(published_at__isnull=False)
    ThesisVersion.objects.bulk_create(
        [
            ThesisVersion(
                thesis=thesis,
                number=1,
                sentence=thesis.sentence,
                reason=thesis.reason,
                fingerprint="sha256:" + hashlib.sha256(f"{thesis.sentence}\n\n{thesis.reason}".encode()).hexdigest(),
                at=thesis.published_at,
            )
            for thesis in published.iterator(chunk_size=1000)
        ],
        batch_size=1000,
    )


def remove_versions(apps: Apps, schema_editor: Any) -> None:
    apps.get_model("theses", "ThesisVersion").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("theses", "0015_opinion_result")]

    operations = [migrations.RunPython(write_first_versions, remove_versions)]
