"""Who fetched a frozen version when, as the log tells it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page
from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _

from measures.models import Ranking, ReportLink
from measures.verbs import MeasureVerb
from stakeholders.models import AuditEntry, Stakeholder
from stakeholders.paging import page_of
from stakeholders.permissions import may_read_reports

FORMATS = {
    "pdf": "PDF",
    "xlsx": "XLSX",
    "csv": "CSV",
    "alle.csv": "CSV",
    "json": "JSON",
}


@dataclass(frozen=True)
class Use:
    """How often the files of a version were fetched, and when last."""

    count: int = 0
    last: datetime | None = None


@dataclass(frozen=True)
class Download:
    at: datetime
    who: str
    format: str


def uses(rankings: Iterable[Ranking]) -> dict[int, Use]:
    """By key of the ranking, in one query for all of them."""
    rows = _entries([ranking.pk for ranking in rankings]).order_by().values("target_id")
    found = rows.annotate(count=Count("pk"), last=Max("at"))
    return {row["target_id"]: Use(row["count"], row["last"]) for row in found if row["target_id"]}


def downloads(ranking: Ranking, number: str | None) -> tuple[Page[AuditEntry], list[Download]]:
    """A page of them, the latest first. Whoever is no reader of reports is told of without the name."""
    page = page_of(_entries([ranking.pk]).select_related("actor").order_by("-at", "-pk"), number)
    purposes = dict(ReportLink.objects.filter(ranking=ranking).values_list("pk", "purpose"))
    return page, [_download(entry, purposes) for entry in page]


def _entries(rankings: list[int]) -> QuerySet[AuditEntry]:
    about = ContentType.objects.get_for_model(Ranking)
    return AuditEntry.objects.filter(
        target_type=about, target_id__in=rankings, verb=MeasureVerb.REPORT_DOWNLOADED.value
    )


def _download(entry: AuditEntry, purposes: dict[int, str]) -> Download:
    extension = str(entry.facts.get("format", ""))
    return Download(entry.at, _who(entry, purposes), FORMATS.get(extension, extension))


def _who(entry: AuditEntry, purposes: dict[int, str]) -> str:
    link = entry.facts.get("link")
    if link is not None:
        return _("über Link %(number)s: %(purpose)s") % {"number": link, "purpose": purposes.get(link, "–")}
    return _name(entry.actor)


def _name(person: Stakeholder | None) -> str:
    if person is None:
        return _("gelöschtes Konto")
    return str(person) if may_read_reports(person) else _("jemand mit Konto")
