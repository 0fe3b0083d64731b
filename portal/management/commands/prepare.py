from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from measures.domain.catalogue import load_catalogue
from measures.domain.guideline import load_guidelines
from portal.domain.demo import LOGINS, PASSWORD, load_demo
from stakeholders.domain.starting_data import load_groups_and_districts, load_topics
from workshops.domain.archive import load_archive


@transaction.atomic
def load_starting_data() -> None:
    """What every portal starts with: groups, districts, the catalogue, guidelines, the archive. Overwrites nothing."""
    load_groups_and_districts()
    load_topics()
    load_catalogue()
    load_guidelines()
    load_archive()


class Command(BaseCommand):
    help = "Bringt Datenbank, Katalog und statische Dateien auf den Stand dieser Fassung."

    def handle(self, *_args: Any, **_options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        load_starting_data()
        call_command("collectstatic", interactive=False, verbosity=0)
        if settings.DEMO:
            load_demo()
            for role, email in LOGINS:
                self.stdout.write(f"login\t{role}\t{email}\t{PASSWORD}")
