from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.enquiry import Question, ask
from stakeholders.enquiry_links import token_for
from stakeholders.models import Enquiry, OutgoingMail, Stakeholder
from tests.cast import Cast

SignIn = Callable[[Stakeholder], Client]
pytestmark = pytest.mark.django_db
SENT = {
    "topic": "events",
    "name": "Kim Gast",
    "email": "gast@example.org",
    "subject": "Parken",
    "text": "Gibt es <b>Parkplätze</b>?",
}


def post(client: Client, **changes: Any) -> Any:
    return client.post("/kontakt/", SENT | changes)


def thread_of(enquiry: Enquiry) -> str:
    return reverse("stakeholders:enquiry_detail", args=[token_for(enquiry)])


def asked(person: Stakeholder | None = None, subject: str = "Parken") -> Enquiry:
    return ask(question=Question("events", "Kim", "gast@example.org", subject, "Gibt es Parkplätze?"), person=person)


def test_a_guest_asks_and_lands_on_the_thread(client: Client) -> None:
    page = client.get("/kontakt/").content.decode()
    assert "mailto:zukunftswerkstatt@smwa.sachsen.de" in page
    response = client.post("/kontakt/", SENT, follow=True)
    page = response.content.decode()
    assert response.redirect_chain[0][0] == thread_of(Enquiry.objects.get())
    assert "Eine Bestätigung geht an gast@example.org." in page
    assert "&lt;b&gt;Parkplätze&lt;/b&gt;" in page


@pytest.mark.parametrize(("asked_for", "chosen"), [("accessibility", True), ("x", False), ("\x00", False)])
def test_the_topic_can_be_chosen_by_the_address(client: Client, asked_for: str, chosen: bool) -> None:
    page = client.get("/kontakt/", {"thema": asked_for}).content.decode()
    assert ('<option value="accessibility" selected>' in page) == chosen


def test_the_accessibility_statement_leads_to_the_form(client: Client) -> None:
    assert 'href="/kontakt/?thema=accessibility"' in client.get("/barrierefreiheit/").content.decode()


