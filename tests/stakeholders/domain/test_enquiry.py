"""A conversation with the office: what is stored, who is told, and what happens when two write at once."""

from dataclasses import replace
from functools import partial

import pytest

from stakeholders.domain.enquiry import LONGEST_THREAD, Question, answer, ask, close, write
from stakeholders.domain.refusal import Refusal, StaleSave
from stakeholders.enquiry_links import find_enquiry, link_to, token_for
from stakeholders.models import AuditEntry, Enquiry, EnquiryMessage, OutgoingMail, Stakeholder
from tests.at_once import tried_at_once
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db
State = Enquiry.State
QUESTION = Question("events", "Kim Gast", "gast@example.org", "Parken", "Gibt es Parkplätze?")


def asked(person: Stakeholder | None = None) -> Enquiry:
    return ask(question=QUESTION, person=person)


def test_a_question_waits_and_is_confirmed_without_repeating_it(cast: Cast) -> None:
    enquiry = asked()
    assert (enquiry.state, enquiry.messages.get().text) == (State.OPEN, "Gibt es Parkplätze?")
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, link_to(enquiry) in mail.text, link_to(enquiry) in mail.html) == (
        "gast@example.org",
        True,
        True,
    )
    for typed in ("Parken", "Parkplätze", "Kim Gast"):
        assert typed not in mail.subject + mail.text + mail.html


def test_the_mail_is_in_the_language_of_the_page(cast: Cast) -> None:
    enquiry = ask(question=replace(QUESTION, language="en"), person=None)
    assert "/en/" in link_to(enquiry)
    assert link_to(enquiry) in OutgoingMail.objects.get().text


def test_a_second_click_is_no_second_enquiry(cast: Cast) -> None:
    assert asked() == asked()
    assert ask(question=replace(QUESTION, text="Und Fahrräder?"), person=None) != asked()
    assert Enquiry.objects.count() == 2


def test_empty_texts_are_refused_everywhere(cast: Cast) -> None:
    enquiry = asked()
    with pytest.raises(Refusal, match="Nachricht"):
        ask(question=replace(QUESTION, text=" "), person=None)
    with pytest.raises(Refusal, match="Nachricht"):
        write(enquiry=enquiry, text="")
    with pytest.raises(Refusal, match="Nachricht"):
        answer(enquiry=enquiry, text="", actor=cast.project_office, seen=1)


def test_the_office_answers_by_mail_and_the_thread_is_kept(cast: Cast) -> None:
    enquiry = answer(enquiry=asked(), text="Ja, vor dem Haus.", actor=cast.project_office, seen=1)
    assert enquiry.state == State.ANSWERED
    assert [(row.by_office, row.author) for row in enquiry.messages.all()] == [
        (False, None),
        (True, cast.project_office),
    ]
    mail = OutgoingMail.objects.latest("pk")
    assert "Ja, vor dem Haus." in mail.text
    assert cast.project_office.last_name not in mail.text
    entry = AuditEntry.objects.get(verb="enquiry_answered")
    assert (entry.actor, entry.target_label, entry.facts) == (cast.project_office, f"Anfrage {enquiry.pk}", {})


def test_writing_again_opens_it_again_and_twice_is_once(cast: Cast) -> None:
    enquiry = close(enquiry=asked(), actor=cast.project_office, seen=1)
    for _ in range(2):
        enquiry = write(enquiry=enquiry, text="Und wo?")
    assert (enquiry.state, enquiry.messages.count()) == (State.OPEN, 2)


def test_closing_is_written_down_once(cast: Cast) -> None:
    enquiry = asked()
    for _ in range(2):
        close(enquiry=enquiry, actor=cast.project_office, seen=1)
    assert AuditEntry.objects.filter(verb="enquiry_closed").count() == 1
    assert OutgoingMail.objects.count() == 1


def test_an_answer_to_an_old_thread_is_refused(cast: Cast) -> None:
    enquiry = asked()
    write(enquiry=enquiry, text="Hat sich erledigt.")
    with pytest.raises(StaleSave, match="inzwischen etwas geschrieben"):
        answer(enquiry=enquiry, text="Ja.", actor=cast.project_office, seen=1)
    with pytest.raises(StaleSave):
        close(enquiry=enquiry, actor=cast.project_office, seen=1)


def test_only_the_office_answers(cast: Cast) -> None:
    enquiry = asked(cast.stakeholder)
    for person in (cast.stakeholder, cast.outsider, cast.ministry):
        with pytest.raises(Refusal, match="Projektbüro"):
            answer(enquiry=enquiry, text="Ja.", actor=person, seen=1)
        with pytest.raises(Refusal, match="Projektbüro"):
            close(enquiry=enquiry, actor=person, seen=1)


def test_a_thread_does_not_grow_forever(cast: Cast) -> None:
    enquiry = asked()
    EnquiryMessage.objects.bulk_create(EnquiryMessage(enquiry=enquiry, text=str(n)) for n in range(LONGEST_THREAD))
    with pytest.raises(Refusal, match="neue Anfrage"):
        write(enquiry=enquiry, text="Noch etwas.")


def test_links_open_their_enquiry_alone_and_only_while_it_exists(cast: Cast) -> None:
    enquiry = asked()
    token = token_for(enquiry)
    assert find_enquiry(token) == enquiry
    for tampered in (token + "x", token.replace(str(enquiry.pk), str(enquiry.pk + 1), 1), str(enquiry.pk), "~", ""):
        assert find_enquiry(tampered) is None
    enquiry.delete()
    assert find_enquiry(token) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_the_second_is_told() -> None:
    cast = assemble()
    enquiry = asked()
    reply = partial(answer, enquiry=enquiry, actor=cast.project_office, seen=1)
    answers = tried_at_once(partial(reply, text="Ja."), partial(reply, text="Nein."))
    [refusal] = [told for told in answers if isinstance(told, Refusal)]
    assert isinstance(refusal, StaleSave)
    assert enquiry.messages.filter(by_office=True).count() == 1
