"""Two results side by side: who may compare which, what is shown, and what is said about reading it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from measures.domain.ranking import freeze
from measures.models import Assessment, AssessmentRound, Ranking
from measures.reports.comparison import build_comparison
from publishing.document import BulletList, Document
from publishing.tables import Table
from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.measures import AssessmentRoundFactory, MeasureFactory, rated_round
from tests.publishing.reading import read_page

WHERE = "measures:report_comparison"


def signed_in(person: Stakeholder | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def place(ranking: Ranking) -> str:
    return f"{ranking.round.slug}/{ranking.version}"


def second_round(first: AssessmentRound, **values: Any) -> AssessmentRound:
    """The same measures but the last one, and a new one, rated by others in another order."""
    later = rated_round(measures=3, people=(10, 12, 9), seed=3, **values)
    kept = list(first.measures.order_by("slug")[:2])
    for old, measure in zip(later.measures.order_by("slug")[:2], kept, strict=True):
        Assessment.objects.filter(round=later, measure=old).update(measure=measure)
        later.measures.remove(old)
        later.measures.add(measure)
    return later


@pytest.fixture
def pair(cast: Cast) -> tuple[Ranking, Ranking]:
    first = rated_round()
    later = second_round(first)
    return (
        freeze(assessment_round=first, actor=cast.project_office),
        freeze(assessment_round=later, actor=cast.project_office),
    )


def table(document: Document, key: str) -> Table:
    return next(table for table in document.tables() if table.key == key)


def listed(document: Document) -> list[str]:
    return [item for block in document.blocks() if isinstance(block, BulletList) for item in block.items]


def test_comparison_shows_ranks_scores_and_status_side_by_side(pair: tuple[Ranking, Ranking]) -> None:
    first, second = pair
    document = build_comparison(first, second, "de")
    before = {row["key"]: row for row in first.result["measures"]}
    after = {row["key"]: row for row in second.result["measures"]}
    shared = [key for key in after if key in before]
    assert len(shared) == 2
    for row, key in zip(table(document, "ranks").rows, shared, strict=True):
        assert row[1:3] == (before[key]["rank"], after[key]["rank"])
    for row, key in zip(table(document, "scores").rows, shared, strict=True):
        assert (row[1], row[3]) == (before[key]["score"], after[key]["score"])
        assert row[5] == after[key]["score"] - before[key]["score"]


def test_comparison_names_what_is_new_and_gone_and_warns(pair: tuple[Ranking, Ranking]) -> None:
    first, second = pair
    words = listed(build_comparison(first, second, "de"))
    before, after = ({row["key"] for row in ranking.result["measures"]} for ranking in pair)
    titles = {row["key"]: row["de"] for ranking in pair for row in ranking.labels["measures"]}
    assert {titles[key] for key in before ^ after} <= set(words)
    assert any("nicht dieselben Maßnahmen" in text for text in words)
    assert not any("Kriterien sind verschieden" in text for text in words)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"min_raters": 3}, "Regeln der Auswertung sind verschieden"),
        ({"question": "Was fehlt?"}, "Die Frage der Runde ist eine andere"),
    ],
)
def test_comparison_warns_of_other_rules(cast: Cast, change: dict[str, Any], sentence: str) -> None:
    first = rated_round()
    second = second_round(first, **change)
    rankings = [freeze(assessment_round=row, actor=cast.project_office) for row in (first, second)]
    assert any(sentence in text for text in listed(build_comparison(rankings[0], rankings[1], "de")))


def test_versions_of_one_round_are_compared_without_their_scores(cast: Cast) -> None:
    """The difference of two scores could be one person's answer."""
    row = rated_round()
    first = freeze(assessment_round=row, actor=cast.project_office)
    Assessment.objects.filter(rater=Assessment.objects.order_by("pk")[0].rater).delete()
    second = freeze(assessment_round=row, actor=cast.project_office, note="Ein Konto war doppelt.")
    keys = [found.key for found in build_comparison(first, second, "de").tables()]
    assert keys == ["subject", "ranks"]


def test_page_compares_what_the_reader_may_see(cast: Cast, pair: tuple[Ranking, Ranking]) -> None:
    first, second = pair
    query = {"a": place(first), "b": place(second)}
    for person in (cast.ministry, cast.project_office):
        response = signed_in(person).get(reverse(WHERE), query)
        assert response.status_code == 200
        html = response.content.decode()
        page = read_page(html[html.index("<article") : html.index("</article>") + len("</article>")])
        assert len(page.tables["ranks"]) == 3
        assert "selected>" in html
    Ranking.objects.filter(pk=first.pk).update(published=True)
    for reader in (None, cast.outsider):
        response = signed_in(reader).get(reverse(WHERE), query)
        assert response.status_code == 422
        assert "oder es ist nicht veröffentlicht" in response.content.decode()
        assert second.round.title not in response.content.decode()
    Ranking.objects.update(published=True)
    assert signed_in(None).get(reverse(WHERE), query).status_code == 200
    assert signed_in(cast.ministry).post(reverse(WHERE)).status_code == 405
    assert signed_in(cast.outsider).get(reverse(WHERE), query).status_code == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"a": "x/1", "b": "y/2"}, "Dieses Ergebnis gibt es nicht"),
        ({"a": "x" * 5000}, "Bitte wählen Sie ein Ergebnis"),
        ({"a": "\x00", "b": "../../1"}, "Dieses Ergebnis gibt es nicht"),
    ],
)
def test_page_refuses_what_is_not_there(
    cast: Cast, pair: tuple[Ranking, Ranking], query: dict[str, str], sentence: str
) -> None:
    response = signed_in(cast.ministry).get(reverse(WHERE), query)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert signed_in(cast.outsider).get(reverse(WHERE), query).status_code == 422


def test_page_refuses_the_same_result_twice(cast: Cast, pair: tuple[Ranking, Ranking]) -> None:
    query = dict.fromkeys(("a", "b"), place(pair[0]))
    response = signed_in(cast.ministry).get(reverse(WHERE), query)
    assert response.status_code == 422
    assert "dasselbe Ergebnis" in response.content.decode()
    assert signed_in(cast.outsider).get(reverse(WHERE)).status_code == 200


def test_page_without_two_results_says_so(cast: Cast) -> None:
    for person in (None, cast.outsider):
        assert "noch keine zwei Ergebnisse" in signed_in(person).get(reverse(WHERE)).content.decode()


def test_page_takes_the_same_queries_at_any_size(cast: Cast, django_assert_num_queries: Any) -> None:
    client = signed_in(cast.ministry)
    for more in (2, 20):
        for row in AssessmentRoundFactory.create_batch(more, state="closed"):
            row.measures.set([MeasureFactory.create()])
            Ranking.objects.create(round=row, version=1, data=b"", result={}, labels={}, hash="sha256:0")
        with django_assert_num_queries(4):
            assert client.get(reverse(WHERE)).status_code == 200
    assert signed_in(cast.outsider).get(reverse(WHERE)).status_code == 200
