"""The report of a frozen ranking: its order, its sentences, its languages, and what it hides."""

import io
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from measures.domain.ranking import freeze
from measures.models import Ranking
from measures.reports.ranking import build
from measures.reports.standing import standing
from publishing.document import BulletList, Document, Note, Paragraph
from publishing.html import document_html
from publishing.json_file import document_json
from publishing.pdf import document_pdf
from publishing.tables import Suppressed, Table
from tests.cast import Cast
from tests.factories.measures import fitting_round, rated_round

ANCHORS = [
    "ueberblick",
    "rangfolge",
    "rangwahrscheinlichkeit",
    "gruppen",
    "kriterien",
    "unterschiede",
    "widerspruch",
    "kreise",
    "empfindlichkeit",
    "beteiligung",
    "methode",
]


def frozen(cast: Cast, **values: Any) -> Ranking:
    return freeze(assessment_round=rated_round(**values), actor=cast.project_office)


def table(document: Document, key: str) -> Table:
    return next(table for table in document.tables() if table.key == key)


def texts(document: Document, anchor: str) -> str:
    section = next(section for section in document.sections if section.anchor == anchor)
    found = [block.text for block in section.blocks if isinstance(block, Paragraph | Note)]
    found += [item for block in section.blocks if isinstance(block, BulletList) for item in block.items]
    return " ".join(found)


def test_report_stands_in_the_order_of_the_ministry(cast: Cast) -> None:
    document = build(frozen(cast), "de")
    assert [section.anchor for section in document.sections] == ANCHORS


def test_report_says_on_page_one_who_took_part_and_what_that_means(cast: Cast) -> None:
    ranking = frozen(cast)
    words = texts(build(ranking, "de"), "ueberblick")
    assert ranking.round.question in words
    assert "29 Personen aus 3 Akteursgruppen" in words
    assert "nicht repräsentativ für Sachsen" in words
    assert "andere Menschen derselben Art" in words


def test_report_names_secured_measures_on_page_one(cast: Cast) -> None:
    ranking = frozen(cast, measures=5, people=(60, 50, 40))
    secured = [row["key"] for row in ranking.result["measures"] if row["status"] == "secured"]
    assert secured
    words = texts(build(ranking, "de"), "ueberblick")
    titles = {row["key"]: row["de"] for row in ranking.labels["measures"]}
    assert all(titles[key] in words for key in secured)


def test_report_takes_scores_and_ranks_from_the_frozen_result(cast: Cast) -> None:
    ranking = frozen(cast)
    rows = table(build(ranking, "de"), "ranking").rows
    assert [(row[0], row[2], row[6], row[7]) for row in rows] == [
        (row["rank"], row["score"], row["score_per_head"], row["rank_per_head"]) for row in ranking.result["measures"]
    ]


def test_report_does_not_change_with_later_titles(cast: Cast) -> None:
    ranking = frozen(cast)
    before = document_json(build(ranking, "de"))
    ranking.round.measures.update(title="Umbenannt")
    type(ranking.round).objects.filter(pk=ranking.round.pk).update(title="Umbenannt", question="Anders?")
    again = Ranking.objects.select_related("round").get(pk=ranking.pk)
    assert document_json(build(again, "de")) == before


def test_report_is_byte_identical_when_built_again(cast: Cast) -> None:
    ranking = frozen(cast)
    assert document_json(build(ranking, "de")) == document_json(build(ranking, "de"))


def test_report_hides_a_group_of_three_everywhere(cast: Cast) -> None:
    document = build(frozen(cast, people=(12, 9, 3)), "de")
    groups = {row[0]: row[1] for row in table(document, "participation-groups").rows}
    assert groups["Gruppe forschung"] == Suppressed(5)
    assert groups["Gruppe dienstleister"] == Suppressed(None)
    assert groups["Gruppe industrie"] == 12
    columns = [column.label for column in table(document, "groups").columns]
    for row in table(document, "groups").rows:
        assert row[columns.index("Gruppe forschung")] == Suppressed(5)
    districts = [row[1] for row in table(document, "participation-districts").rows]
    assert 3 not in districts


