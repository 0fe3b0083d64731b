from dataclasses import dataclass

from measures.models import Measure, Ranking
from publishing.charts.intervals import Status


@dataclass(frozen=True)
class Standing:
    """Where a measure stands in one ranking; `rank` None: rated, but by too few to be ranked."""

    ranking: Ranking
    ranked: int
    top: int
    rank: int | None = None
    score: float | None = None
    rank_set: tuple[int, int] | None = None
    status: Status = "plain"


def standing(measure: Measure) -> Standing | None:
    """In the latest published ranking of a round with this measure; None if there is none.

    The one frozen last is also the latest version of its round.
    """
    rankings = Ranking.objects.published().filter(round__measures=measure).select_related("round")
    shown = ("version", "result", "round__slug", "round__title", "round__title_en")
    ranking = rankings.only(*shown).order_by("-created_at", "-pk").first()
    if ranking is None:
        return None
    result = ranking.result
    ranked, top = len(result["measures"]), result["options"]["top"]
    entry = next((row for row in result["measures"] if row["key"] == measure.slug), None)
    if entry is None:
        return Standing(ranking, ranked, top)
    rank_set = entry["rank_set"] and (entry["rank_set"][0], entry["rank_set"][1])
    return Standing(ranking, ranked, top, entry["rank"], entry["score"], rank_set, entry["status"] or "plain")
