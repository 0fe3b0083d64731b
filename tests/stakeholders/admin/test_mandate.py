"""The queue of those who want to speak for organisations."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from stakeholders.domain.mandate import usual_end
from stakeholders.models import Mandate
from tests.cast import Cast
from tests.factories.mandates import MandateFactory, MandateRequestFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:stakeholders_mandate_changelist")


def page_of(mandate: Mandate) -> str:
    return reverse("admin:stakeholders_mandate_change", args=[mandate.pk])


def test_the_office_confirms_until_a_day(office: Client, cast: Cast) -> None:
    asked = MandateRequestFactory.create(request_reason="Geschäftsführung")
    page = office.get(page_of(asked)).content.decode()
    assert "Geschäftsführung" in page
    assert f'value="{usual_end().isoformat()}"' in page
    response = office.post(page_of(asked), {"decision": "confirm", "last_day": "2027-03-31", "answer": ""})
    assert response["Location"] == LIST
    asked.refresh_from_db()
    assert (asked.state, str(asked.ends_on), asked.decided_by) == ("confirmed", "2027-03-31", cast.project_office)
    assert 'name="decision"' not in office.get(page_of(asked)).content.decode()


def test_the_office_refuses_with_a_reason(office: Client) -> None:
    asked = MandateRequestFactory.create()
    office.post(page_of(asked), {"decision": "refuse", "last_day": "", "answer": "Bitte zuerst fragen."})
    asked.refresh_from_db()
    assert (asked.state, asked.decision_reason) == ("refused", "Bitte zuerst fragen.")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Bitte wählen Sie eine der beiden Entscheidungen."),
        ({"decision": "refuse"}, "Bitte begründen Sie die Ablehnung."),
        ({"decision": "confirm"}, "frühestens heute und spätestens in zwei Jahren"),
        ({"decision": "confirm", "last_day": "2199-01-01"}, "frühestens heute und spätestens in zwei Jahren"),
        ({"decision": "confirm", "last_day": "morgen"}, "gültiges Datum"),
    ],
)
def test_a_decision_that_lacks_something_is_told(office: Client, sent: dict[str, str], sentence: str) -> None:
    asked = MandateRequestFactory.create()
    assert sentence in office.post(page_of(asked), sent).content.decode()
    asked.refresh_from_db()
    assert asked.state == "requested"


def test_who_comes_second_is_told_beside_what_was_written(office: Client) -> None:
    asked = MandateRequestFactory.create(state="refused")
    page = office.post(page_of(asked), {"decision": "refuse", "answer": "Mein langer Grund."}).content.decode()
    assert "bereits abgelehnt" in page
    assert "Mein langer Grund." in page


def test_the_office_ends_mandates_and_hears_what_was_left_out(office: Client) -> None:
    valid, asked = MandateFactory.create(), MandateRequestFactory.create()
    response = office.post(LIST, {"action": "end_selected", "_selected_action": [valid.pk, asked.pk]})
    told = [str(message) for message in get_messages(response.wsgi_request)]
    valid.refresh_from_db()
    assert (valid.state, asked.state) == ("ended", "requested")
    assert "1 Mandat beendet." in told
    assert any("noch nicht entschieden" in sentence for sentence in told)


def test_mandates_are_neither_added_nor_deleted_here(office: Client) -> None:
    mandate = MandateFactory.create()
    assert office.get(reverse("admin:stakeholders_mandate_add")).status_code == 403
    delete = reverse("admin:stakeholders_mandate_delete", args=[mandate.pk])
    assert office.post(delete, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("who", ["stakeholder", "ministry", "outsider"])
def test_others_decide_nothing_here(client: Client, cast: Cast, who: str) -> None:
    asked = MandateRequestFactory.create()
    client.force_login(getattr(cast, who))
    client.post(page_of(asked), {"decision": "confirm", "last_day": "2027-03-31"})
    asked.refresh_from_db()
    assert asked.state == "requested"
