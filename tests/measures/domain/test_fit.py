"""Judging the fit of a measure to a district: what is kept, what is refused, and how the database counts it."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from measures.domain.fit import FitAnswer, assess_fit, own_fits
from measures.domain.fit_counts import fit_sums
from measures.models import FitAssessment, Measure
from measures.models.fit import FIT_QUESTIONS
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Activity, AuditEntry, Channel, Stakeholder
from tests.at_once import at_once
from tests.cast import Cast, assemble
from tests.factories.measures import FitAssessmentFactory, MeasureFactory
from tests.factories.stakeholders import DistrictFactory, StakeholderFactory

GRADES: dict[str, int | None] = {"need": 4, "readiness": 3, "structures": 2, "obstacles": None}
ANSWER = FitAnswer("works", GRADES, "Es gibt schon ein Netzwerk.")


def test_an_answer_is_kept_and_a_later_one_replaces_it(cast: Cast) -> None:
    measure, district = MeasureFactory.create(), cast.stakeholder.district
    assert district
    assert not assess_fit(measure=measure, district=district, rater=cast.stakeholder, answer=ANSWER)
    later = FitAnswer("lives", {**GRADES, "need": 1, "obstacles": 5})
    assert assess_fit(measure=measure, district=district, rater=cast.stakeholder, answer=later)
    row = FitAssessment.objects.get()
    assert [getattr(row, name) for name in FIT_QUESTIONS] == [1, 3, 2, 5]
    assert (row.knows, row.reason, row.channel, row.recorded_by) == ("lives", "", Channel.WEB, None)
    assert own_fits(measure=measure, rater=cast.stakeholder) == [row]
    assert own_fits(measure=measure, rater=cast.outsider) == []


def test_one_knows_several_districts_and_the_history_of_the_person_tells_it_once(cast: Cast) -> None:
    measure = MeasureFactory.create()
    for key in ("14612000", "14713000"):
        assess_fit(measure=measure, district=DistrictFactory.create(key=key), rater=cast.stakeholder, answer=ANSWER)
    assert FitAssessment.objects.count() == 2
    told = Activity.objects.get(person=cast.stakeholder)
    assert (told.kind, told.key, told.label) == (Activity.Kind.ASSESSED, f"fit:{measure.pk}", measure.title)
    assert not AuditEntry.objects.filter(verb="fit_recorded").exists()


@pytest.mark.parametrize("grade", [0, 6, -1, 99])
def test_a_grade_out_of_range_is_refused_at_its_question(cast: Cast, grade: int) -> None:
    with pytest.raises(Refusal, match="fünf Stufen") as caught:
        _assess(cast, replace(ANSWER, grades={**GRADES, "need": grade}))
    assert caught.value.field == "need"
    assert not FitAssessment.objects.exists()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (replace(ANSWER, knows="hearsay"), "woher Sie den Kreis kennen"),
        (replace(ANSWER, grades={"need": 1}), "vier Fragen"),
        (replace(ANSWER, grades={**GRADES, "charm": 1}), "vier Fragen"),
        (replace(ANSWER, grades=dict.fromkeys(FIT_QUESTIONS)), "mindestens eine Frage"),
        (replace(ANSWER, reason="x" * 1001), "1.000 Zeichen"),
    ],
)
def test_an_answer_that_says_nothing_or_too_much_is_refused(cast: Cast, answer: FitAnswer, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        _assess(cast, answer)
    assert not FitAssessment.objects.exists()


def test_control_characters_of_a_reason_are_taken_out(cast: Cast) -> None:
    _assess(cast, replace(ANSWER, reason="Ja\x00, \x1baber\u202e\nnein "))
    assert FitAssessment.objects.get().reason == "Ja, aber\nnein"


def test_a_place_outside_saxony_is_refused(cast: Cast) -> None:
    outside = DistrictFactory.create(key="00000000", nuts="", name="außerhalb Sachsens", region=None)
    with pytest.raises(Refusal, match="in Sachsen") as caught:
        assess_fit(measure=MeasureFactory.create(), district=outside, rater=cast.stakeholder, answer=ANSWER)
    assert caught.value.field == "district"


def test_a_measure_that_was_withdrawn_meanwhile_is_refused(cast: Cast) -> None:
    measure = MeasureFactory.create()
    Measure.objects.update(published=False)
    with pytest.raises(Refusal, match="nicht veröffentlicht"):
        _assess(cast, ANSWER, measure=measure)


@pytest.mark.parametrize("lacking", [{"group": None}, {"district": None}, {"last_name": ""}])
def test_an_incomplete_profile_is_refused(cast: Cast, lacking: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="Profil vollständig"):
        _assess(cast, ANSWER, rater=StakeholderFactory.create(**lacking))


def test_office_and_ministry_do_not_rate(cast: Cast) -> None:
    for person in (cast.project_office, cast.ministry):
        with pytest.raises(Refusal, match="Akteurinnen und Akteure"):
            _assess(cast, ANSWER, rater=person)


def test_the_office_writes_down_what_somebody_said_and_the_log_says_so(cast: Cast) -> None:
    district = DistrictFactory.create()
    _assess(cast, ANSWER, recorded_by=cast.project_office, channel=Channel.IN_PERSON)
    row = FitAssessment.objects.get()
    assert (row.rater, row.channel, row.recorded_by) == (cast.stakeholder, "in_person", cast.project_office)
    entry = AuditEntry.objects.get(verb="fit_recorded")
    assert entry.actor == cast.project_office
    assert entry.facts == {"rater": cast.stakeholder.pk, "district": district.key, "channel": "in_person"}
    assert str(cast.stakeholder.email) not in str(entry.facts) + entry.target_label


def test_the_office_corrects_its_own_entry_but_never_what_somebody_entered_themselves(cast: Cast) -> None:
    measure = MeasureFactory.create()
    by_office: dict[str, Any] = {"recorded_by": cast.project_office, "channel": Channel.LETTER}
    _assess(cast, ANSWER, measure=measure, **by_office)
    assert _assess(cast, replace(ANSWER, knows="lives"), measure=measure, **by_office)
    assert _assess(cast, replace(ANSWER, knows="other"), measure=measure)
    with pytest.raises(Refusal, match="schon selbst"):
        _assess(cast, ANSWER, measure=measure, **by_office)
    row = FitAssessment.objects.get()
    assert (row.knows, row.channel, row.recorded_by) == ("other", "web", None)


def test_recording_is_for_the_office_with_a_channel_and_for_people_who_take_part(cast: Cast) -> None:
    for who, channel, rater, words in (
        (cast.colleague, Channel.PHONE, cast.stakeholder, "nur das Projektbüro"),
        (cast.ministry, Channel.PHONE, cast.stakeholder, "nur das Projektbüro"),
        (cast.project_office, Channel.WEB, cast.stakeholder, "auf welchem Weg"),
        (cast.project_office, Channel.PHONE, cast.ministry, "fehlt noch"),
        (cast.project_office, Channel.PHONE, StakeholderFactory.create(is_active=False), "fehlt noch"),
    ):
        with pytest.raises(Refusal, match=words):
            _assess(cast, ANSWER, rater=rater, recorded_by=who, channel=channel)
    assert not FitAssessment.objects.exists()


def test_the_database_keeps_grades_between_1_and_5(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        FitAssessmentFactory.create(need=6)


def test_the_database_counts_a_cell_as_one_would_by_hand(cast: Cast) -> None:
    measure, district = MeasureFactory.create(), DistrictFactory.create()
    for grades in ((5, 4, 3, None), (2, None, None, None), (1, 2, None, 5), (None, None, None, None)):
        FitAssessmentFactory.create(measure=measure, district=district, **dict(zip(FIT_QUESTIONS, grades, strict=True)))
    other = MeasureFactory.create()
    FitAssessmentFactory.create(measure=other, district=DistrictFactory.create(key="14713000"))
    sums = fit_sums(measures=[other.pk, measure.pk], districts=[district.pk])
    assert sums.people.tolist() == [[0], [3]]
    assert sums.answered.tolist()[1] == [[3, 2, 1, 1]]
    assert sums.points.tolist()[1] == [[8, 6, 3, 5]]
    # Twelve times 12/3, 2 and 8/3.
    assert sums.means.tolist()[1] == [48 + 24 + 32]
    assert sums.squares.tolist()[1] == [48**2 + 24**2 + 32**2]


def _assess(
    cast: Cast, answer: FitAnswer, *, measure: Measure | None = None, rater: Stakeholder | None = None, **how: Any
) -> bool:
    return assess_fit(
        measure=measure or MeasureFactory.create(),
        district=DistrictFactory.create(),
        rater=rater or cast.stakeholder,
        answer=answer,
        **how,
    )


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_leave_one_answer() -> None:
    cast, measure, district = assemble(), MeasureFactory.create(), DistrictFactory.create()

    def click() -> bool:
        return assess_fit(measure=measure, district=district, rater=cast.stakeholder, answer=ANSWER)

    assert sorted(at_once(*[click] * 4)) == [False, True, True, True]
    assert FitAssessment.objects.count() == 1
