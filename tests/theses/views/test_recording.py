from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Activity, AuditEntry, Channel, OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.measures import MeasureFactory
from tests.factories.stakeholders import StakeholderFactory
from theses.domain.thesis import Draft, publish, submit
from theses.models import Thesis

SignIn = Callable[[Stakeholder], Client]


@pytest.fixture
def caller(cast: Cast) -> Stakeholder:
    """Somebody without an address, whom the office recorded."""
    person: Stakeholder = StakeholderFactory.create(first_name="Hanna", last_name="Anruf", email=None, origin="office")
    return person


def address(person: Stakeholder) -> str:
    return f"/thesen/fuer/{person.pk}/einreichen/"


def answers(**changes: Any) -> dict[str, Any]:
    return {
        "channel": "letter",
        "sentence": "Werkstätten gehören in jeden Kreis.",
        "reason": "Die Wege sind weit.",
        "measure": MeasureFactory.create().pk,
        "text_language": "de",
        **changes,
    }


def test_the_office_writes_down_a_thesis_and_everybody_sees_how_it_came(
    cast: Cast, caller: Stakeholder, client: Client, sign_in: SignIn
) -> None:
    sign_in(cast.project_office)
    assert "keine E-Mail-Adresse" in client.get(address(caller)).content.decode()
    assert client.post(address(caller), answers()).status_code == 302
    thesis = Thesis.objects.get(author=caller)
    assert (thesis.channel, thesis.recorded_by, thesis.state) == ("letter", cast.project_office, "submitted")
    assert not OutgoingMail.objects.exists()
    assert Activity.objects.get(person=caller).kind == "contributed"
    entry = AuditEntry.objects.get(verb="thesis_submitted")
    assert (entry.actor, entry.facts) == (cast.project_office, {"author": caller.pk, "channel": "letter"})
    publish(thesis=thesis, actor=cast.project_office)
    client.logout()
    page = client.get(thesis.get_absolute_url()).content.decode()
    assert "eingebracht per Brief, aufgeschrieben vom Projektbüro" in page
    assert "Hanna Anruf" in page
    assert str(cast.project_office) not in page


def test_who_has_an_address_gets_the_receipt(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.project_office).post(address(cast.stakeholder), answers(channel="phone"))
    assert OutgoingMail.objects.get().recipient == "stakeholder@example.org"


def test_an_own_thesis_says_nothing_about_a_way(cast: Cast, client: Client) -> None:
    draft = Draft(sentence="Ein Satz.", reason="Ein Grund.", measure=MeasureFactory.create())
    thesis = publish(thesis=submit(author=cast.stakeholder, draft=draft), actor=cast.project_office)
    assert "eingebracht" not in client.get(thesis.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"channel": ""}, "auf welchem Weg"),
        ({"channel": "web"}, "Auswahl"),
        ({"channel": "import"}, "Auswahl"),
        ({"sentence": ""}, "Ihre These"),
        ({"measure": ""}, "Maßnahme"),
    ],
)
def test_a_refusal_stands_at_its_field(
    cast: Cast, caller: Stakeholder, sign_in: SignIn, changes: dict[str, str], sentence: str
) -> None:
    response = sign_in(cast.project_office).post(address(caller), answers(**changes))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Thesis.objects.exists()


def test_an_incomplete_person_is_refused_with_what_is_missing(cast: Cast, sign_in: SignIn) -> None:
    person = StakeholderFactory.create(group=None, origin="import")
    response = sign_in(cast.project_office).post(address(person), answers())
    assert response.status_code == 422
    assert "fehlt noch Nachname, Akteursgruppe oder Kreis" in response.content.decode()


def test_nobody_but_the_office_writes_for_others(cast: Cast, caller: Stakeholder) -> None:
    draft = Draft(sentence="Ein Satz.", reason="Ein Grund.", measure=MeasureFactory.create())
    with pytest.raises(Refusal, match="nur das Projektbüro"):
        submit(author=caller, draft=draft, recorded_by=cast.ministry, channel=Channel.PHONE)


def test_staff_and_strangers_have_no_such_page(
    cast: Cast, caller: Stakeholder, client: Client, sign_in: SignIn
) -> None:
    assert client.get(address(caller)).status_code == 302
    sign_in(cast.project_office)
    assert client.get(address(cast.ministry)).status_code == 404
    assert client.get("/thesen/fuer/99999999999999999999/einreichen/").status_code == 404
    for person in (cast.ministry, cast.outsider):
        assert sign_in(person).post(address(caller), answers()).status_code == 404
    assert not Thesis.objects.exists()
