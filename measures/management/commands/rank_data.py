from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from measures.domain.prioritisation import prioritise
from measures.domain.ranking_data import read_ranking_data
from measures.domain.ranking_output import ranking_json
from measures.domain.rating_data import RankingDataError


class Command(BaseCommand):
    """Rank the measures of a file of schema ranking-data/1; needs no database. Exit status 2 for a malformed file."""

    help = "Rank measures from a file of anonymised ratings (schema ranking-data/1) and print schema ranking/1."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="ratings, JSON of schema ranking-data/1")
        parser.add_argument("--out", type=Path, metavar="FILE", help="write the ranking there instead of printing it")

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path | None = options["out"]
        try:
            ranking = ranking_json(prioritise(read_ranking_data(options["file"])))
        except RankingDataError as fault:
            raise CommandError(str(fault), returncode=2) from fault
        if out is None:
            self.stdout.write(ranking)
            return
        try:
            _write(out, f"{ranking}\n")
        except OSError as fault:
            raise CommandError(f"The file {out} cannot be written: {fault.strerror}.", returncode=2) from fault


def _write(out: Path, text: str) -> None:
    """All or nothing: a full disk leaves no half of a file, and an older file as it was."""
    part = out.with_name(f"{out.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
