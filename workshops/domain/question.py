"""What an event asks who registers, what an answer must be, and when answers are deleted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from stakeholders.domain.refusal import Refusal
from workshops.models import Answer, Question, Registration, Workshop

NUMBER = re.compile(r"[+-]?\d{1,9}([.,]\d{1,3})?")
LONGEST = 500


@dataclass(frozen=True)
class Checked:
    """Answers to keep and sentences about those that cannot be kept, by number of the question."""

    kept: dict[int, str]
    faults: dict[int, str]


def questions_of(workshop: Workshop) -> list[Question]:
    return list(Question.objects.filter(workshop=workshop).select_related("shown_if"))


def field_name(number: int) -> str:
    return f"question_{number}"


def check_answers(questions: Sequence[Question], values: Mapping[int, str]) -> Checked:
    """An answer to a question that is not asked, given the other answers, is neither kept nor missed."""
    kept: dict[int, str] = {}
    faults: dict[int, str] = {}
    for question in asked(questions, values):
        value = " ".join(values.get(question.pk, "").replace("\x00", "").split())
        if fault := _fault(question, value):
            faults[question.pk] = fault
        elif value:
            kept[question.pk] = value
    return Checked(kept, faults)


def asked(questions: Sequence[Question], values: Mapping[int, str]) -> list[Question]:
    """Those whose condition is met, and the condition of the question they depend on too; a circle is never asked."""
    known = {question.pk: question for question in questions}

    def is_asked(question: Question, below: frozenset[int]) -> bool:
        if question.shown_if_id is None:
            return True
        parent = known.get(question.shown_if_id)
        if parent is None or parent.pk in below or _plain(values.get(parent.pk, "")) != _plain(question.shown_value):
            return False
        return is_asked(parent, below | {parent.pk})

    return [question for question in questions if is_asked(question, frozenset({question.pk}))]


def keep_answers(registration: Registration, values: Mapping[int, str]) -> bool:
    """Store what was answered instead of what was; whether anything changed. Raises Refusal. Needs the lock."""
    questions = questions_of(registration.workshop)
    checked = check_answers(questions, values)
    for number, fault in checked.faults.items():
        raise Refusal(fault, field=field_name(number))
    before = answers_of(registration)
    if before == checked.kept:
        return False
    Answer.objects.filter(registration=registration).delete()
    rows = [Answer(registration=registration, question_id=pk, value=value) for pk, value in checked.kept.items()]
    Answer.objects.bulk_create(rows)
    return True


def answers_of(registration: Registration) -> dict[int, str]:
    return dict(Answer.objects.filter(registration=registration).values_list("question_id", "value"))


def has_unanswered(registration: Registration) -> bool:
    """Whether a question that must be answered has no answer yet, such as after accepting an invitation."""
    return bool(check_answers(questions_of(registration.workshop), answers_of(registration)).faults)


def delete_answers(*, ended_before: datetime, sensitive: bool) -> int:
    """Of events that ended by then: those on accessibility and catering, or the others."""
    over = Answer.objects.filter(question__workshop__ends_at__lte=ended_before)
    is_sensitive = Q(question__purpose__in=Question.SENSITIVE)
    chosen = over.filter(is_sensitive if sensitive else ~is_sensitive)
    return chosen.delete()[0]


def _fault(question: Question, value: str) -> str:
    if not value:
        return _("Bitte beantworten Sie diese Frage.") if question.required else ""
    if len(value) > LONGEST:
        text = _("Bitte kürzen Sie Ihre Antwort auf höchstens %(most)d Zeichen. Es sind jetzt %(n)d.")
        return text % {"most": LONGEST, "n": len(value)}
    if question.kind == Question.Kind.NUMBER and not NUMBER.fullmatch(value):
        return _("Bitte geben Sie eine Zahl ein, zum Beispiel 3 oder 2,5.")
    if question.kind == Question.Kind.CHOICE and value not in question.options:
        return _("Bitte wählen Sie eine der Antworten.")
    return ""


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
