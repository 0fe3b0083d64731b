"""The words by which the project office looks for people: names of fields and values as they stand in an address.

The same words make up the desk's address, a saved selection and the links of the coverage map.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import gettext_lazy as _

from stakeholders.models import Activity, District, Stakeholder, StakeholderGroup, Tag, Topic

Criteria: TypeAlias = dict[str, list[str]]

MOST_VALUES = 60
LONGEST_VALUE = 200
WITHOUT = "ohne"
"""In place of a group or district: people who have declared none."""
NOT_WITH = "nicht:"
"""Before the key of a thing: people of whom this is not known."""

KINDS = {
    "eingeladen": Activity.Kind.INVITED,
    "angemeldet": Activity.Kind.REGISTERED,
    "teilgenommen": Activity.Kind.ATTENDED,
    "beigetragen": Activity.Kind.CONTRIBUTED,
    "haltung": Activity.Kind.TOOK_STANCE,
    "bewertet": Activity.Kind.ASSESSED,
}
ROLES = {
    "akteur": Stakeholder.Role.STAKEHOLDER,
    "projektbuero": Stakeholder.Role.PROJECT_OFFICE,
    "ministerium": Stakeholder.Role.MINISTRY,
}
ORIGINS = {
    "selbst": Stakeholder.Origin.SELF,
    "erfasst": Stakeholder.Origin.OFFICE,
    "liste": Stakeholder.Origin.IMPORT,
}
INTERESTS = {"thesen": "wants_theses", "ergebnisse": "wants_results", "veranstaltungen": "wants_events"}

LABELS = {
    "q": _("Suche"),
    "gruppe": _("Akteursgruppe"),
    "kreis": _("Kreis"),
    "organisation": _("Organisation"),
    "thema": _("Thema"),
    "interesse": _("Interesse"),
    "schlagwort": _("Schlagwort"),
    "herkunft": _("Herkunft"),
    "zugang": _("Zugang"),
    "mail": _("E-Mail-Adresse"),
    "rolle": _("Rolle"),
    "aktiv": _("Aktiv in den letzten zwölf Monaten"),
    **{name: kind.label for name, kind in KINDS.items()},
}

YES_OR_NO = {"ja": _("ja"), "nein": _("nein")}
EVER_OR_LATELY = {
    "ja": _("ja, irgendwann"),
    "jahr": _("ja, in den letzten zwölf Monaten"),
    "nein": _("nein, noch nie"),
    "nicht-jahr": _("nein, nicht in den letzten zwölf Monaten"),
}
FIXED = {
    "interesse": {
        "thesen": _("Themen und Thesen einbringen"),
        "ergebnisse": _("Arbeit und Ergebnisse verfolgen"),
        "veranstaltungen": _("An Veranstaltungen teilnehmen"),
    },
    "herkunft": {name: origin.label for name, origin in ORIGINS.items()},
    "zugang": {
        "uebernommen": _("selbst genutzt"),
        "offen": _("noch nie genutzt"),
        "gesperrt": _("gesperrt"),
    },
    "mail": {"ja": _("vorhanden"), "nein": _("fehlt"), "unzustellbar": _("unzustellbar")},
    "rolle": {**{name: role.label for name, role in ROLES.items()}, "alle": _("alle Rollen")},
    "aktiv": YES_OR_NO,
    **dict.fromkeys(KINDS, EVER_OR_LATELY),
}
"""Fields whose words never change; for the history they stand beside the keys of things."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What groups, districts, topics and tags there are now: the word of the address to number and label."""

    numbers: Mapping[str, Mapping[str, int]]
    labels: Mapping[str, Mapping[str, str]]

    def choices(self, name: str) -> Mapping[str, str]:
        """What may be chosen for a field, in the order in which it is offered."""
        if name in self.labels:
            return self.labels[name]
        return {value: str(label) for value, label in FIXED.get(name, {}).items()}


def vocabulary() -> Vocabulary:
    """Four queries."""
    rows = {
        "gruppe": [(row.key, row.pk, str(row)) for row in StakeholderGroup.objects.all()],
        "kreis": [(row.key, row.pk, str(row)) for row in District.objects.all()],
        "thema": [(row.key, row.pk, str(row)) for row in Topic.objects.all()],
        "schlagwort": [(row.name, row.pk, row.name) for row in Tag.objects.all()],
    }
    labels = {name: {key: label for key, _number, label in found} for name, found in rows.items()}
    for name in ("gruppe", "kreis"):
        labels[name][WITHOUT] = str(_("ohne Angabe"))
    return Vocabulary({name: {key: number for key, number, _l in found} for name, found in rows.items()}, labels)


def criteria_of(values: Iterable[tuple[str, list[str]]]) -> Criteria:
    """The criteria in an address: without what is empty or no criterion, control characters and double values."""
    found = {}
    for name, given in values:
        clean = [" ".join(value.replace("\x00", " ").split())[:LONGEST_VALUE] for value in given[:MOST_VALUES]]
        kept = list(dict.fromkeys(value for value in clean if value))
        if name in LABELS and kept:
            found[name] = kept
    return found


def described(criteria: Criteria, words: Vocabulary) -> list[tuple[str, str]]:
    """Label and chosen values of each criterion, for reading; what is gone stands as it was written."""
    return [
        (str(LABELS[name]), ", ".join(value_label(name, value, words) for value in values))
        for name, values in in_order(criteria).items()
    ]


def in_order(criteria: Criteria) -> Criteria:
    """As the form shows them; the database keeps no order."""
    return {name: criteria[name] for name in LABELS if criteria.get(name)}


def value_label(name: str, value: str, words: Vocabulary) -> str:
    known = words.choices(name).get(value)
    if known is None and name in KINDS and value.startswith(NOT_WITH):
        return str(_("nicht bei %(thing)s")) % {"thing": value.removeprefix(NOT_WITH)}
    return known or value
