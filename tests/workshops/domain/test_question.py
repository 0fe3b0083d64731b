from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.domain.refusal import Refusal
from tests.factories.workshops import InvitationFactory, QuestionFactory, RegistrationFactory, WorkshopFactory
from workshops.domain.question import (
    answers_of,
    asked,
    check_answers,
    delete_answers,
    has_unanswered,
    keep_answers,
    questions_of,
)
from workshops.domain.registration import cancel, change, register
from workshops.domain.wish import Wish
from workshops.models import Answer, Question, Registration
from workshops.privacy import collect

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration() -> Registration:
    row: Registration = RegistrationFactory.create()
    return row


def ask(registration: Registration, **fields: object) -> Question:
    question: Question = QuestionFactory.create(workshop=registration.workshop, **fields)
    return question


def test_answers_are_kept_as_typed_without_loose_spaces(registration: Registration) -> None:
    question = ask(registration)
    assert keep_answers(registration, {question.pk: "  zwei\n Zeilen\x00 "})
    assert answers_of(registration) == {question.pk: "zwei Zeilen"}


def test_the_same_answers_again_change_nothing(registration: Registration) -> None:
    question = ask(registration)
    keep_answers(registration, {question.pk: "ja"})
    before = Answer.objects.get().pk
    assert not keep_answers(registration, {question.pk: "ja"})
    assert Answer.objects.get().pk == before


def test_an_emptied_answer_is_gone(registration: Registration) -> None:
    question = ask(registration)
    keep_answers(registration, {question.pk: "ja"})
    assert keep_answers(registration, {question.pk: ""})
    assert answers_of(registration) == {}


@pytest.mark.parametrize(
    ("fields", "value", "sentence"),
    [
        ({"required": True}, "", "Bitte beantworten Sie diese Frage."),
        ({"required": True}, " \x00 ", "Bitte beantworten Sie diese Frage."),
        ({"kind": "number"}, "drei", "Bitte geben Sie eine Zahl ein"),
        ({"kind": "number"}, "1.2.3", "Bitte geben Sie eine Zahl ein"),
        ({"kind": "number"}, "1" * 40, "Bitte geben Sie eine Zahl ein"),
        ({"kind": "number"}, "²", "Bitte geben Sie eine Zahl ein"),
        ({"kind": "choice", "choices": "ja\nnein"}, "jein", "Bitte wählen Sie eine der Antworten."),
        ({}, "x" * 501, "auf höchstens 500 Zeichen. Es sind jetzt 501."),
    ],
)
def test_an_answer_that_cannot_be_is_refused_at_its_question(
    fields: dict[str, object], value: str, sentence: str, registration: Registration
) -> None:
    question = ask(registration, **fields)
    with pytest.raises(Refusal, match=sentence) as caught:
        keep_answers(registration, {question.pk: value})
    assert caught.value.field == f"question_{question.pk}"
    assert not Answer.objects.exists()


@pytest.mark.parametrize("value", ["3", "2,5", "-1", "0.25", "+4"])
def test_numbers_are_taken_as_people_write_them(value: str, registration: Registration) -> None:
    question = ask(registration, kind="number")
    assert keep_answers(registration, {question.pk: value})


def test_an_answer_to_the_question_of_another_event_is_not_kept(registration: Registration) -> None:
    other = QuestionFactory.create(workshop=WorkshopFactory.create())
    keep_answers(registration, {other.pk: "ja"})
    assert not Answer.objects.exists()


def test_a_question_whose_condition_is_not_met_is_neither_kept_nor_missed(registration: Registration) -> None:
    parent = ask(registration, kind="choice", choices="ja\nnein")
    child = ask(registration, required=True, shown_if=parent, shown_value="Ja")
    keep_answers(registration, {parent.pk: "nein", child.pk: "mit dem Zug"})
    assert answers_of(registration) == {parent.pk: "nein"}
    with pytest.raises(Refusal, match="Bitte beantworten"):
        keep_answers(registration, {parent.pk: "ja", child.pk: ""})
    keep_answers(registration, {parent.pk: "ja", child.pk: "mit dem Zug"})
    assert answers_of(registration) == {parent.pk: "ja", child.pk: "mit dem Zug"}


