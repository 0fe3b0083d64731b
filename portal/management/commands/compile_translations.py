from typing import Any

from django.core.management.base import BaseCommand

from portal import translations


class Command(BaseCommand):
    help = "Übersetzt locale/en/LC_MESSAGES/django.po in die Form, die das Portal liest."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        translations.compile_all()
