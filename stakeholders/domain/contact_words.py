"""What the cells of a list of contacts mean: which group, district or topic is named, which day, which language."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.contact_columns import label
from stakeholders.domain.table_file import quoted
from stakeholders.models import District, StakeholderGroup, Topic

INTERESTS = {"thesen": "wants_theses", "ergebnisse": "wants_results", "veranstaltungen": "wants_events"}
NEWSLETTER = "newsletter"
EARLIEST_CONSENT = date(2000, 1, 1)
LANGUAGES = {"": "de", "de": "de", "deutsch": "de", "german": "de", "en": "en", "englisch": "en", "english": "en"}


class Misfit(Exception):
    """A value means nothing here; the text is a finished sentence for the row."""


@dataclass(frozen=True)
class Vocabulary:
    """Names in small letters -> primary keys; a name that fits more than one is ambiguous."""

    groups: dict[str, set[int]]
    districts: dict[str, set[int]]
    topics: dict[str, set[int]]

    def one(self, column: str, text: str) -> int | None:
        """Of a group or a district. Raises Misfit when the name is unknown or fits several."""
        if not text:
            return None
        found = (self.groups if column == "group" else self.districts).get(text.lower(), set())
        values = {"column": label(column), "value": text[:60]}
        if not found:
            raise Misfit(_("»%(column)s«: »%(value)s« ist nicht bekannt.") % values)
        if len(found) > 1:
            raise Misfit(_("»%(column)s«: »%(value)s« ist mehrdeutig, meinen Sie Stadt oder Landkreis?") % values)
        return next(iter(found))

    def several_topics(self, text: str) -> tuple[int, ...]:
        names = parts(text)
        unknown = [name for name in names if name.lower() not in self.topics]
        if unknown:
            raise Misfit(_("Unbekannte Themen: %(names)s.") % {"names": quoted(unknown)})
        return tuple(dict.fromkeys(next(iter(self.topics[name.lower()])) for name in names))


def read_vocabulary() -> Vocabulary:
    """Four queries, whatever the length of the list."""
    districts = District.objects.all()
    return Vocabulary(
        groups=_by_name((group.pk, (group.key, group.name, group.name_en)) for group in StakeholderGroup.objects.all()),
        districts=_by_name((district.pk, _district_names(district)) for district in districts),
        topics=_by_name((topic.pk, (topic.key, topic.name, topic.name_en)) for topic in Topic.objects.all()),
    )


def parts(text: str) -> list[str]:
    """Several values in one cell."""
    return list(dict.fromkeys(part.strip() for part in re.split(r"[;|]", text) if part.strip()))


def language_of(text: str) -> str:
    found = LANGUAGES.get(text.lower())
    if found is None:
        raise Misfit(_("»Sprache«: »%(value)s« ist nicht möglich, nur »de« oder »en«.") % {"value": text})
    return found


def interests_of(text: str) -> tuple[str, ...]:
    """Names of the fields of Stakeholder, and NEWSLETTER."""
    known = {**INTERESTS, "rundbrief": NEWSLETTER}
    unknown = [name for name in parts(text) if name.lower() not in known]
    if unknown:
        raise Misfit(_("Unbekannte Interessen: %(names)s.") % {"names": quoted(unknown)})
    return tuple(dict.fromkeys(known[name.lower()] for name in parts(text)))


def day_of(text: str) -> date | None:
    """`7.3.2026` or `2026-03-07`, not in the future."""
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", text)
    ordered = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else text
    try:
        day = date.fromisoformat(ordered)
    except ValueError:
        example = _("»Einwilligung am«: »%(value)s« ist kein Tag. Schreiben Sie ihn wie 7.3.2026.")
        raise Misfit(example % {"value": text}) from None
    if day > timezone.localdate():
        raise Misfit(_("»Einwilligung am« liegt in der Zukunft."))
    if day < EARLIEST_CONSENT:
        raise Misfit(_("»Einwilligung am« liegt zu lange zurück. Bitte prüfen Sie das Jahr."))
    return day


def _by_name(rows: Iterable[tuple[int, Iterable[str]]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for number, names in rows:
        for name in names:
            if name:
                found[name.lower()].add(number)
    return dict(found)


def _district_names(district: District) -> list[str]:
    """As the catalogue of the official keys writes it, and as people do: »Stadt Leipzig«, »Landkreis Leipzig«."""
    name = district.name
    names = [name, district.name_en, district.key, district.key.removesuffix("000"), district.nuts]
    town, county = name.removesuffix(", Stadt"), name.removesuffix(" (Landkreis)")
    if town != name:
        names += [town, f"Stadt {town}", f"{town} Stadt", f"{town} (Stadt)"]
    elif district.nuts:
        names += [county, f"Landkreis {county}", f"LK {county}", f"Kreis {county}"]
    return names