def test_conditions_hold_along_the_whole_chain_in_any_order(registration: Registration) -> None:
    first = ask(registration, position=3)
    second = ask(registration, position=2, shown_if=first, shown_value="ja")
    third = ask(registration, position=1, shown_if=second, shown_value="ja")
    values = {first.pk: "nein", second.pk: "ja", third.pk: "ja"}
    assert asked(questions_of(registration.workshop), values) == [first]
    assert len(asked(questions_of(registration.workshop), values | {first.pk: "JA "})) == 3


def test_questions_that_wait_for_each_other_are_never_asked(registration: Registration) -> None:
    one = ask(registration, required=True)
    two = ask(registration, required=True, shown_if=one, shown_value="ja")
    Question.objects.filter(pk=one.pk).update(shown_if=two, shown_value="ja")
    questions = questions_of(registration.workshop)
    assert check_answers(questions, {one.pk: "ja", two.pk: "ja"}) == check_answers([], {})


def test_what_must_be_answered_and_is_not_is_known(registration: Registration) -> None:
    question = ask(registration, required=True)
    assert has_unanswered(registration)
    keep_answers(registration, {question.pk: "ja"})
    assert not has_unanswered(registration)


def test_registering_with_a_bad_answer_registers_nobody(registration: Registration) -> None:
    question = ask(registration, kind="number")
    person = registration.person
    workshop = registration.workshop
    registration.delete()
    with pytest.raises(Refusal):
        register(workshop=workshop, person=person, actor=person, wish=Wish(answers={question.pk: "x"}))
    assert not Registration.objects.exists()


def test_who_did_not_see_the_questions_is_registered_without_answers(registration: Registration) -> None:
    ask(registration, required=True)
    person, workshop = registration.person, registration.workshop
    registration.delete()
    assert register(workshop=workshop, person=person, actor=person).state == "confirmed"


def test_change_replaces_answers_and_is_noted_once(registration: Registration) -> None:
    question = ask(registration)
    for value in ("eins", "zwei", "zwei"):
        change(registration=registration, wish=Wish(answers={question.pk: value}), actor=registration.person)
    assert answers_of(registration) == {question.pk: "zwei"}


def test_cancelling_deletes_all_answers_at_once(registration: Registration) -> None:
    keep_answers(registration, {ask(registration).pk: "ja"})
    cancel(registration=registration, actor=registration.person)
    assert not Answer.objects.exists()


def test_passing_the_place_on_deletes_the_answers_of_who_had_it(registration: Registration) -> None:
    keep_answers(registration, {ask(registration).pk: "vegan"})
    workshop = registration.workshop
    invited = InvitationFactory.create(workshop=workshop, person=registration.person)
    deputy = InvitationFactory.create(workshop=workshop, deputy_of=invited)
    taken = register(workshop=workshop, person=deputy.person, actor=deputy.person)
    assert taken.state == "confirmed"
    assert not Answer.objects.exists()


def test_sensitive_answers_are_deleted_apart_from_others(registration: Registration) -> None:
    kept = ask(registration)
    values = {ask(registration, purpose=purpose).pk: "ja" for purpose in ("accessibility", "catering")}
    keep_answers(registration, {kept.pk: "ja", **values})
    ends = registration.workshop.ends_at
    assert delete_answers(ended_before=ends - timedelta(seconds=1), sensitive=True) == 0
    assert delete_answers(ended_before=ends, sensitive=True) == 2
    assert answers_of(registration) == {kept.pk: "ja"}
    assert delete_answers(ended_before=ends, sensitive=False) == 1


def test_answers_of_events_that_are_not_over_stay(registration: Registration) -> None:
    keep_answers(registration, {ask(registration).pk: "ja"})
    assert delete_answers(ended_before=timezone.now(), sensitive=False) == 0


def test_answers_stand_in_the_export_of_the_person_with_the_question(registration: Registration) -> None:
    question = ask(registration, text="Was essen Sie?")
    keep_answers(registration, {question.pk: "vegan"})
    exported = str(collect(registration.person)["answers"])
    assert "vegan" in exported
    assert "Was essen Sie?" in exported
