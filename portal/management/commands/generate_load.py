import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.domain.load import load
from stakeholders.domain.refusal import Refusal


class Command(BaseCommand):
    help = "Füllt eine Testdatenbank mit erfundenen Personen und Organisationen. Derselbe Startwert gibt dieselben."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stakeholders", type=int, default=100_000, help="Zahl der Personen")
        parser.add_argument("--seed", type=int, default=1, help="Startwert des Zufalls")
        parser.add_argument(
            "--yes-this-is-a-test-database", action="store_true", help="nötig, wenn PORTAL_DEMO nicht gesetzt ist"
        )

    def handle(self, *_args: Any, stakeholders: int, seed: int, **options: Any) -> None:
        if not (settings.DEMO or options["yes_this_is_a_test_database"]):
            raise CommandError(
                "Lastdaten gehören in keine echte Datenbank. Ist dies eine Testdatenbank, "
                "rufen Sie den Befehl mit --yes-this-is-a-test-database auf."
            )
        if stakeholders < 1 or seed < 0:
            raise CommandError("--stakeholders muss mindestens 1 sein, --seed mindestens 0.")
        start = time.monotonic()
        try:
            counts = load(people=stakeholders, seed=seed)
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        for kind, count in counts.items():
            self.stdout.write(f"{kind}\t{count}")
        self.stdout.write(f"seconds\t{time.monotonic() - start:.1f}")