def test_who_signed_in_finds_name_and_address_filled_in(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.outsider)
    page = client.get("/kontakt/").content.decode()
    assert f'value="{cast.outsider.email}"' in page
    post(client)
    assert Enquiry.objects.get().person == cast.outsider


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"topic": ""}, "wählen Sie ein Thema"),
        ({"topic": "x"}, "wählen Sie ein Thema"),
        ({"email": ""}, "E-Mail-Adresse an"),
        ({"email": "kein"}, "gültige E-Mail-Adresse"),
        ({"name": "x" * 161}, "160"),
        ({"subject": ""}, "worum es geht"),
        ({"subject": "x" * 151}, "150"),
        ({"subject": "a\x00b"}, "Null"),
        ({"text": ""}, "schreiben Sie eine Nachricht"),
        ({"text": "\u200b"}, "lesbaren Text"),
        ({"text": "x" * 5001}, "höchstens 5000 Zeichen. Es sind jetzt 5001."),
    ],
)
def test_bad_input_is_told_and_the_rest_kept(client: Client, changes: dict[str, str], sentence: str) -> None:
    response = post(client, **changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "text" in changes or "Gibt es &lt;b&gt;" in page
    assert not Enquiry.objects.exists()


def test_a_subject_of_several_lines_makes_no_header(client: Client) -> None:
    post(client, subject="Parken\r\nBcc: fremd@example.org")
    assert Enquiry.objects.get().subject == "Parken Bcc: fremd@example.org"


def test_too_many_questions_are_answered_with_an_own_page(client: Client) -> None:
    answers = [post(client, text=f"Frage {number}").status_code for number in range(12)]
    assert (answers[0], answers[-1]) == (302, 429)
    assert client.get("/kontakt/").status_code == 200


def test_the_guest_reads_and_writes_by_the_link(client: Client) -> None:
    enquiry = asked()
    assert "Gibt es Parkplätze?" in client.get(thread_of(enquiry)).content.decode()
    assert client.post(thread_of(enquiry), {"text": ""}).status_code == 422
    page = client.post(thread_of(enquiry), {"text": "Und Fahrräder?"}, follow=True).content.decode()
    assert "Und Fahrräder?" in page
    assert enquiry.messages.count() == 2


def test_the_thread_names_the_office_and_no_person_of_it(cast: Cast, client: Client) -> None:
    enquiry = asked()
    enquiry.messages.create(by_office=True, author=cast.project_office, text="Ja.")
    page = client.get(thread_of(enquiry)).content.decode()
    assert "Projektbüro" in page
    assert cast.project_office.last_name not in page


def test_a_tampered_link_opens_nothing(client: Client) -> None:
    enquiry = asked()
    for token in (token_for(enquiry) + "x", f"{enquiry.pk}~abc", "99999999999999999999~x"):
        address = reverse("stakeholders:enquiry_detail", args=[token])
        assert client.get(address).status_code == 404
        assert client.post(address, {"text": "x"}).status_code == 404


@pytest.mark.parametrize("number", [1, 20])
def test_own_enquiries_are_listed_at_the_same_cost(
    cast: Cast, sign_in: SignIn, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        asked(cast.stakeholder, f"Frage {place}")
    client = sign_in(cast.stakeholder)
    with django_assert_num_queries(4):
        page = client.get("/mein/anfragen/").content.decode()
    assert page.count("row-list__title") == number


def test_others_do_not_see_ones_enquiries(cast: Cast, client: Client, sign_in: SignIn) -> None:
    asked(cast.stakeholder, "Ganz privat")
    assert client.get("/mein/anfragen/").status_code == 302
    assert "Ganz privat" not in sign_in(cast.outsider).get("/mein/anfragen/").content.decode()


def desk_of(enquiry: Enquiry) -> str:
    return reverse("admin:stakeholders_enquiry_change", args=[enquiry.pk])


def test_the_office_answers_in_the_administration(cast: Cast, sign_in: SignIn) -> None:
    enquiry = asked()
    office = sign_in(cast.project_office)
    assert "Gibt es Parkplätze?" in office.get(desk_of(enquiry)).content.decode()
    sent = {"decision": "answer", "answer": "Ja,\r\nvor dem Haus.", "seen": 1}
    assert "geht per E-Mail hinaus" in office.post(desk_of(enquiry), sent, follow=True).content.decode()
    assert "Ja,\nvor dem Haus." in OutgoingMail.objects.latest("pk").text
    assert not LogEntry.objects.exists()
    late = office.post(desk_of(enquiry), sent | {"answer": "Lange geschrieben."}).content.decode()
    assert "inzwischen etwas geschrieben" in late
    assert "Lange geschrieben." in late
    assert 'name="seen" value="2"' in late


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"decision": "answer", "answer": " ", "seen": 1},
        {"decision": "answer", "answer": "x" * 5001, "seen": 1},
        {"decision": "close", "answer": "", "seen": "x"},
    ],
)
def test_a_wrong_answer_changes_nothing(cast: Cast, sign_in: SignIn, sent: dict[str, Any]) -> None:
    enquiry = asked()
    assert sign_in(cast.project_office).post(desk_of(enquiry), sent).status_code == 200
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.messages.count()) == (Enquiry.State.OPEN, 1)


def test_the_queue_starts_with_who_waits_longest(
    cast: Cast, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    closed, oldest, newest = (asked(subject=name) for name in ("eins", "zwei", "drei"))
    office = sign_in(cast.project_office)
    office.post(desk_of(closed), {"decision": "close", "answer": "", "seen": 1})
    with django_assert_num_queries(6):
        response = office.get(reverse("admin:stakeholders_enquiry_changelist"))
    assert list(response.context["cl"].result_list) == [oldest, newest, closed]
    assert "zwei" in office.get(reverse("admin:stakeholders_enquiry_changelist"), {"q": "zwei"}).content.decode()


def test_the_desk_is_closed_to_everybody_else(cast: Cast, client: Client) -> None:
    enquiry = asked(cast.stakeholder)
    for person in (cast.stakeholder, cast.ministry, cast.outsider):
        client.force_login(person)
        assert client.post(desk_of(enquiry), {"decision": "answer", "answer": "x", "seen": 1}).status_code == 302
    assert enquiry.messages.count() == 1
