"""The live state of a round: who sees it, what it tells and what it hides."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.domain.assessment import rate
from measures.models import Assessment, AssessmentRound
from measures.verbs import MeasureVerb
from stakeholders.models import AuditEntry, Stakeholder
from tests.cast import Cast
from tests.factories.measures import fitting_round, rated_round
from tests.factories.stakeholders import StakeholderGroupFactory
from tests.publishing.reading import csv_rows, read_page, sheets

pytestmark = pytest.mark.django_db


def running(people: tuple[int, ...] = (12, 9, 3), **values: Any) -> AssessmentRound:
    row = rated_round(measures=3, people=people, **values)
    row.closes_at = timezone.now() + timedelta(days=3)
    row.save(update_fields=["closes_at"])
    return row


def signed_in(person: Stakeholder | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def address(row: AssessmentRound, extension: str = "") -> str:
    if extension:
        return reverse("measures:round_state_download", args=[row.slug, extension])
    return reverse("measures:round_state", args=[row.slug])


def tables(cast: Cast, row: AssessmentRound) -> dict[str, list[list[str]]]:
    html = signed_in(cast.ministry).get(address(row)).content.decode()
    return read_page(html[html.index("<article") : html.index("</article>") + len("</article>")]).tables


def test_only_ministry_and_project_office_see_the_state(cast: Cast) -> None:
    row = running()
    for person in (cast.ministry, cast.project_office):
        response = signed_in(person).get(address(row))
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
    for extension in ("", "csv", "alle.csv", "xlsx"):
        assert signed_in(None).get(address(row, extension)).status_code == 302
        for person in (cast.stakeholder, cast.colleague, cast.outsider):
            assert signed_in(person).get(address(row, extension)).status_code == 404


def test_people_are_counted_by_group_and_small_groups_hidden(cast: Cast) -> None:
    row = running((12, 9, 3))
    found = {line[0]: line[1] for line in tables(cast, row)["participation-groups"][1:]}
    counts = list(found.values())
    assert "<5" in counts
    assert "3" not in counts
    # With the total of 24 the hidden 3 could be computed from 12 and 9, so the 9 is hidden too.
    assert counts.count("•") == 1
    assert "12" in counts
    assert "9" not in counts


def test_cell_of_few_people_is_hidden_on_page_and_in_files(cast: Cast) -> None:
    row = running((12, 9, 3))
    small = StakeholderGroupFactory.create(key="forschung")
    page = tables(cast, row)["voices"]
    place = page[0].index(str(small))
    assert {line[place] for line in page[1:]} <= {"<5", "0"}
    client = signed_in(cast.ministry)
    workbook = sheets(client.get(address(row, "xlsx")).content)
    cells = [line for sheet in workbook.values() for line in sheet if line and line[0] == "forschung"]
    assert not any(isinstance(cell, int) and 0 < cell < 5 for line in cells for cell in line)
    lines = csv_rows(client.get(address(row, "alle.csv")).content)
    voices = [line for line in lines if line[0] == "voices" and line[2] == "g-forschung"]
    assert voices
    assert {line[3] for line in voices} <= {"<5", "0"}


def test_coverage_says_which_measures_lack_which_groups(cast: Cast) -> None:
    row = running((12, 9, 3))
    required = StakeholderGroupFactory.create(key="forschung")
    enough = tables(cast, row)["coverage"]
    assert [line[1:] for line in enough[1:]] == [["genug", "–", "2"]] * 3
    other = running((12, 4, 3))
    other.required_groups.add(required)
    lacking = tables(cast, other)["coverage"]
    assert [line[1:] for line in lacking[1:]] == [["noch zu wenige", str(required), "1"]] * 3
    third = running((12, 4, 3))
    assert [line[1:] for line in tables(cast, third)["coverage"][1:]] == [
        ["noch zu wenige", "1 weitere Gruppe", "1"]
    ] * 3


def test_state_tells_no_score_rank_or_answer_unless_the_round_does(cast: Cast) -> None:
    row = running()
    text = signed_in(cast.ministry).get(address(row)).content.decode()
    assert "answers" not in tables(cast, row)
    assert "Mittlere Antwort" not in text
    open_round = running(shows_aggregates=True)
    answers = tables(cast, open_round)["answers"]
    assert len(answers) == 4
    first = open_round.measures.order_by("field_of_action__position", "position", "title")[0]
    for place, criterion in enumerate(open_round.criteria.all(), start=1):
        rows = Assessment.objects.filter(round=open_round, measure=first, criterion=criterion)
        grades = sorted(grade for grade in rows.values_list("grade", flat=True) if grade)
        assert answers[1][place] == str(grades[(len(grades) - 1) // 2])


def test_answers_of_few_are_hidden_even_if_the_round_shows_them(cast: Cast) -> None:
    row = running((4, 0, 0), shows_aggregates=True)
    for line in tables(cast, row)["answers"][1:]:
        assert set(line[1:]) <= {"<5", "–"}
    text = signed_in(cast.ministry).get(address(row)).content.decode()
    assert re.search(r"<dd[^>]*>\s*&lt;5\s*</dd>", text)


def test_days_channels_and_unknown_shares_are_told(cast: Cast) -> None:
    row = running((20, 9, 8))
    people = list(Stakeholder.objects.filter(assessments__round=row).distinct().order_by("pk"))
    for person in people[:10]:
        Assessment.objects.filter(rater=person).update(
            created_at=timezone.now() - timedelta(days=1), channel="in_person"
        )
    found = tables(cast, row)
    assert [line[1] for line in found["progress"][1:]] == ["10", "27"]
    assert [line[1] for line in found["channels"][1:]] == ["27", "10"]
    measure = row.measures.order_by("field_of_action__position", "position", "title")[0]
    answers = Assessment.objects.filter(round=row, measure=measure)
    share = answers.filter(grade=None).count() / answers.count()
    shown = found["unknown"][1][1].replace("\N{NO-BREAK SPACE}", " ")
    assert shown == f"{share * 100:.0f} %"


def test_long_round_is_told_by_weeks(cast: Cast) -> None:
    row = running((9, 8, 7))
    AssessmentRound.objects.filter(pk=row.pk).update(opens_at=timezone.now() - timedelta(days=40))
    weeks = tables(cast, row)["progress"][1:]
    assert len(weeks) == 6
    assert all("–" in line[0] for line in weeks[:-1])
    assert [line[1] for line in weeks] == ["0"] * 5 + ["24"]


def test_state_before_any_answer_says_so(cast: Cast) -> None:
    row = fitting_round()
    page = signed_in(cast.ministry).get(address(row)).content.decode()
    assert "Noch hat niemand geantwortet." in page
    assert "participation-groups" not in tables(cast, row)
    assert signed_in(cast.outsider).get(address(row)).status_code == 404


def test_draft_and_unopened_rounds_have_no_state(cast: Cast) -> None:
    draft = fitting_round(state="draft")
    later = fitting_round(opens_at=timezone.now() + timedelta(days=1), closes_at=timezone.now() + timedelta(days=2))
    for row in (draft, later):
        for extension in ("", "csv"):
            assert signed_in(cast.project_office).get(address(row, extension)).status_code == 404
    assert (
        signed_in(cast.project_office).get(reverse("measures:round_state", args=["gibt-es-nicht"])).status_code == 404
    )
    assert signed_in(cast.project_office).post(address(running())).status_code == 405


@pytest.mark.parametrize("extension", ["csv", "alle.csv", "xlsx"])
def test_download_of_the_state_is_on_record(cast: Cast, extension: str) -> None:
    row = running()
    response = signed_in(cast.ministry).get(address(row, extension))
    assert response.status_code == 200
    assert f'filename="stand-{row.slug}-' in response["Content-Disposition"]
    entry = AuditEntry.objects.get(verb=MeasureVerb.ROUND_STATE_DOWNLOADED)
    assert (entry.actor, entry.target_id, entry.facts) == (cast.ministry, row.pk, {"format": extension})
    assert signed_in(cast.outsider).get(address(row, extension)).status_code == 404
    assert signed_in(cast.ministry).get(address(row, "pdf")).status_code == 404


def test_counts_are_kept_for_a_minute(cast: Cast) -> None:
    row = running((12, 9, 8))
    client = signed_in(cast.ministry)
    before = client.get(address(row)).content
    rate(assessment_round=row, measure=row.measures.all()[0], rater=cast.stakeholder, grades={"need": 3})
    assert client.get(address(row)).content == before


def test_page_takes_the_same_queries_at_any_size(cast: Cast, django_assert_num_queries: Any) -> None:
    client = signed_in(cast.ministry)
    for people, measures in (((6, 5, 0), 2), ((12, 9, 8), 9)):
        row = rated_round(measures=measures, people=people)
        with django_assert_num_queries(12):
            assert client.get(address(row)).status_code == 200
        with django_assert_num_queries(9):
            assert client.get(address(row)).status_code == 200
