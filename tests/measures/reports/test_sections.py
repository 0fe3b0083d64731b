"""Further sections of a report: probable ranks, contributions, dissent, districts, participation, changes."""

import re
from typing import Any

import pytest

from measures.domain.ranking import freeze
from measures.models import Assessment, Ranking
from measures.reports.acceptability import MOST_RANKS
from measures.reports.ranking import build
from publishing.charts.district_map import DistrictMap
from publishing.charts.frame import SCREEN, Labels
from publishing.charts.stacked import StackedBars
from publishing.document import BulletList, ChartBlock, Document, Paragraph
from publishing.html import document_html
from publishing.pdf import _chart
from publishing.tables import Suppressed, Table
from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.measures import rated_round
from tests.factories.stakeholders import StakeholderGroupFactory


def frozen(cast: Cast, **values: Any) -> Ranking:
    return freeze(assessment_round=rated_round(**values), actor=cast.project_office)


def table(document: Document, key: str) -> Table:
    return next(table for table in document.tables() if table.key == key)


def chart(document: Document, key: str) -> ChartBlock:
    return next(block for block in document.blocks() if isinstance(block, ChartBlock) and block.key == key)


def words(document: Document, anchor: str) -> str:
    section = next(section for section in document.sections if section.anchor == anchor)
    found = [block.text for block in section.blocks if isinstance(block, Paragraph)]
    found += [item for block in section.blocks if isinstance(block, BulletList) for item in block.items]
    return " ".join(found)


def test_probability_of_every_rank_stands_in_the_order_of_the_ranks(cast: Cast) -> None:
    ranking = frozen(cast, measures=4)
    rows = table(build(ranking, "de"), "acceptability").rows
    assert [list(row[1:]) for row in rows] == [row["rank_acceptability"] for row in ranking.result["measures"]]


def test_ranks_that_do_not_fit_side_by_side_stand_together(cast: Cast) -> None:
    ranking = frozen(cast, measures=MOST_RANKS + 3, people=(12, 12))
    found = table(build(ranking, "de"), "acceptability")
    assert len(found.columns) == MOST_RANKS + 1
    assert found.columns[-1].label == f"ab {MOST_RANKS}"
    for row, measure in zip(found.rows, ranking.result["measures"], strict=True):
        shares = [cell for cell in row[1:] if isinstance(cell, float)]
        assert shares[:-1] == measure["rank_acceptability"][: MOST_RANKS - 1]
        assert sum(shares) == pytest.approx(1)


def test_contributions_add_up_to_the_points(cast: Cast) -> None:
    ranking = frozen(cast)
    for row, measure in zip(table(build(ranking, "de"), "contributions").rows, ranking.result["measures"], strict=True):
        parts = [cell for cell in row if isinstance(cell, float)]
        assert len(parts) == sum(share["weight"] > 0 for share in measure["groups"].values()) >= 2
        assert sum(parts) == pytest.approx(measure["score"])


def test_contributions_of_a_small_voice_are_neither_told_nor_drawn(cast: Cast) -> None:
    block = chart(build(frozen(cast, people=(14, 9, 4), min_raters=1), "de"), "contributions")
    assert isinstance(block.chart, StackedBars)
    for row in block.chart.rows:
        assert sum(isinstance(value, Suppressed) for value in row.values) == 2
    for picture in _chart(block, "de"):
        assert str(picture["svg"]).count("chart-fill") == 0


def test_dissent_names_groups_that_differ_by_more_than_chance(cast: Cast) -> None:
    row = rated_round(people=(20, 20, 20))
    first = row.measures.order_by("slug")[0]
    answers = Assessment.objects.filter(measure=first, grade__isnull=False)
    answers.filter(rater__group__key="industrie").update(grade=5)
    answers.filter(rater__group__key="forschung").update(grade=1)
    one = answers.filter(rater__group__key="industrie").order_by("pk")[0]
    other = answers.filter(rater__group__key="forschung").order_by("pk")[0]
    Assessment.objects.filter(pk=one.pk).update(grade=4)
    Assessment.objects.filter(pk=other.pk).update(grade=2)
    ranking = freeze(assessment_round=row, actor=cast.project_office)
    told = words(build(ranking, "de"), "widerspruch")
    assert "unterscheiden sich die Gruppen mehr, als der Zufall erklärt" in told
    assert f"„{first.title}“: am höchsten bewertet von Gruppe industrie, am niedrigsten von Gruppe forschung" in told


