import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workshops.domain.draw_protocol import ProtocolError, read_protocol, replay


class Command(BaseCommand):
    """Draw again from a protocol, without the database. Exit status 2, with one sentence, for a malformed file."""

    help = "Draw again from the protocol of a draw (schema fair-selection/1) and print the numbers of those drawn."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="protocol, JSON of schema fair-selection/1")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            drawn = replay(read_protocol(options["file"]))
        except ProtocolError as fault:
            raise CommandError(str(fault), returncode=2) from fault
        self.stdout.write(json.dumps(drawn))
