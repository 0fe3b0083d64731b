"""What the cells of a file with measures mean: which field of action, status, topic or district is named."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from measures.domain.catalogue_columns import german_status, joined, row_name
from measures.models import FieldOfAction, Measure
from stakeholders.domain.contact_words import Misfit, Vocabulary, parts, read_vocabulary
from stakeholders.domain.table_file import quoted
from stakeholders.models import District, Topic

TRUTHS = {"ja": True, "yes": True, "wahr": True, "true": True, "1": True, "x": True,
          "nein": False, "no": False, "falsch": False, "false": False, "0": False, "": False}  # fmt: skip


@dataclass(frozen=True)
class CatalogueWords:
    """`slugs` are those of stored measures and of the file; the other names are in small letters."""

    fields: dict[str, FieldOfAction]
    statuses: dict[str, str]
    vocabulary: Vocabulary
    topics: dict[int, str]
    districts: dict[int, str]
    slugs: set[str]

    def read(self, column: str, text: str) -> tuple[Any, str]:
        """The value and how the export writes it. Raises Misfit."""
        readers: dict[str, Callable[[str], tuple[Any, str]]] = {
            "field_of_action": self._field,
            "status": self._status,
            "topics": self._topics,
            "districts": self._districts,
        }
        return readers[column](text)

    def yes_or_no(self, text: str) -> bool:
        found = TRUTHS.get(text.lower())
        if found is None:
            raise Misfit(_("»%(value)s« ist nicht möglich, nur »ja« oder »nein«.") % {"value": text})
        return found

    def related(self, slug: str, others: list[str]) -> list[str]:
        if slug in others:
            raise Misfit(_("Eine Maßnahme kann nicht mit sich selbst verwandt sein."))
        unknown = [other[:60] for other in others if other not in self.slugs]
        if unknown:
            raise Misfit(_("Diese Kurznamen gibt es nicht: %(names)s.") % {"names": quoted(unknown)})
        return others

    def _field(self, text: str) -> tuple[FieldOfAction, str]:
        field = self.fields.get(text.lower())
        if field is None:
            raise Misfit(_("Dieses Handlungsfeld gibt es nicht: »%(value)s«.") % {"value": text[:60]})
        return field, field.slug

    def _status(self, text: str) -> tuple[str, str]:
        status = self.statuses.get(text.lower())
        if status is None:
            known = quoted(_labels("de"))
            sentence = _("Diesen Stand gibt es nicht: »%(value)s«. Möglich sind %(known)s.")
            raise Misfit(sentence % {"value": text[:60], "known": known})
        return status, german_status(status)

    def _topics(self, text: str) -> tuple[list[int], str]:
        numbers = list(self.vocabulary.several_topics(text))
        return numbers, joined(self.topics[number] for number in numbers)

    def _districts(self, text: str) -> tuple[list[int], str]:
        found = [self.vocabulary.one("district", name) for name in parts(text)]
        numbers = [number for number in dict.fromkeys(found) if number is not None]
        return numbers, joined(self.districts[number] for number in numbers)


def read_words(slugs: set[str]) -> CatalogueWords:
    """Seven queries, whatever the length of the file."""
    fields = list(FieldOfAction.objects.all())
    labels = {
        label.lower(): status
        for language in ("de", "en")
        for label, status in zip(_labels(language), Measure.Status.values, strict=True)
    }
    return CatalogueWords(
        fields={name.lower(): field for field in fields for name in (field.title_en, field.title, field.slug) if name},
        statuses=labels | {status: status for status in Measure.Status.values},
        vocabulary=read_vocabulary(),
        topics={topic.pk: row_name(topic) for topic in Topic.objects.all()},
        districts={district.pk: row_name(district) for district in District.objects.all()},
        slugs=slugs | set(Measure.objects.values_list("slug", flat=True)),
    )


def _labels(language: str) -> list[str]:
    with translation.override(language):
        return [str(label) for label in Measure.Status.labels]
