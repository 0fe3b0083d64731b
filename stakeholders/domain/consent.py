"""What people agreed to, in which words, and what they took back. Events are only ever added."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stakeholders.domain.audit import record
from stakeholders.models import Channel, ConsentEvent, LegalText, Stakeholder, Subscription
from stakeholders.verbs import StakeholderVerb

Purpose = ConsentEvent.Purpose

PRIVACY_NOTICE_VERSION = "2026-11-21"
"""Names the wording of templates/pages/*/privacy.html; raise it with every change of what the notice says."""

SOFTWARE_VERSION = "2026-11-21"
"""Names the two wordings below; a changed wording gets a new version beside the old one, which stays readable."""

SOFTWARE_WORDINGS = {
    (Purpose.NEWSLETTER, SOFTWARE_VERSION): gettext_lazy(
        "Ich möchte den Rundbrief der ZukunftsWerkstatt INDUSTRIE per E-Mail bekommen. Dafür darf meine E-Mail-Adresse "
        "gespeichert werden. Ich kann den Rundbrief jederzeit abbestellen, mit dem Link in jeder Ausgabe oder auf der "
        "Seite „Meine Daten“."
    ),
    (Purpose.VISIBILITY, SOFTWARE_VERSION): gettext_lazy(
        "Andere dürfen neben meinem Namen die Angaben sehen, die ich in meinem Profil dafür ausgewählt habe. Ich kann "
        "jede Angabe dort jederzeit wieder verbergen."
    ),
}

LEGAL_TEXTS = {
    Purpose.PRIVACY_NOTICE: LegalText.Name.PRIVACY,
    Purpose.NEWSLETTER: LegalText.Name.CONSENT_NEWSLETTER,
    Purpose.VISIBILITY: LegalText.Name.CONSENT_VISIBILITY,
}


@dataclass(frozen=True)
class Wording:
    """What is agreed to. `body` is Markdown; empty where the page of the privacy notice itself is the wording."""

    version: str
    body: str
    text: LegalText | None = None


def wording_in_force(purpose: Purpose, language: str) -> Wording:
    """The newest version that the project office published in that language, else the words of the software."""
    text = LegalText.objects.filter(name=LEGAL_TEXTS[purpose], language=language).order_by("-number").first()
    if text:
        return Wording(str(text.number), text.body, text)
    version = PRIVACY_NOTICE_VERSION if purpose == Purpose.PRIVACY_NOTICE else SOFTWARE_VERSION
    with translation.override(language):
        return Wording(version, str(SOFTWARE_WORDINGS.get((purpose, version), "")))


def wording_of(event: ConsentEvent) -> Wording:
    """What was on the screen at that time, also if other words are in force by now."""
    if event.text:
        return Wording(event.version, event.text.body, event.text)
    return Wording(event.version, str(SOFTWARE_WORDINGS.get((Purpose(event.purpose), event.version), "")))


def note_privacy_notice(*, person: Stakeholder, channel: str = Channel.WEB) -> ConsentEvent:
    return _add(Purpose.PRIVACY_NOTICE, given=True, language=person.language, person=person, channel=channel)


def note_visibility(person: Stakeholder, shown: set[str], channel: str = Channel.WEB) -> None:
    """Follows the switches of the profile; `shown` are names out of Stakeholder.VISIBLE, none of them: withdrawn.

    Called in the transaction that changes the switches, after locking the person. Without a change it adds nothing.
    """
    scope = ",".join(sorted(shown))
    if scope == visible_scope(person):
        return
    event = _add(
        Purpose.VISIBILITY, given=bool(shown), language=person.language, person=person, channel=channel, scope=scope
    )
    verb = StakeholderVerb.CONSENT_GIVEN if shown else StakeholderVerb.CONSENT_WITHDRAWN
    record(verb, actor=person, target=person, facts={"purpose": event.purpose, "shown": sorted(shown)})


def visible_scope(person: Stakeholder) -> str:
    """What the last event of this purpose says; empty if there is none or it was withdrawn."""
    newest = ConsentEvent.objects.filter(person=person, purpose=Purpose.VISIBILITY).order_by("-pk").first()
    return newest.scope if newest and newest.given else ""


@transaction.atomic
def withdraw_visibility(*, person: Stakeholder) -> None:
    """Hides everything at once; the switches of the profile follow."""
    locked: Stakeholder = Stakeholder.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    switches = [f"shows_{name}" for name in Stakeholder.VISIBLE]
    if any(getattr(locked, switch) for switch in switches):
        for switch in switches:
            setattr(locked, switch, False)
        locked.profile_version += 1
        locked.save(update_fields=[*switches, "profile_version"])
    note_visibility(locked, set())


def note_newsletter(*, subscription: Subscription, given: bool, channel: str = Channel.WEB) -> ConsentEvent:
    """Called in the transaction that confirms or ends the subscription."""
    return _add(
        Purpose.NEWSLETTER,
        given=given,
        language=subscription.language,
        person=subscription.person,
        subscription=subscription,
        channel=channel,
    )


def scope_text(event: ConsentEvent) -> str:
    """The shown fields in words; empty for purposes without a choice."""
    labels = {
        "function": _("Funktion"),
        "organisation": _("Organisation"),
        "group": _("Akteursgruppe"),
        "district": _("Kreis"),
    }
    return ", ".join(labels.get(name, name) for name in event.scope.split(",") if name)


def _add(
    purpose: Purpose,
    *,
    given: bool,
    language: str,
    channel: str,
    person: Stakeholder | None,
    subscription: Subscription | None = None,
    scope: str = "",
) -> ConsentEvent:
    wording = wording_in_force(purpose, language)
    return ConsentEvent.objects.create(
        purpose=purpose,
        given=given,
        version=wording.version,
        text=wording.text,
        channel=channel,
        person=person,
        subscription=subscription,
        scope=scope,
    )
