"""Texts that must be shown again later as they were: notices, statements, rules, wordings of consents."""

import difflib
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from publishing.markdown import render_markdown
from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal, StaleSave
from stakeholders.domain.security_txt import check_security_txt
from stakeholders.models import LegalText, Stakeholder
from stakeholders.permissions import is_project_office
from stakeholders.verbs import StakeholderVerb

BODY_LENGTH = 100_000
SECONDS_KEPT = 60
"""Each process looks for a new version at most once a minute for each text and language."""

SLUGS: dict[str, LegalText.Name] = {
    "impressum": LegalText.Name.IMPRINT,
    "datenschutz": LegalText.Name.PRIVACY,
    "barrierefreiheit": LegalText.Name.ACCESSIBILITY,
    "leichte-sprache": LegalText.Name.EASY_LANGUAGE,
    "sicherheit": LegalText.Name.SECURITY,
    "regeln": LegalText.Name.GUIDELINES,
    "einwilligung-rundbrief": LegalText.Name.CONSENT_NEWSLETTER,
    "einwilligung-sichtbarkeit": LegalText.Name.CONSENT_VISIBILITY,
}
"""What stands in the addresses of the versions."""


@dataclass(frozen=True)
class Shown:
    """A version as pages show it. `body` is what was written, `html` the same drawn from its Markdown."""

    slug: str
    number: int
    title: str
    body: str
    html: SafeString
    published_at: datetime


@transaction.atomic
def publish(*, name: str, language: str, title: str, body: str, seen: int, actor: Stakeholder) -> LegalText:
    """The next version of a text, at once in force. `seen` is the number of the version that was edited, 0 for none.

    What is already in force is not published again. Raises StaleSave when somebody published meanwhile.
    """
    if not is_project_office(actor):
        raise Refusal(_("Diese Texte ändert nur das Projektbüro."))
    check_body(name, body)
    newest = newest_version(name, language)
    if newest and (newest.title, newest.body) == (title, body):
        return newest
    number = newest.number if newest else 0
    if number != seen:
        raise StaleSave(_published_meanwhile())
    try:
        with transaction.atomic():
            text = LegalText.objects.create(
                name=name, language=language, number=number + 1, title=title, body=body, author=actor
            )
    except IntegrityError as fault:
        raise StaleSave(_published_meanwhile()) from fault
    facts: dict[str, object] = {"name": name, "language": language, "number": text.number}
    record(StakeholderVerb.TEXT_PUBLISHED, actor=actor, target=text, facts=facts)
    transaction.on_commit(lambda: caches["frame"].delete(_key(name, language)))
    return text


def check_body(name: str, body: str) -> None:
    if not body.strip():
        raise Refusal(_("Bitte schreiben Sie einen Text."), "body")
    if name == LegalText.Name.SECURITY:
        check_security_txt(body)


def newest_version(name: str, language: str) -> LegalText | None:
    return LegalText.objects.filter(name=name, language=language).order_by("-number").first()


def in_force(name: str, language: str) -> Shown | None:
    """None until the office has published a version: then the text of the software stands."""

    def look_up() -> Shown | None:
        text = newest_version(name, language)
        return show(text) if text else None

    found: Shown | None = caches["frame"].get_or_set(_key(name, language), look_up, SECONDS_KEPT)
    return found


def show(text: LegalText) -> Shown:
    slug = next(slug for slug, name in SLUGS.items() if name == text.name)
    html = render_markdown(text.body, 2)
    return Shown(slug, text.number, text.title, text.body, html, text.published_at)


def differences(before: str, after: str) -> list[tuple[str, str]]:
    """("-", line) for what went, ("+", line) for what came, (" ", line) for what stayed."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [(line[0], line[2:]) for line in lines if line[0] in "-+ "]


def _published_meanwhile() -> str:
    return _(
        "Inzwischen wurde eine andere Fassung veröffentlicht. Bitte vergleichen Sie sie in der Liste mit Ihrem Text; "
        "er steht noch im Feld. Senden Sie ihn dann noch einmal."
    )


def _key(name: str, language: str) -> str:
    return f"legal_text:{name}:{language}"
