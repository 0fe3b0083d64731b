"""Two entries for one organisation become one; nothing that pointed at the old entry is lost."""

from collections.abc import Iterator

import pghistory.models
from django.db import models, transaction
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.mandate import close
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Mandate, Organisation, Stakeholder
from stakeholders.verbs import StakeholderVerb

FILLED = ("kind", "group", "district", "size_class", "website")
"""Taken over from the old entry where the remaining one says nothing."""


@transaction.atomic
def merge(*, source: Organisation, target: Organisation, actor: Stakeholder) -> dict[str, int]:
    """Everything of every app that points at `source` points at `target` afterwards; returns how many rows by model.

    `source` stays as a signpost: old links and its name lead to `target`. Somebody with mandates in both keeps the one
    that reaches further. Only the history of the old entry stays its own. Merging the same again changes nothing.
    """
    if not actor.is_staff:
        raise Refusal(_("Organisationen führt das Projektbüro zusammen."))
    if source.pk == target.pk:
        raise Refusal(_("Bitte wählen Sie zwei verschiedene Organisationen."))
    # No more than this: a thesis that is just being submitted for the organisation holds its mandate, see below.
    rows = Organisation.objects.select_for_update(no_key=True).order_by("pk").in_bulk([source.pk, target.pk])
    source, target = rows[source.pk], rows[target.pk]
    if source.merged_into_id == target.pk:
        return {}
    if source.merged_into_id or target.merged_into_id:
        raise Refusal(
            _("Eine der beiden Organisationen ist bereits in einer anderen aufgegangen. Bitte prüfen Sie die Liste.")
        )
    counts = _move_all(source, target, actor)
    _fill(target, source)
    source.merged_into = target
    source.save(update_fields=("merged_into",))
    facts: dict[str, object] = {"merged": source.pk, "name": source.name, "moved": counts}
    record(StakeholderVerb.ORGANISATION_MERGED, actor=actor, target=target, facts=facts)
    return counts


def pointing_fields() -> Iterator["models.ForeignKey[models.Model, models.Model]"]:
    """Every foreign key to an organisation in all apps, also those inside many-to-many fields; not the history.

    People come first and mandates second: whoever submits something under a mandate locks them in this order.
    """
    relations = [
        relation
        for relation in Organisation._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel) and not issubclass(relation.related_model, pghistory.models.Event)
    ]
    first = {Stakeholder: 0, Mandate: 1}
    relations.sort(key=lambda relation: (first.get(relation.related_model, 2), relation.related_model._meta.label))
    for relation in relations:
        yield relation.field


def what_moves(source: Organisation) -> list[tuple[str, int]]:
    """For the eyes of the office before it decides: what, and how many."""
    found = ((_title(field), _rows(field, source).count()) for field in pointing_fields())
    return [(title, count) for title, count in found if count]


def _move_all(source: Organisation, target: Organisation, actor: Stakeholder) -> dict[str, int]:
    counts = {}
    for field in pointing_fields():
        if field.model is Mandate:
            _settle_mandates(source, target, actor)
        elif field.model._meta.auto_created:
            _drop_twins(field, source, target)
        moved = _rows(field, source).update(**{field.name: target})
        if moved:
            counts[field.model._meta.label] = moved
    return counts


def _rows(
    field: "models.ForeignKey[models.Model, models.Model]", organisation: Organisation
) -> models.QuerySet[models.Model]:
    return field.model._base_manager.filter(**{field.name: organisation})


def _title(field: "models.ForeignKey[models.Model, models.Model]") -> str:
    """A row of a many-to-many field is called like what it leads to."""
    if field.model._meta.auto_created:
        return str(_other_side(field).related_model._meta.verbose_name_plural)
    if field.model is Organisation:
        return _("frühere Namen")
    return str(field.model._meta.verbose_name_plural)


def _other_side(
    field: "models.ForeignKey[models.Model, models.Model]",
) -> "models.ForeignKey[models.Model, models.Model]":
    keys = [other for other in field.model._meta.fields if isinstance(other, models.ForeignKey)]
    return next(other for other in keys if other.name != field.name)


def _drop_twins(
    field: "models.ForeignKey[models.Model, models.Model]", source: Organisation, target: Organisation
) -> None:
    """A tag that both have stands there once."""
    other = _other_side(field).attname
    known = _rows(field, target).values(other)
    _rows(field, source).filter(**{f"{other}__in": known}).delete()


def _settle_mandates(source: Organisation, target: Organisation, actor: Stakeholder) -> None:
    """Of two open mandates of one person the stronger stays; the other ends without a mail, because nothing is lost."""
    both = Mandate.objects.open().select_for_update(of=("self",), no_key=True).filter(organisation__in=(source, target))
    kept: dict[int, Mandate] = {}
    for row in sorted(both, key=_strength, reverse=True):
        if row.person_id in kept:
            close(row, actor)
        else:
            kept[row.person_id] = row


def _strength(mandate: Mandate) -> tuple[bool, bool, bool, int]:
    """Valid before requested before overdue, who decides before a deputy, then the later last day."""
    last_day = mandate.ends_on.toordinal() if mandate.ends_on else 0
    return (
        mandate.is_valid,
        mandate.state == Mandate.State.REQUESTED,
        mandate.kind == Mandate.Kind.SPEAKER,
        last_day,
    )


def _fill(target: Organisation, source: Organisation) -> None:
    missing = [name for name in FILLED if not getattr(target, name) and getattr(source, name)]
    for name in missing:
        setattr(target, name, getattr(source, name))
    if missing:
        target.save(update_fields=missing)
