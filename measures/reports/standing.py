from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, IntegerField, JSONField, OuterRef, QuerySet, Subquery, Value

from measures.models import AssessmentRound, Measure, Ranking
from publishing.charts.intervals import Status

RANKED = Func(F("result__measures"), function="jsonb_array_length", output_field=IntegerField())


@dataclass(frozen=True)
class Standing:
    """Where a measure stands in one ranking; `rank` None: rated, but by too few to be ranked.

    `ranking` and its round are good for a link only: nothing but name and address is in them.
    """

    ranking: Ranking
    ranked: int
    top: int
    rank: int | None = None
    score: float | None = None
    rank_set: tuple[int, int] | None = None
    status: Status = "plain"


@dataclass(frozen=True)
class Order:
    """Measures by their addresses, the best first; of the ranking only what a link needs."""

    ranking: Ranking
    slugs: list[str]


def latest_order() -> Order | None:
    """Of the ranking published last, whatever its round; one query that reads no more than the addresses."""
    slugs = Func(F("result"), Value("$.measures[*].key"), function="jsonb_path_query_array", output_field=JSONField())
    rankings = Ranking.objects.published().order_by("-created_at", "-pk")
    found = rankings.values("version", "round__slug", "round__title", "round__title_en", slugs=slugs).first()
    return None if found is None else Order(_linked(dict(found)), found["slugs"])


def standing(measure: Measure) -> Standing | None:
    """In the latest published ranking of a round with this measure; None if there is none.

    The one frozen last is also the latest version of its round.
    """
    rankings = Ranking.objects.published().filter(round__measures=measure)
    return _first(rankings.order_by("-created_at", "-pk"), measure)


def with_latest_ranking(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    """Adds `latest_ranking`, the number of the ranking that `standing` reads: what was drawn of another one is old."""
    rankings = Ranking.objects.published().filter(round__measures=OuterRef("pk"))
    return measures.annotate(latest_ranking=Subquery(rankings.order_by("-created_at", "-pk").values("pk")[:1]))


def standing_in(ranking: Ranking, measure: Measure) -> Standing | None:
    """In this ranking, whatever came later."""
    return _first(Ranking.objects.filter(pk=ranking.pk), measure)


def _first(rankings: QuerySet[Ranking], measure: Measure) -> Standing | None:
    shown = ("version", "round__slug", "round__title", "round__title_en", "round__top")
    found = rankings.values(*shown, ranked=RANKED, entry=_entry(measure)).first()
    if found is None:
        return None
    ranking = _linked(found)
    ranked, top, entry = found["ranked"], found["round__top"], found["entry"]
    if entry is None:
        return Standing(ranking, ranked, top)
    rank_set = entry["rank_set"] and (entry["rank_set"][0], entry["rank_set"][1])
    return Standing(ranking, ranked, top, entry["rank"], entry["score"], rank_set, entry["status"] or "plain")


def _linked(found: dict[str, Any]) -> Ranking:
    names = {name: found[f"round__{name}"] for name in ("slug", "title", "title_en")}
    return Ranking(version=found["version"], round=AssessmentRound(**names))


def _entry(measure: Measure) -> Func:
    """The measure's own row of the result, None if it has no rank. The whole result is some hundred times as large."""
    key = Value({"key": measure.slug}, JSONField())
    path = Value("$.measures[*] ? (@.key == $key)")
    return Func(F("result"), path, key, function="jsonb_path_query_first", output_field=JSONField())
