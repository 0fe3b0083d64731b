"""A published report as catalogues of open data read it: DCAT-AP.de 2.0 in JSON-LD.

Without `dct:license` and `dcatde:contributorID`: terms of use and the number in the national catalogue are for the
ministry to give. Terms: https://www.dcat-ap.de/def/dcatde/2.0/spec/
"""

from collections.abc import Callable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from measures.models import Ranking
from measures.reports.frozen import Frozen
from stakeholders.address import address

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
AUTHORITY = "http://publications.europa.eu/resource/authority"
IANA = "http://www.iana.org/assignments/media-types"
SAXONY = "http://dcat-ap.de/def/politicalGeocoding/stateKey/14"
STATE_LEVEL = "http://dcat-ap.de/def/politicalGeocoding/Level/state"
FILES = (
    ("pdf", "PDF", "application/pdf"),
    ("xlsx", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("csv", "CSV", "text/csv"),
    ("json", "JSON", "application/json"),
)


def catalogue_record(ranking: Ranking, absolute: Callable[[str], str]) -> dict[str, Any]:
    """`absolute` makes a full address of a path. The ratings themselves are listed only if they are open."""
    with translation.override("de"):
        page = absolute(ranking.get_absolute_url())
        place = (ranking.round.slug, ranking.version)
        files = [
            _distribution(page, absolute(address("measures:report_download", *place, extension)), kind, media)
            for extension, kind, media in FILES
        ]
        if ranking.labels.get("open_data"):
            data = absolute(address("measures:report_data", *place))
            files.append(_distribution(page, data, "JSON", "application/gzip"))
        return {"@context": CONTEXT, **_dataset(ranking, page, absolute), "dcat:distribution": files}


def _dataset(ranking: Ranking, page: str, absolute: Callable[[str], str]) -> dict[str, Any]:
    german, english = Frozen(ranking, "de"), Frozen(ranking, "en")
    office = {"@type": "foaf:Organization", "foaf:name": _("ZukunftsWerkstatt INDUSTRIE, Projektbüro")}
    return {
        "@id": page,
        "@type": "dcat:Dataset",
        "dct:identifier": ranking.hash,
        "dct:title": [_text(german.title, "de"), _text(english.title, "en")],
        "dct:description": [_text(german.question, "de"), _text(english.question, "en")],
        "dcat:landingPage": {"@id": page},
        "dcat:version": str(ranking.version),
        "dct:issued": _moment(ranking.created_at.isoformat()),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _moment(german.opened.isoformat()),
            "dcat:endDate": _moment(german.closed.isoformat()),
        },
        "dct:publisher": office,
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": office["foaf:name"],
            "vcard:hasURL": {"@id": absolute(address("contact"))},
        },
        "dct:language": [{"@id": f"{AUTHORITY}/language/{code}"} for code in ("DEU", "ENG")],
        "dcat:theme": [{"@id": f"{AUTHORITY}/data-theme/{code}"} for code in ("ECON", "GOVE")],
        "dcat:keyword": [_text(word, "de") for word in ("Beteiligung", "Industriepolitik", "Priorisierung", "Sachsen")],
        "dcatde:politicalGeocodingURI": {"@id": SAXONY},
        "dcatde:politicalGeocodingLevelURI": {"@id": STATE_LEVEL},
    }


def _distribution(page: str, file: str, kind: str, media: str) -> dict[str, Any]:
    return {
        "@id": file,
        "@type": "dcat:Distribution",
        "dcat:accessURL": {"@id": page},
        "dcat:downloadURL": {"@id": file},
        "dct:format": {"@id": f"{AUTHORITY}/file-type/{kind}"},
        "dcat:mediaType": {"@id": f"{IANA}/{media}"},
    }


def _text(text: str, language: str) -> dict[str, str]:
    return {"@value": text, "@language": language}


def _moment(moment: str) -> dict[str, str]:
    return {"@value": moment, "@type": "xsd:dateTime"}
