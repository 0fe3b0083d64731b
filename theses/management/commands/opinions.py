from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from theses.domain.conversation_data import ConversationError, without_moderated
from theses.domain.conversation_file import read_conversation
from theses.domain.opinions_output import opinions_json, opinions_output


class Command(BaseCommand):
    """Figures of a conversation from the files of a Polis export; needs no database. Exit status 2 for bad files."""

    help = "Common ground, divides and opinion groups of a Polis export (schema opinions/1)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", type=Path, metavar="DIR", help="participants-votes.csv or votes.csv, comments.csv"
        )
        parser.add_argument("--out", type=Path, metavar="FILE", help="write the figures there instead of printing them")
        parser.add_argument("--smallest-voice", type=int, default=10, metavar="N", help="answers a group needs (10)")
        parser.add_argument("--seed", type=int, default=1, help="of shuffles and starts (1)")
        parser.add_argument("--without-moderated", action="store_true", help="leave out what was moderated out")

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path | None = options["out"]
        if options["smallest_voice"] < 5 or options["seed"] < 0:
            raise CommandError(
                _("--smallest-voice muss mindestens 5 sein, --seed darf nicht negativ sein."), returncode=2
            )
        try:
            data = read_conversation(options["folder"])
        except ConversationError as fault:
            raise CommandError(str(fault), returncode=2) from fault
        counted = without_moderated(data) if options["without_moderated"] else data
        output = opinions_output(counted, smallest_voice=options["smallest_voice"], seed=options["seed"])
        if out is None:
            self.stdout.write(opinions_json(output))
            return
        try:
            out.write_text(f"{opinions_json(output)}\n", encoding="utf-8")
        except OSError as fault:
            raise CommandError(
                _("Die Datei %(file)s lässt sich nicht schreiben.") % {"file": out}, returncode=2
            ) from fault
