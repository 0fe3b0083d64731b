"""Freezing a round: what is kept, that it can be computed again, and who may not."""

import json
from collections import Counter
from pathlib import Path
from typing import IO

import pytest
from django.db import InternalError, transaction
from pytest_django import DjangoAssertNumQueries

from measures import privacy
from measures.domain.prioritisation import prioritise
from measures.domain.ranking import freeze, publish_ranking, withdraw_ranking
from measures.domain.ranking_archive import unpack
from measures.domain.ranking_data import parse_ranking_data
from measures.domain.ranking_output import ranking_output
from measures.domain.round_ratings import read_round
from measures.models import Assessment, Ranking
from measures.reports.ranking import build
from measures.verbs import MeasureVerb
from publishing.json_file import document_json
from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, Stakeholder
from tests.cast import Cast
from tests.factories.measures import GROUPS, fitting_round, rated_round


def test_freeze_keeps_data_from_which_the_result_follows_again(cast: Cast) -> None:
    ranking = freeze(assessment_round=rated_round(), actor=cast.project_office)
    kept = Ranking.objects.get(pk=ranking.pk)
    again = ranking_output(prioritise(parse_ranking_data(json.loads(unpack(bytes(kept.data))))))
    assert again == kept.result
    assert again["hash"] == kept.hash
    assert len(again["measures"]) == 3


def test_freeze_counts_every_answer_once(cast: Cast) -> None:
    assessment_round = rated_round()
    kept = json.loads(unpack(bytes(freeze(assessment_round=assessment_round, actor=cast.project_office).data)))
    in_file = Counter(
        (kept["measures"][measure], kept["criteria"][criterion]["key"], kept["groups"][group], grade)
        for measure, criterion, rater, grade in zip(
            *(kept["ratings"][name] for name in ("measure", "criterion", "rater", "grade")), strict=True
        )
        for group in [kept["raters"][rater]["group"]]
    )
    rows = Assessment.objects.filter(grade__isnull=False)
    stored = Counter(rows.values_list("measure__slug", "criterion__key", "rater__group__key", "grade"))
    assert in_file == stored
    assert sum(in_file.values()) > 150


def test_freeze_tells_nothing_about_accounts(cast: Cast) -> None:
    ranking = freeze(assessment_round=rated_round(), actor=cast.project_office)
    text = unpack(bytes(ranking.data)).decode() + json.dumps(ranking.result) + json.dumps(ranking.labels)
    for person in Stakeholder.objects.all():
        assert person.email not in text
        assert person.last_name not in text
    kept = json.loads(unpack(bytes(ranking.data)))
    numbered = [kept["groups"][rater["group"]] for rater in kept["raters"]]
    by_account = Stakeholder.objects.filter(assessments__isnull=False).distinct().order_by("pk")
    registered = list(by_account.values_list("group__key", flat=True))
    assert sorted(numbered) == sorted(registered)
    assert numbered != registered


def test_freeze_leaves_out_blocked_accounts_and_staff(cast: Cast) -> None:
    assessment_round = rated_round(people=(9, 8, 8))
    rater = Stakeholder.objects.filter(assessments__isnull=False).distinct().order_by("pk")[0]
    rater.is_active = False
    rater.save()
    ranking = freeze(assessment_round=assessment_round, actor=cast.project_office)
    assert ranking.result["participation"]["by_group"][GROUPS[0]] == 8


def test_freeze_counts_answers_of_those_who_cannot_judge(cast: Cast) -> None:
    assessment_round = rated_round()
    ranking = freeze(assessment_round=assessment_round, actor=cast.project_office)
    unknown = Counter(Assessment.objects.filter(grade=None).values_list("measure__slug", flat=True))
    assert ranking.labels["unknown"] == unknown


def test_freeze_again_returns_the_same_version(cast: Cast) -> None:
    assessment_round = rated_round()
    first = freeze(assessment_round=assessment_round, actor=cast.project_office)
    assert freeze(assessment_round=assessment_round, actor=cast.project_office) == first
    assert AuditEntry.objects.filter(verb=MeasureVerb.RANKING_FROZEN).count() == 1


def test_freeze_after_a_change_of_the_answers_needs_a_note_and_keeps_it(cast: Cast) -> None:
    assessment_round = rated_round(people=(9, 9, 9))
    first = freeze(assessment_round=assessment_round, actor=cast.project_office)
    Assessment.objects.filter(rater=Assessment.objects.order_by("pk")[0].rater).delete()
    for nothing in ("", "  \n "):
        with pytest.raises(Refusal, match="Gegenüber Fassung 1 haben sich die Eingangsdaten geändert") as refusal:
            freeze(assessment_round=assessment_round, actor=cast.project_office, note=nothing)
        assert refusal.value.field == "note"
    assert Ranking.objects.count() == 1
    words = "Ein doppeltes Konto ist gesperrt worden."
    second = freeze(assessment_round=assessment_round, actor=cast.project_office, note=f" {words} ")
    assert (first.version, second.version) == (1, 2)
    assert (first.note, second.note) == ("", words)
    assert second.hash != first.hash


