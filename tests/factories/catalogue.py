"""The catalogue as files, and a catalogue that is hard to carry in one."""

import csv
import io
from typing import Any

from openpyxl import Workbook

from measures.domain.catalogue_check import Plan, fingerprint, plan_catalogue
from measures.domain.catalogue_file import read_catalogue
from measures.domain.catalogue_import import take_catalogue, try_catalogue, upload_catalogue
from measures.models import CatalogueImport, Measure
from stakeholders.models import District, Stakeholder, Topic
from tests.factories.measures import FieldOfActionFactory, MeasureFactory

REQUIRED = {
    "slug": "neu",
    "field_of_action": "innovationspotenziale",
    "title": "Neue Maßnahme",
    "summary": "Kurz.",
    "status": "vorgeschlagen",
    "source": "Medieninformation",
}


def file_of(*rows: dict[str, str], header: list[str] | None = None, separator: str = ";") -> bytes:
    keys = header or list(dict.fromkeys(key for row in rows for key in row))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(keys)
    writer.writerows([row.get(key, "") for key in keys] for row in rows)
    return text.getvalue().encode()


def workbook_of(*rows: tuple[Any, ...]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    assert book.active
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def plans_of(*rows: dict[str, str]) -> list[Plan]:
    return plan_catalogue(read_catalogue(file_of(*rows)).rows)


def faults_of(**values: str) -> list[str]:
    (plan,) = plans_of(REQUIRED | values)
    return [f"{fault.label}: {fault.sentence}" for fault in plan.faults]


def take(content: bytes, actor: Stakeholder) -> CatalogueImport:
    row = upload_catalogue(content=content, file_name="katalog.csv", actor=actor)
    plans, _remarks = try_catalogue(row)
    take_catalogue(catalogue_import=row, seen=fingerprint(plans), actor=actor)
    row.refresh_from_db()
    return row


def rich_catalogue() -> list[Measure]:
    """Texts that are hard to carry: lists, formulas, quotes, line ends, separators, apostrophes, soft hyphens."""
    field = FieldOfActionFactory.create(slug="fachkraefte", title="Fachkräfte; und mehr")
    first = MeasureFactory.create(
        slug="erste",
        title='=1+1 "Titel"; mit, allem',
        title_en="@English",
        summary="Zeile eins\r\nZeile zwei\r\n",
        description="- Punkt\n- Punkt\n\n  eingerückt; \"so\", 'so'\n",
        description_en="'quoted'",
        field_of_action=field,
        status="in_implementation",
        source="-Quelle",
        source_url="https://example.org/?a=1&b=2",
        position=7,
    )
    second = MeasureFactory.create(slug="zweite", published=False, title="Weich\u00adtrennung  doppelt")
    topic = Topic.objects.create(key="geteilt", name="Gas; Wasserstoff")
    other = Topic.objects.create(key="digital", name="Digitales")
    districts = [
        District.objects.get_or_create(key=key, defaults={"name": name, "nuts": nuts})[0]
        for key, name, nuts in (("14713000", "Leipzig, Stadt", "DED51"), ("14729000", "Leipzig (Landkreis)", "DED52"))
    ]
    first.topics.set([topic, other])
    first.districts.set(districts)
    first.related.set([second])
    return [first, second]
