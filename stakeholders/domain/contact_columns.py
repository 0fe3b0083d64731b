"""The columns of a list of contacts: how they may be called, how long their values are, what may stand there."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.table_file import plain_header


@dataclass(frozen=True)
class Column:
    """`label` is the header of the template files and German whatever the language; `names` are also understood."""

    key: str
    label: str
    length: int
    meaning: Promise
    example: str = ""
    names: tuple[str, ...] = ()
    needs_consent: bool = False
    is_required: bool = False


COLUMNS = (
    Column("email", "E-Mail", 254, _("Daran erkennt das Portal bekannte Personen."), "kim.beispiel@example.org",
           ("e-mail-adresse", "mail", "mailadresse", "e-mail address"), is_required=True),
    Column("last_name", "Nachname", 80, _("So steht er neben Beiträgen."), "Beispiel",
           ("name", "familienname", "last name", "surname"), is_required=True),
    Column("first_name", "Vorname", 80, _("Darf leer sein."), "Kim", ("first name",)),
    Column("form_of_address", "Anrede", 40, _("So beginnen Briefe, auch mit Titel."), "Dr.", ("titel",)),
    Column("function", "Funktion", 120, _("Aufgabe in der Organisation."), "Leitung Produktion",
           ("position", "aufgabe", "function")),
    Column("organisation", "Organisation", 160,
           _("Eine bekannte wird am Namen erkannt, Groß- und Kleinschreibung zählt nicht. Eine neue wird angelegt."),
           "Musterguss GmbH", ("firma", "institution", "unternehmen", "einrichtung", "organization")),
    Column("group", "Gruppe", 120, _("Bezeichnung oder Schlüssel der Akteursgruppe."), "industrie",
           ("akteursgruppe", "group")),
    Column("district", "Kreis", 80, _("Name oder Schlüssel des Kreises, zum Beispiel »Landkreis Leipzig«."),
           "Mittelsachsen", ("landkreis", "kreis oder kreisfreie stadt", "district")),
    Column("language", "Sprache", 20, _("»de« oder »en«; leer heißt Deutsch."), "de", ("language",)),
    Column("tags", "Schlagwörter", 400, _("Mehrere mit Semikolon getrennt. Nur das Projektbüro sieht sie."),
           "Konferenz 2018; Gießerei", ("schlagworte", "schlagwort", "tags")),
    Column("topics", "Themen", 600, _("Mehrere mit Semikolon getrennt, Bezeichnung oder Schlüssel."),
           "Digitalisierung und Software", ("topics",), needs_consent=True),
    Column("interests", "Interessen", 200, _("»Thesen«, »Ergebnisse«, »Veranstaltungen«, »Rundbrief«."),
           "Ergebnisse; Rundbrief", ("interests",), needs_consent=True),
    Column("consent_on", "Einwilligung am", 20, _("Tag, an dem die Person eingewilligt hat, zum Beispiel 7.3.2026."),
           "07.03.2026", ("einwilligung", "datum der einwilligung", "consent on")),
)  # fmt: skip

BY_KEY = {column.key: column for column in COLUMNS}
LONGEST_TAG = 60


def label(key: str) -> str:
    return BY_KEY[key].label


def column_of(header: str) -> Column | None:
    """The column a header means, whatever capital letters, hyphens, spaces and umlauts it is written with."""
    return _BY_NAME.get(plain_header(header))


_BY_NAME = {plain_header(name): column for column in COLUMNS for name in (column.label, column.key, *column.names)}
