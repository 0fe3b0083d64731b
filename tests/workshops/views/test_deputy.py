import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import InvitationFactory, WorkshopFactory
from tests.workshops.post import kinds, last_mail, personal_path
from workshops.domain.invitation import answer
from workshops.forms.deputy import DeputyForm
from workshops.models import Invitation, Registration
from workshops.tokens import token_for

pytestmark = pytest.mark.django_db
RUTH = {"deputy": "name", "first_name": "Ruth", "last_name": "Beispiel", "email": "Ruth@Example.org"}


def address(invitation: Invitation) -> str:
    return reverse("workshops:invitation_answer", args=[token_for(invitation)])


def test_from_naming_to_the_place_of_the_deputy_without_login(cast: Cast, client: Client) -> None:
    invited = InvitationFactory.create(person=cast.stakeholder, workshop__open_registration=False)
    answer(invitation=invited, accept=True)
    text = client.post(address(invited), RUTH, follow=True).content.decode()
    assert "Sie haben ruth@example.org als Vertretung benannt" in text
    assert "Vertretung zurückziehen" in text
    row = Invitation.objects.get(deputy_of=invited)
    link = personal_path(last_mail(row.person))
    text = client.get(link).content.decode()
    assert "Einladung für Ruth Beispiel" in text
    assert f"{cast.stakeholder.display_name} hat Sie als Vertretung benannt." in text
    assert "Was über Sie gespeichert ist und woher" in text
    assert "Vertretung einladen" not in text
    assert "Sie haben einen Platz." in client.post(link, {"answer": "accept"}, follow=True).content.decode()
    text = client.get(address(invited)).content.decode()
    assert "Ruth Beispiel kommt als Ihre Vertretung." in text
    assert 'name="answer"' not in text
    assert 'name="deputy"' not in text


def test_withdrawing_leaves_the_place_and_closes_the_link_of_the_deputy(cast: Cast, client: Client) -> None:
    invited = InvitationFactory.create(person=cast.stakeholder)
    answer(invitation=invited, accept=True)
    client.post(address(invited), RUTH)
    row = Invitation.objects.get(deputy_of=invited)
    text = client.post(address(invited), {"deputy": "withdraw"}, follow=True).content.decode()
    assert "Ihr Platz bleibt Ihrer." in text
    text = client.get(address(row)).content.decode()
    assert "Diese Einladung ist zurückgezogen" in text
    assert 'name="answer"' not in text
    response = client.post(address(row), {"answer": "accept"}, follow=True)
    assert "Diese Einladung ist zurückgezogen" in response.content.decode()
    assert Registration.objects.count() == 1


def test_a_declining_deputy_can_be_replaced(cast: Cast, client: Client) -> None:
    invited = InvitationFactory.create(person=cast.stakeholder)
    client.post(address(invited), RUTH)
    row = Invitation.objects.get(deputy_of=invited)
    client.post(address(row), {"answer": "decline"})
    text = client.get(address(invited)).content.decode()
    assert "ruth@example.org kann Sie nicht vertreten." in text
    client.post(address(invited), {**RUTH, "email": "uwe@example.org", "first_name": "Uwe"})
    assert Invitation.objects.filter(deputy_of=invited, answer="open").count() == 1
    text = client.get(address(row)).content.decode()
    assert 'value="accept"' not in text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("email", "ruth", "Bitte prüfen Sie die Adresse"),
        ("email", "", "Bitte nennen Sie die E-Mail-Adresse Ihrer Vertretung."),
        ("email", "x" * 250 + "@example.org", "höchstens 254"),
        ("email", "stakeholder@example.org", "Das ist Ihre eigene Adresse."),
        ("first_name", "", "Bitte nennen Sie den Vornamen Ihrer Vertretung."),
        ("first_name", "https://example.org/gewinn", "Bitte geben Sie nur den Namen ein."),
        ("last_name", "gewinn.example.org", "Bitte geben Sie nur den Namen ein."),
        ("last_name", "<b>Beispiel</b>", "Bitte geben Sie nur den Namen ein."),
        ("last_name", "x" * 81, "höchstens 80"),
    ],
)
def test_what_is_wrong_stands_at_its_field(field: str, value: str, sentence: str, cast: Cast, client: Client) -> None:
    invited = InvitationFactory.create(person=cast.stakeholder)
    response = client.post(address(invited), {**RUTH, field: value})
    assert response.status_code == 422
    text = response.content.decode()
    assert sentence in text
    kept = "last_name" if field != "last_name" else "first_name"
    assert f'value="{RUTH[kept]}"' in text
    assert not Invitation.objects.filter(deputy_of=invited).exists()
    assert kinds(cast.stakeholder) == []


@pytest.mark.parametrize(
    "word", ["Łucja", "Müller-Lüdenscheidt", "O’Neill", "St. Claire", "Dr. phil. Muster", "Jean Paul"]
)
def test_names_of_people_are_names(word: str) -> None:
    form = DeputyForm({**RUTH, "last_name": word})
    assert form.is_valid(), form.errors


def test_a_deputy_who_is_registered_is_refused_at_the_field(cast: Cast, client: Client) -> None:
    invited = InvitationFactory.create(person=cast.stakeholder)
    InvitationFactory.create(workshop=invited.workshop, person=cast.outsider)
    response = client.post(address(invited), {**RUTH, "email": cast.outsider.email})
    assert (response.status_code, "Diese Person ist schon eingeladen." in response.content.decode()) == (422, True)


def test_a_deputy_finds_no_form_and_is_refused(cast: Cast, client: Client) -> None:
    invited = InvitationFactory.create(person=cast.stakeholder)
    client.post(address(invited), RUTH)
    row = Invitation.objects.get(deputy_of=invited)
    response = client.post(address(row), {**RUTH, "email": "uwe@example.org"}, follow=True)
    assert "können niemanden weiter benennen" in response.content.decode()
    assert Invitation.objects.count() == 2


def test_a_link_posts_only_so_often(client: Client) -> None:
    invited = InvitationFactory.create()
    codes = {client.post(address(invited), {"answer": "vielleicht"}).status_code for _turn in range(61)}
    assert 429 in codes


def test_the_page_takes_as_many_queries_with_many_deputies_as_with_one(client: Client) -> None:
    workshop = WorkshopFactory.create()
    few, many = (InvitationFactory.create(workshop=workshop) for _ in range(2))
    InvitationFactory.create(workshop=workshop, deputy_of=few, answer="declined")
    InvitationFactory.create_batch(4, workshop=workshop, deputy_of=many, answer="declined")
    counts = []
    for row in (few, many):
        with CaptureQueriesContext(connection) as queries:
            client.get(address(row))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_outsider_cannot_name_a_deputy_for_somebody_else(cast: Cast, client: Client) -> None:
    invited = InvitationFactory.create(person=cast.stakeholder)
    client.force_login(StakeholderFactory.create())
    for data in (RUTH, {"deputy": "withdraw"}):
        assert client.post(address(invited), data).status_code == 403
    assert Invitation.objects.count() == 1
