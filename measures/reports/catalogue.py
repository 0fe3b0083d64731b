"""Measures of the catalogue as a file for everybody: what the page of each says, and where it stands."""

from collections.abc import Callable, Iterable

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from measures.models import Measure
from publishing.document import Document, Section, TableBlock
from publishing.tables import Column, Table


def catalogue_document(measures: Iterable[Measure], absolute: Callable[[str], str], language: str) -> Document:
    """`absolute` makes a full address of a path; measures come with field, topics and districts."""
    section = Section(_("Maßnahmen"), "massnahmen", (TableBlock(_table(measures, absolute)),))
    return Document(
        _("Maßnahmen der ZukunftsWerkstatt INDUSTRIE"),
        language,
        timezone.localdate(),
        (section,),
        publisher=_("ZukunftsWerkstatt INDUSTRIE, Projektbüro"),
    )


def _table(measures: Iterable[Measure], absolute: Callable[[str], str]) -> Table:
    columns = (
        Column("slug", _("Kurzname in der Adresse")),
        Column("title", _("Titel")),
        Column("field_of_action", _("Handlungsfeld")),
        Column("status", _("Stand")),
        Column("summary", _("Kurzfassung")),
        Column("topics", _("Themen")),
        Column("districts", _("Kreise")),
        Column("source", _("Quelle")),
        Column("changed", _("geändert am"), "date"),
        Column("address", _("Adresse")),
    )
    rows = tuple(
        (
            measure.slug,
            str(measure),
            str(measure.field_of_action),
            measure.get_status_display(),
            measure.local_summary,
            "; ".join(map(str, measure.topics.all())),
            "; ".join(map(str, measure.districts.all())),
            measure.source,
            localdate(measure.changed_at),
            absolute(measure.get_absolute_url()),
        )
        for measure in measures
    )
    notes = (_("Wo kein Kreis steht, gilt die Maßnahme für ganz Sachsen."),)
    return Table("measures", _("Maßnahmen"), columns, rows, notes, name=_("Maßnahmen"), row_header="title", main=True)
