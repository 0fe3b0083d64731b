"""The rounds with their versions as the ministry's room lists them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.db.models import Count

from measures.models import AssessmentRound, Ranking, ReportLink
from measures.reports.report_use import Use, uses


@dataclass(frozen=True)
class VersionRow:
    """`links` are those that open it now. `earlier` is the version before; `same_figures`: only what stands beside the
    figures has changed since."""

    ranking: Ranking
    use: Use
    links: int
    earlier: int | None
    same_figures: bool


@dataclass(frozen=True)
class RoundRow:
    round: AssessmentRound
    versions: Sequence[VersionRow]


def rows(rounds: Iterable[AssessmentRound]) -> list[RoundRow]:
    """Two queries for all rounds of the page, whose versions are prefetched as `listed_rankings`, the latest first."""
    listed: list[tuple[AssessmentRound, list[Ranking]]] = [
        (row, row.listed_rankings)  # type: ignore[attr-defined]
        for row in rounds
    ]
    rankings = [ranking for _round, versions in listed for ranking in versions]
    used, open_links = uses(rankings), _open_links(rankings)
    return [
        RoundRow(row, [_version(pair, used, open_links) for pair in zip_longest(versions, versions[1:])])
        for row, versions in listed
    ]


def _version(pair: tuple[Ranking, Ranking | None], used: dict[int, Use], open_links: dict[int, int]) -> VersionRow:
    ranking, earlier = pair
    return VersionRow(
        ranking=ranking,
        use=used.get(ranking.pk, Use()),
        links=open_links.get(ranking.pk, 0),
        earlier=earlier.version if earlier else None,
        same_figures=earlier is not None and earlier.hash == ranking.hash,
    )


def _open_links(rankings: list[Ranking]) -> dict[int, int]:
    links = ReportLink.objects.valid().filter(ranking__in=rankings).order_by().values_list("ranking")
    return dict(links.annotate(count=Count("pk")))
