from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from measures.domain.ranking import freeze, publish_ranking
from measures.models import Measure
from stakeholders.models import OutgoingMail
from tests.cast import Cast
from tests.factories.contributions import FollowFactory
from tests.factories.measures import MeasureFactory, fitting_round, rated_round
from tests.factories.theses import ThesisFactory
from tests.theses.answers import answer, people_of
from theses.domain.conclusion import conclude
from theses.domain.lineage import look
from theses.domain.merging import Part, merge, split
from theses.models import LineageStep, Thesis
from theses.tasks import look_at_lineage


def keys(thesis: Thesis) -> list[str]:
    return list(LineageStep.objects.filter(thesis=thesis).order_by("at", "pk").values_list("key", flat=True))


def long_ago(**values: object) -> Thesis:
    at = timezone.now() - timedelta(days=400)
    return ThesisFactory.create(submitted_at=at, published_at=at, **values)


def test_looking_again_adds_nothing(cast: Cast) -> None:
    ThesisFactory.create()
    ThesisFactory.create(state="submitted", published_at=None)
    assert (look(), look_at_lineage(), LineageStep.objects.count()) == (1, 0, 1)
    assert not OutgoingMail.objects.exists()


def test_a_round_with_the_measure_is_a_step_told_to_author_and_followers(cast: Cast) -> None:
    row = fitting_round()
    thesis = long_ago(measure=row.measures.first(), author=cast.stakeholder)
    FollowFactory.create(thesis=thesis, person=cast.colleague)
    type(row).objects.filter(pk=row.pk).update(opens_at=timezone.now() + timedelta(hours=1))
    look()
    assert keys(thesis) == ["published"]
    type(row).objects.filter(pk=row.pk).update(opens_at=timezone.now() - timedelta(hours=1))
    look()
    look()
    assert keys(thesis) == ["published", f"round:{row.pk}:{thesis.measure_id}"]
    mails = OutgoingMail.objects.all()
    assert {mail.person for mail in mails} == {cast.stakeholder, cast.colleague}
    assert (len(mails), str(row) in mails[0].text, "/verlauf/" in mails[0].text) == (2, True, True)


def test_what_was_before_the_first_look_is_told_to_nobody(cast: Cast) -> None:
    row = fitting_round()
    thesis = long_ago(measure=row.measures.first())
    assert look() == 2
    assert keys(thesis)[-1].startswith("round:")
    assert not OutgoingMail.objects.exists()


def test_rounds_before_the_thesis_and_drafts_are_no_steps(cast: Cast) -> None:
    row = fitting_round()
    thesis = ThesisFactory.create(measure=row.measures.first(), published_at=timezone.now() + timedelta(days=1))
    draft = fitting_round(state="draft")
    other = long_ago(measure=draft.measures.first())
    look()
    assert (keys(thesis), keys(other)) == (["published"], ["published"])


def test_a_published_ranking_tells_the_standing(cast: Cast) -> None:
    row = rated_round()
    thesis = long_ago(measure=row.measures.order_by("slug").first())
    ranking = freeze(assessment_round=row, actor=cast.project_office)
    look()
    assert not [key for key in keys(thesis) if key.startswith("ranking")]
    publish_ranking(ranking=ranking, actor=cast.project_office)
    look()
    step = LineageStep.objects.get(thesis=thesis, key__startswith="ranking")
    assert "hat Rang" in step.label
    assert "von 3" in step.label
    assert step.address == ranking.get_absolute_url()


def test_every_change_of_the_status_is_a_step(cast: Cast) -> None:
    thesis = long_ago()
    look()
    for status in ("in_review", "in_review", "proposed", "in_review"):
        Measure.objects.update(status=status)
        look()
    look()
    found = [key.split(":")[2:] for key in keys(thesis) if key.startswith("status")]
    assert found == [["1", "in_review"], ["2", "proposed"], ["3", "in_review"]]
    assert OutgoingMail.objects.count() == 3


def test_statuses_between_two_looks_are_steps_with_the_day_of_the_change(cast: Cast) -> None:
    thesis = long_ago()
    look()
    for status in ("in_review", "concept"):
        Measure.objects.update(status=status)
    events = apps.get_model("measures", "MeasureEvent").objects
    days = {"proposed": 300, "in_review": 20, "concept": 10}
    when = {status: timezone.now() - timedelta(days=ago) for status, ago in days.items()}
    for status, at in when.items():
        events.filter(status=status).update(pgh_created_at=at)
    assert look() == 2
    steps = LineageStep.objects.filter(thesis=thesis, key__startswith="status").order_by("at")
    assert [(step.key.split(":")[3], step.at) for step in steps] == list(when.items())[1:]
    assert ("in Prüfung" in steps[0].label, "concept" in steps[1].label_en.lower()) == (True, True)
    assert look() == 0


def test_a_later_thesis_is_told_where_the_measure_stands_and_not_how_it_came_there(cast: Cast) -> None:
    measure = MeasureFactory.create()
    Measure.objects.update(status="in_review")
    Measure.objects.update(status="done")
    thesis = ThesisFactory.create(measure=measure, published_at=timezone.now() + timedelta(minutes=5))
    look()
    step = LineageStep.objects.get(thesis=thesis, key__startswith="status")
    assert (step.key, step.at) == (f"status:{measure.pk}:1:done", thesis.published_at)


def test_stances_of_the_groups_are_a_step_before_the_conclusion(cast: Cast) -> None:
    thesis = long_ago(author=cast.stakeholder)
    for group, number in (("a", 12), ("b", 20), ("c", 3)):
        answer(thesis, people_of(group, number), agree=number // 4, disagree=1)
    conclude(thesis=thesis, kind="dissent", text="Darum.", measure=None, actor=cast.project_office)
    look()
    assert keys(thesis) == ["published", "answers", "conclusion"]
    step = LineageStep.objects.get(key="answers")
    assert step.label.replace("\xa0", " ").replace("\u202f", " ") == (
        "Haltungen am Ende: 32 Antworten, 25 % stimmen zu. Zählt jede Akteursgruppe gleich viel, sind es 25 %."
    )
    assert step.address == f"{thesis.get_absolute_url()}#fazit"
    assert [mail.kind for mail in OutgoingMail.objects.all()] == ["thesis_concluded"]


def test_merging_and_splitting_are_steps_of_both_sides(cast: Cast) -> None:
    source, target = ThesisFactory.create_batch(2)
    merge(source=source, target=target, actor=cast.project_office, reason="Dasselbe.")
    parts = [Part("Erstens.", "Darum."), Part("Zweitens.", "Deshalb.")]
    made = split(thesis=target, parts=parts, actor=cast.project_office, reason="Zwei Fragen.", closes=False)
    look()
    assert keys(source) == ["published", "merged"]
    assert keys(target) == ["published", f"received:{source.pk}", *(f"part:{part.pk}" for part in made)]


@pytest.mark.parametrize("number", [1, 30])
def test_looking_costs_the_same_with_one_and_thirty(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    measure = ThesisFactory.create().measure
    ThesisFactory.create_batch(number, measure=measure)
    with django_assert_num_queries(16):
        look()