def test_dissent_says_if_no_groups_differ(cast: Cast) -> None:
    row = rated_round(people=(20, 20, 20), measures=2)
    pattern = [2, 3, 4, 3]
    for place, answer in enumerate(Assessment.objects.filter(round=row).order_by("rater", "measure", "criterion")):
        Assessment.objects.filter(pk=answer.pk).update(grade=pattern[(place // 8) % 4])
    ranking = freeze(assessment_round=row, actor=cast.project_office)
    assert "Bei keiner Maßnahme unterscheiden sich die Gruppen" in words(build(ranking, "de"), "widerspruch")


def test_districts_stand_in_a_table_and_on_a_map(cast: Cast) -> None:
    ranking = frozen(cast, people=(12, 9, 8))
    document = build(ranking, "de")
    for row, measure in zip(table(document, "districts").rows, ranking.result["measures"], strict=True):
        means = {key: measure["districts"][key]["mean"] for key in ("14520000", "14521000", "14522000")}
        assert set(means.values()) <= set(row)
    block = chart(document, "district-map")
    assert isinstance(block.chart, DistrictMap)
    first = ranking.result["measures"][0]
    shown = {row.key: row.value for row in block.chart.rows}
    assert shown["14521000"] == first["districts"]["14521000"]["mean"]


def test_small_districts_are_hidden_in_table_and_map(cast: Cast) -> None:
    document = build(frozen(cast, people=(12, 9, 3)), "de")
    for row in table(document, "districts").rows:
        hidden = [cell for cell in row if isinstance(cell, Suppressed)]
        assert Suppressed(5) in hidden
        assert len(hidden) >= 2
    block = chart(document, "district-map")
    assert isinstance(block.chart, DistrictMap)
    assert {row.key: row.value for row in block.chart.rows}["14522000"] == Suppressed(5)


def test_page_and_paper_show_the_same_charts(cast: Cast) -> None:
    document = build(frozen(cast), "de")
    html = document_html(document)
    for block in document.blocks():
        if isinstance(block, ChartBlock):
            labels = Labels(f"chart-{block.key}", block.caption, block.alt, "de")
            on_page = str(block.chart.draw(labels, SCREEN))
            assert on_page in html
            on_paper = "".join(str(picture["svg"]) for picture in _chart(block, "de"))
            for mark in ("level-shape", "chart-fill", "chart-ring", "chart-band"):
                assert on_page.count(mark) == on_paper.count(mark)


def test_participation_tells_its_limits(cast: Cast) -> None:
    row = rated_round(people=(12, 9, 8))
    people = list(Stakeholder.objects.filter(assessments__isnull=False).distinct().order_by("pk"))
    Assessment.objects.filter(rater__in=people[:6]).update(channel="letter")
    Assessment.objects.filter(rater=people[6]).update(channel="phone")
    document = build(freeze(assessment_round=row, actor=cast.project_office), "de")
    told = words(document, "beteiligung")
    assert "Die Teilnahme war freiwillig." in told
    assert re.search(r"Beantwortet sind 9\d\s% aller möglichen Fragen", told)
    channels = {row[0]: row[1] for row in table(document, "participation-channels").rows}
    assert channels == {"über das Portal": 22, "per Brief": Suppressed(None), "am Telefon": Suppressed(5)}


def test_participation_names_groups_that_are_missing(cast: Cast) -> None:
    absent = StakeholderGroupFactory.create(key="kammern")
    told = words(build(frozen(cast), "de"), "beteiligung")
    assert f"Nicht beteiligt haben sich: {absent.name}." in told
    assert not [found for found in build(frozen(cast), "de").tables() if found.key == "participation-channels"]


def test_second_version_lists_ranks_that_moved_but_no_points(cast: Cast) -> None:
    row = rated_round()
    first = freeze(assessment_round=row, actor=cast.project_office)
    assert "aenderungen" not in [section.anchor for section in build(first, "de").sections]
    best = row.measures.get(slug=first.result["measures"][0]["key"])
    Assessment.objects.filter(round=row, measure=best, grade__isnull=False).update(grade=1)
    second = freeze(assessment_round=row, actor=cast.project_office, note="Die Stufen waren vertauscht.")
    document = build(second, "de")
    assert "Gegenüber Fassung 1: Die Stufen waren vertauscht." in words(document, "aenderungen")
    moved = table(document, "changes")
    before = {entry["key"]: entry["rank"] for entry in first.result["measures"]}
    after = {entry["key"]: entry["rank"] for entry in second.result["measures"]}
    titles = {entry["key"]: entry["de"] for entry in second.labels["measures"]}
    expected = {(titles[key], before[key], after[key]) for key in after if before[key] != after[key]}
    assert (best.title, 1, 3) in expected
    assert expected <= {(row[0], row[1], row[2]) for row in moved.rows}
    assert "decimal" not in {column.kind for column in moved.columns}


def test_second_version_says_if_nothing_moved(cast: Cast) -> None:
    row = rated_round()
    freeze(assessment_round=row, actor=cast.project_office)
    row.measures.update(title_en="Renamed")
    second = freeze(assessment_round=row, actor=cast.project_office, note="Titel berichtigt.")
    assert "Kein Rang und kein Status" in words(build(second, "de"), "aenderungen")
