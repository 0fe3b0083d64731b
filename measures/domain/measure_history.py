"""The versions of a measure, as the triggers of the database have kept them: who and when, what differs, restoring one.

Topics, districts, related measures and documents are no part of a version; they stay as they are today.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from django.apps import apps
from django.db import models, transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from measures.models import FieldOfAction, Measure
from measures.verbs import MeasureVerb
from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.who import CONTEXT, names_of, who
from stakeholders.domain.word_difference import Piece, word_difference
from stakeholders.models import Stakeholder

Values: TypeAlias = dict[str, Any]

RESTORED = (
    "field_of_action",
    "title",
    "title_en",
    "summary",
    "summary_en",
    "description",
    "description_en",
    "status",
    "source",
    "source_url",
    "position",
)
"""What restoring brings back; never the address of the page nor whether it is published."""

COMPARED = (*RESTORED, "published", "publish_at")
ENGLISH = ("title_en", "summary_en", "description_en")


@dataclass(frozen=True)
class Version:
    """`number` counts from 1; `changed` are names of fields that differ from the version before."""

    number: int
    event: int
    at: datetime
    who: str
    changed: tuple[str, ...]
    values: Values
    field_title: str


@dataclass(frozen=True)
class FieldDifference:
    label: str
    language: str
    pieces: list[Piece]


def versions_of(measure: Measure) -> list[Version]:
    """The newest first. Three queries however many there are."""
    rows = list(_events().filter(pgh_obj=measure).order_by("pgh_id").values("pgh_id", "pgh_created_at", *_READ))
    names = names_of(rows)
    fields = FieldOfAction.objects.in_bulk({row["field_of_action_id"] for row in rows})
    versions = []
    before: Values = {}
    for number, row in enumerate(rows, start=1):
        values = {name: row[_SOURCES[name]] for name in COMPARED}
        changed = tuple(label_of(name) for name in COMPARED if before and before[name] != values[name])
        title = str(fields.get(values["field_of_action"], _("ein Handlungsfeld, das es nicht mehr gibt")))
        versions.append(Version(number, row["pgh_id"], row["pgh_created_at"], who(row, names), changed, values, title))
        before = values
    return versions[::-1]


def differences(before: Version, after: Version, fields: tuple[str, ...] = COMPARED) -> list[FieldDifference]:
    """Word by word, only the fields that differ, in the order of the form."""
    return [
        FieldDifference(
            label_of(name),
            "en" if name in ENGLISH else "de",
            word_difference(_text(before, name), _text(after, name)),
        )
        for name in fields
        if before.values[name] != after.values[name]
    ]


@transaction.atomic
def restore_version(*, measure: Measure, number: int, seen: int, actor: Stakeholder) -> bool:
    """Make the texts of an earlier version those of today, as a new version; False when nothing differs.

    `seen` is the event of the newest version that the actor had before their eyes. Raises Refusal when somebody saved
    meanwhile, when there is no such version, or when its field of action is gone.
    """
    locked = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    versions = {version.number: version for version in versions_of(locked)}
    if not versions or max(version.event for version in versions.values()) != seen:
        raise Refusal(_("Inzwischen hat jemand diese Maßnahme geändert. Bitte sehen Sie sich die neue Fassung an."))
    version = versions.get(number)
    if version is None:
        raise Refusal(_("Diese Fassung gibt es nicht."))
    now = versions[max(versions)]
    changed = [name for name in RESTORED if now.values[name] != version.values[name]]
    if not changed:
        return False
    if not FieldOfAction.objects.filter(pk=version.values["field_of_action"]).exists():
        raise Refusal(_("Das Handlungsfeld dieser Fassung gibt es nicht mehr."))
    for name in changed:
        setattr(locked, _SOURCES[name], version.values[name])
    locked.save(update_fields=[*changed, "changed_at"])
    facts: dict[str, object] = {"version": number, "fields": changed}
    record(MeasureVerb.MEASURE_RESTORED, actor=actor, target=locked, facts=facts)
    return True


def status_history(measure: Measure) -> list[tuple[str, datetime]]:
    """Every status the measure took on and since when, the oldest first; the first is the one it began with."""
    return status_histories([measure.pk]).get(measure.pk, [])


def status_histories(measures: Iterable[int]) -> dict[int, list[tuple[str, datetime]]]:
    """The same for several measures, by their numbers, in one query."""
    found: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    events = _events().filter(pgh_obj__in=list(measures)).order_by("pgh_id")
    for number, status, at in events.values_list("pgh_obj_id", "status", "pgh_created_at"):
        steps = found[number]
        if not steps or steps[-1][0] != status:
            steps.append((status, at))
    return dict(found)


def label_of(name: str) -> str:
    return str(Measure._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _text(version: Version, name: str) -> str:
    value = version.values[name]
    if name == "field_of_action":
        return version.field_title
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, datetime):
        return date_format(localtime(value), "DATETIME_FORMAT")
    return str(Measure.Status(value).label) if name == "status" else str(value)


def _events() -> models.QuerySet[Any]:
    events: models.QuerySet[Any] = apps.get_model("measures", "MeasureEvent")._default_manager.all()
    return events


_SOURCES = {name: "field_of_action_id" if name == "field_of_action" else name for name in COMPARED}
_READ = (CONTEXT, *_SOURCES.values())
