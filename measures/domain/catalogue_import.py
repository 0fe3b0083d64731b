"""Taking over the catalogue from a file: uploaded, tried without writing anything, then written as a whole or not."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.domain.catalogue import publish_measures, withdraw_measures
from measures.domain.catalogue_check import Outcome, Plan, counts_of, fingerprint, plan_catalogue
from measures.domain.catalogue_file import read_catalogue
from measures.models import CatalogueImport, Measure
from measures.verbs import MeasureVerb
from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder

State = CatalogueImport.State

RELATIONS = ("topics", "districts")


@transaction.atomic
def upload_catalogue(*, content: bytes, file_name: str, actor: Stakeholder) -> CatalogueImport:
    """Keep a file that can be read. Raises Refusal for any other; what its rows say is seen in the dry run."""
    try:
        read_catalogue(content)
    except Refusal as refusal:
        raise Refusal(refusal.sentence, field="file") from refusal
    return CatalogueImport.objects.create(content=content, file_name=file_name[:200], created_by=actor)


def try_catalogue(catalogue_import: CatalogueImport) -> tuple[list[Plan], list[str]]:
    """What would happen to every row if the file were taken over now, and remarks on the file as a whole."""
    found = read_catalogue(bytes(catalogue_import.content))
    return plan_catalogue(found.rows), found.remarks


@transaction.atomic
def take_catalogue(*, catalogue_import: CatalogueImport, seen: str, actor: Stakeholder) -> None:
    """Write every row or none. Taking over twice is harmless.

    `seen` is the fingerprint of the dry run that the actor read. Raises Refusal when the catalogue was changed since,
    when a row is at fault, or when the file was thrown away.
    """
    row = _locked(catalogue_import)
    if row.state == State.DONE:
        return
    if row.state == State.DISCARDED:
        raise Refusal(_("Diese Datei ist verworfen. Bitte laden Sie sie noch einmal hoch."))
    plans = plan_catalogue(read_catalogue(bytes(row.content)).rows, lock=True)
    if any(plan.faults for plan in plans):
        raise Refusal(_("Die Datei enthält Fehler. Bitte berichtigen Sie sie und laden Sie sie noch einmal hoch."))
    if fingerprint(plans) != seen:
        raise Refusal(_("Der Katalog wurde inzwischen geändert. Bitte sehen Sie sich die Prüfung noch einmal an."))
    try:
        with transaction.atomic():
            _write(plans, actor)
    except IntegrityError as error:
        raise Refusal(
            _("Inzwischen gibt es eine dieser Maßnahmen. Bitte sehen Sie sich die Prüfung neu an.")
        ) from error
    row.counts = counts_of(plans)
    _finish(row, State.DONE)
    record(MeasureVerb.CATALOGUE_IMPORTED, actor=actor, target=row, label=_label(row), facts={**row.counts})


@transaction.atomic
def discard_catalogue(*, catalogue_import: CatalogueImport, actor: Stakeholder) -> None:
    """Discarding twice is harmless."""
    row = _locked(catalogue_import)
    if row.state == State.DISCARDED:
        return
    if row.state == State.DONE:
        raise Refusal(_("Diese Datei ist schon übernommen und lässt sich nicht mehr verwerfen."))
    _finish(row, State.DISCARDED)
    record(MeasureVerb.CATALOGUE_DISCARDED, actor=actor, target=row, label=_label(row))


def _write(plans: list[Plan], actor: Stakeholder) -> None:
    """Relations come last, because rows may name measures that are further down in the file."""
    written = [(plan, _written(plan)) for plan in plans if plan.outcome in (Outcome.CREATED, Outcome.CHANGED)]
    by_slug = dict(Measure.objects.filter(slug__in=_named(plans)).values_list("slug", "pk"))
    for plan, measure in written:
        for name in RELATIONS:
            if name in plan.values:
                getattr(measure, name).set(plan.values[name])
        if "related" in plan.values:
            measure.related.set([by_slug[slug] for slug in plan.values["related"]])
    publish_measures(measures=_with_publication(written, True), actor=actor)
    withdraw_measures(measures=_with_publication(written, False), actor=actor)


def _written(plan: Plan) -> Measure:
    """What is new starts hidden, and is published like everything else."""
    measure = plan.measure or Measure(published=False)
    fields = [name for name in plan.values if name not in (*RELATIONS, "related", "published")]
    for name in fields:
        setattr(measure, name, plan.values[name])
    if plan.measure is None:
        measure.save()
    else:
        measure.save(update_fields=[*fields, "changed_at"])
    return measure


def _named(plans: list[Plan]) -> set[str]:
    return {slug for plan in plans for slug in plan.values.get("related", ())}


def _with_publication(written: Iterable[tuple[Plan, Measure]], published: bool) -> list[Measure]:
    return [measure for plan, measure in written if plan.values.get("published") is published]


def _finish(row: CatalogueImport, state: State) -> None:
    row.state, row.content, row.finished_at = state, b"", timezone.now()
    row.save(update_fields=["state", "content", "counts", "finished_at"])


def _locked(catalogue_import: CatalogueImport) -> CatalogueImport:
    return CatalogueImport.objects.select_for_update(of=("self",), no_key=True).get(pk=catalogue_import.pk)


def _label(row: CatalogueImport) -> str:
    """By number: the name of a file may name people, and the audit log forgets nothing."""
    return f"{CatalogueImport._meta.verbose_name} {row.pk}"
