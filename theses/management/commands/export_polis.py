from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from theses.domain.conversation import unarchived
from theses.domain.conversation_data import ConversationError
from theses.domain.conversation_writing import write_conversation
from theses.models import Conversation


class Command(BaseCommand):
    """The files that `import_polis` reads; exit status 2 if there is no such conversation or the folder is in use."""

    help = "Write an archived conversation as a Polis export."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="as import_polis printed it")
        parser.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")

    def handle(self, *args: Any, **options: Any) -> None:
        conversation = Conversation.objects.filter(slug=options["slug"]).first()
        if conversation is None:
            raise CommandError(_("Es gibt keine Konversation „%(slug)s“.") % {"slug": options["slug"]}, returncode=2)
        try:
            write_conversation(unarchived(conversation), options["folder"])
        except ConversationError as fault:
            raise CommandError(str(fault), returncode=2) from fault