def test_freeze_after_a_new_title_needs_a_note(cast: Cast) -> None:
    assessment_round = rated_round()
    freeze(assessment_round=assessment_round, actor=cast.project_office)
    assessment_round.measures.update(title_en="New title")
    with pytest.raises(Refusal, match="Bezeichnungen"):
        freeze(assessment_round=assessment_round, actor=cast.project_office)
    second = freeze(assessment_round=assessment_round, actor=cast.project_office, note="Titel berichtigt.")
    assert (second.version, second.note) == (2, "Titel berichtigt.")


def test_freeze_refuses_a_note_that_is_too_long(cast: Cast) -> None:
    with pytest.raises(Refusal, match="höchstens 500 Zeichen"):
        freeze(assessment_round=rated_round(), actor=cast.project_office, note="x" * 501)
    assert not Ranking.objects.exists()


def test_report_of_a_frozen_round_outlives_the_erasure_of_a_rater(cast: Cast) -> None:
    assessment_round = rated_round()
    ranking = freeze(assessment_round=assessment_round, actor=cast.project_office)
    before = document_json(build(ranking, "de"))
    for rater in Stakeholder.objects.filter(assessments__isnull=False).distinct()[:3]:
        privacy.erase(rater)
        rater.delete()
    kept = Ranking.objects.select_related("round").get()
    assert document_json(build(kept, "de")) == before
    assert bytes(kept.data) == bytes(ranking.data)


def test_freeze_counts_who_answered_by_another_way_than_the_portal(cast: Cast) -> None:
    assessment_round = rated_round()
    people = list(Stakeholder.objects.filter(assessments__isnull=False).distinct().order_by("pk")[:4])
    for person, channel in zip(people, ("letter", "letter", "phone", "phone"), strict=True):
        Assessment.objects.filter(rater=person).update(channel=channel)
    Assessment.objects.filter(pk=Assessment.objects.filter(rater=people[0])[0].pk).update(channel="in_person")
    Stakeholder.objects.filter(pk=people[3].pk).update(is_active=False)
    ranking = freeze(assessment_round=assessment_round, actor=cast.project_office)
    assert ranking.labels["channels"] == [["phone", 1], ["letter", 2]]


def test_freeze_says_whether_the_ratings_may_be_open_data(cast: Cast) -> None:
    for people, is_open in (((12, 9, 8), True), ((12, 9, 4), False)):
        ranking = freeze(assessment_round=rated_round(people=people), actor=cast.project_office)
        assert ranking.labels["open_data"] is is_open


def test_freeze_with_a_full_disk_says_so_and_keeps_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """`/dev/full` refuses every byte as a full disk does."""
    assessment_round = rated_round()

    def full() -> IO[bytes]:
        return Path("/dev/full").open("r+b", buffering=0)

    monkeypatch.setattr("measures.domain.round_ratings.tempfile.TemporaryFile", full)
    with pytest.raises(Refusal, match="kein Speicherplatz mehr frei"):
        freeze(assessment_round=assessment_round, actor=cast.project_office)
    assert not Ranking.objects.exists()
    assert not AuditEntry.objects.exists()
    monkeypatch.undo()
    assert freeze(assessment_round=assessment_round, actor=cast.project_office).version == 1


def test_freeze_is_refused_while_the_round_is_open(cast: Cast) -> None:
    with pytest.raises(Refusal, match="läuft noch"):
        freeze(assessment_round=fitting_round(), actor=cast.project_office)
    assert not Ranking.objects.exists()


def test_freeze_is_refused_without_any_rating(cast: Cast) -> None:
    with pytest.raises(Refusal, match="niemand"):
        freeze(assessment_round=rated_round(people=()), actor=cast.project_office)


@pytest.mark.parametrize("change", [{"hash": "sha256:0"}, {"version": 9}, {"result": {}}, {"labels": {}}])
def test_frozen_ranking_cannot_be_changed_in_the_database(cast: Cast, change: dict[str, object]) -> None:
    ranking = freeze(assessment_round=rated_round(), actor=cast.project_office)
    with pytest.raises(InternalError), transaction.atomic():
        Ranking.objects.filter(pk=ranking.pk).update(**change)
    with pytest.raises(InternalError), transaction.atomic():
        ranking.delete()


def test_publish_and_withdraw_are_on_record_once(cast: Cast) -> None:
    ranking = freeze(assessment_round=rated_round(), actor=cast.project_office)
    for _repeated in range(2):
        publish_ranking(ranking=ranking, actor=cast.project_office)
    ranking.refresh_from_db()
    assert ranking.published
    for _repeated in range(2):
        withdraw_ranking(ranking=ranking, actor=cast.project_office)
    assert not Ranking.objects.get(pk=ranking.pk).published
    verbs = AuditEntry.objects.exclude(verb=MeasureVerb.RANKING_FROZEN).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [MeasureVerb.RANKING_PUBLISHED, MeasureVerb.RANKING_WITHDRAWN]


def test_reading_a_round_takes_the_same_queries_at_any_size(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for people in ((6, 6), (20, 20, 20)):
        assessment_round = rated_round(people=people)
        with django_assert_num_queries(7):
            read_round(assessment_round)
