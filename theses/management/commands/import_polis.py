from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from theses.domain.conversation import archive
from theses.domain.conversation_data import ConversationError
from theses.domain.conversation_file import read_conversation


class Command(BaseCommand):
    """Everything or nothing is stored; exit status 2 for bad files. The same files again only print the slug again."""

    help = "Store a Polis export as an archived conversation and print its slug."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="participants-votes.csv, votes.csv, comments.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            conversation = archive(data=read_conversation(folder), name=folder.resolve().name)
        except ConversationError as fault:
            raise CommandError(str(fault), returncode=2) from fault
        self.stdout.write(conversation.slug)