def test_report_hides_what_would_tell_a_small_voice(cast: Cast) -> None:
    """With a minimum of one rater a group of four has a voice, but its mean must not be computable."""
    assessment_round = rated_round(people=(14, 9, 4), min_raters=1)
    document = build(freeze(assessment_round=assessment_round, actor=cast.project_office), "de")
    for row in table(document, "groups").rows:
        assert sum(isinstance(cell, Suppressed) for cell in row) == 2
    assert all(isinstance(row[1], Suppressed) for row in table(document, "basis").rows)
    assert any(row[1] == Suppressed(None) for row in table(document, "differences").rows)


def test_report_lists_measures_without_rank_with_their_reason(cast: Cast) -> None:
    document = build(frozen(cast, people=(12, 4, 4)), "de")
    assert "ohne-rang" in [section.anchor for section in document.sections]
    assert len(table(document, "not-ranked").rows) == 3
    assert "Keine Maßnahme hat genug Bewertungen" in texts(document, "ueberblick")
    assert document_pdf(document).startswith(b"%PDF")
    assert "zu wenige Gruppen" in document_html(document)


def test_report_hides_how_many_raters_a_tiny_round_had(cast: Cast) -> None:
    document = build(frozen(cast, people=(2, 1, 0)), "de")
    assert table(document, "figures").rows[0][0] == Suppressed(5)
    assert "<5 Personen" in texts(document, "ueberblick")


def test_report_in_english_takes_english_titles(cast: Cast) -> None:
    ranking = frozen(cast)
    document = build(ranking, "en")
    assert document.language == "en"
    assert "Regional fit" in [column.label for column in table(document, "criteria").columns]
    assert "“" in texts(document, "ueberblick")
    assert "„" not in texts(document, "ueberblick")


def test_report_names_hash_seed_weights_and_options(cast: Cast) -> None:
    ranking = frozen(cast)
    document = build(ranking, "de")
    assert (ranking.hash in dict(document.meta).values()) is True
    options = {row[0]: row[2] for row in table(document, "options").rows}
    assert (options["seed"], options["draws"], options["top"]) == ("1", "5.000", "2")
    assert [row[2] for row in table(document, "method-criteria").rows] == [0.25] * 4


def test_standing_is_that_of_the_latest_published_version(cast: Cast) -> None:
    ranking = frozen(cast)
    best = ranking.result["measures"][0]
    measure = ranking.round.measures.get(slug=best["key"])
    assert standing(measure) is None
    Ranking.objects.update(published=True)
    found = standing(measure)
    assert found is not None
    assert (found.rank, found.score, found.ranked) == (best["rank"], best["score"], 3)


@pytest.mark.django_db
def test_standing_of_a_measure_that_was_never_rated_is_none() -> None:
    assert standing(fitting_round().measures.all()[0]) is None


def lowest_text(page: PageObject) -> float:
    """In points from the bottom of the page."""
    heights = []

    def see(text: str, cm: list[float], tm: list[float], *_font: object) -> None:
        if text.strip():
            heights.append(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])

    page.extract_text(visitor_text=see)
    return min(heights)


def test_report_with_long_titles_stays_on_its_pages(cast: Cast) -> None:
    """A table too tall for a page is continued on the next one and does not run over the edge."""
    assessment_round = rated_round(measures=14)
    assessment_round.measures.update(title="Regionale Innovations- und Wertschöpfungsbündnisse " * 3)
    document = build(freeze(assessment_round=assessment_round, actor=cast.project_office), "de")
    footers = {round(lowest_text(page)) for page in PdfReader(io.BytesIO(document_pdf(document))).pages}
    assert len(footers) == 1
    assert min(footers) > 20
