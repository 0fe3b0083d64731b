from typing import Any

from django.core.management.base import BaseCommand

from portal import translations


class Command(BaseCommand):
    help = "Schreibt alle Texte nach locale/en und nennt die, denen die englische Fassung fehlt."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        translations.update()
        for text in translations.missing_messages():
            self.stdout.write(text)
        translations.compile_all()
