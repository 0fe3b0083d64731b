from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.mandate import usual_end
from stakeholders.models import Mandate, Organisation, Stakeholder
from tests.cast import Cast
from tests.factories.mandates import MandateFactory, MandateRequestFactory
from tests.factories.stakeholders import OrganisationFactory, StakeholderFactory

SignIn = Callable[[Stakeholder], Client]
LIST = reverse("stakeholders:mandate_list")
VERBS = ("confirm", "refuse", "end", "deputy")


def address(verb: str, mandate: Mandate) -> str:
    return reverse(f"stakeholders:mandate_{verb}", args=[mandate.pk])


def home(cast: Cast) -> Organisation:
    assert cast.stakeholder.organisation
    return cast.stakeholder.organisation


@pytest.fixture
def speaker(cast: Cast) -> Mandate:
    row: Mandate = MandateFactory.create(person=cast.colleague, organisation=home(cast))
    return row


@pytest.fixture
def asked(cast: Cast) -> Mandate:
    row: Mandate = MandateRequestFactory.create(person=cast.stakeholder, organisation=home(cast))
    return row


def test_a_mandate_is_asked_for_by_the_name_of_the_organisation(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.stakeholder)
    sent = {"organisation_name": f" {home(cast).name.upper()} ", "reason": "Werkleitung"}
    response = client.post(LIST, sent, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    page = response.content.decode()
    assert "Ihr Antrag ist gestellt." in page
    assert "Antrag zurückziehen" in page
    assert Mandate.objects.get().organisation == home(cast)


def test_an_old_name_asks_for_the_organisation_it_became(cast: Cast, sign_in: SignIn) -> None:
    OrganisationFactory.create(name="Altes Werk", merged_into=home(cast))
    sign_in(cast.stakeholder).post(LIST, {"organisation_name": "Altes Werk", "reason": "Werkleitung"})
    assert Mandate.objects.get().organisation == home(cast)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"organisation_name": ""}, "für welche Organisation Sie sprechen möchten"),
        ({"organisation_name": "Gibt es nicht"}, "Diese Organisation kennt das Portal noch nicht."),
        ({"organisation_name": "\u200b"}, "lesbaren Text"),
        ({"organisation_name": "a\x00b"}, "Null"),
        ({"organisation_name": "x" * 161}, "160"),
        ({"reason": ""}, "Bitte nennen Sie Ihre Aufgabe"),
        ({"reason": "x" * 301}, "300"),
    ],
)
def test_a_request_is_refused_at_its_field_and_keeps_what_was_typed(
    cast: Cast, sign_in: SignIn, changes: dict[str, str], sentence: str
) -> None:
    sent = {"organisation_name": home(cast).name, "reason": "Werkleitung", **changes}
    response = sign_in(cast.stakeholder).post(LIST, sent)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert {name: response.context["form"][name].value() for name in sent} == sent
    assert not Mandate.objects.exists()


def test_a_second_request_is_refused_with_a_sentence(cast: Cast, sign_in: SignIn, asked: Mandate) -> None:
    response = sign_in(cast.stakeholder).post(LIST, {"organisation_name": home(cast).name, "reason": "Noch einmal"})
    assert response.status_code == 422
    assert "haben Sie schon ein Mandat beantragt" in response.content.decode()


def test_a_colleague_sees_the_request_and_confirms_it(
    cast: Cast, sign_in: SignIn, speaker: Mandate, asked: Mandate
) -> None:
    client = sign_in(cast.colleague)
    page = client.get(LIST).content.decode()
    assert f"{cast.stakeholder.display_name} möchte für {home(cast)} sprechen" in page
    assert "Aufgabe in der Organisation: Werkleitung" in page
    assert f'value="{usual_end().isoformat()}"' in page
    response = client.post(address("confirm", asked), {"ends_on": "31.12.2026"}, follow=True)
    assert "Das Mandat ist bestätigt." in response.content.decode()
    asked.refresh_from_db()
    assert (asked.state, str(asked.ends_on)) == ("confirmed", "2026-12-31")


@pytest.mark.parametrize(
    ("last_day", "sentence"),
    [
        ("", "Bitte geben Sie einen Tag an"),
        ("morgen", "Bitte geben Sie einen Tag an"),
        ("2199-01-01", "in zwei Jahren"),
    ],
)
def test_a_wrong_day_is_told_beside_the_request(
    cast: Cast, sign_in: SignIn, speaker: Mandate, asked: Mandate, last_day: str, sentence: str
) -> None:
    response = sign_in(cast.colleague).post(address("confirm", asked), {"ends_on": last_day})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert response.context["waiting"][0]["confirming"]["ends_on"].value() == last_day


def test_a_colleague_refuses_with_a_reason(cast: Cast, sign_in: SignIn, speaker: Mandate, asked: Mandate) -> None:
    client = sign_in(cast.colleague)
    response = client.post(address("refuse", asked), {"reason": ""})
    assert response.status_code == 422
    assert "<details open>" in response.content.decode()
    client.post(address("refuse", asked), {"reason": "Bitte zuerst fragen."})
    assert "Begründung: Bitte zuerst fragen." in sign_in(cast.stakeholder).get(LIST).content.decode()


def test_who_comes_second_is_told_on_the_page(cast: Cast, sign_in: SignIn, speaker: Mandate, asked: Mandate) -> None:
    Mandate.objects.filter(pk=asked.pk).update(state="refused", decision_reason="Nein.")
    response = sign_in(cast.colleague).post(address("confirm", asked), {"ends_on": "2026-12-31"}, follow=True)
    assert "bereits abgelehnt" in response.content.decode()


def test_own_mandates_show_state_and_last_day(cast: Cast, sign_in: SignIn, speaker: Mandate) -> None:
    MandateFactory.create(person=cast.colleague, starts_on="2020-01-01", ends_on="2020-12-31")
    page = sign_in(cast.colleague).get(LIST).content.decode()
    assert "letzter Tag: Donnerstag, 31. Dezember 2020" in page
    assert page.count("Mandat beenden<") == 1
    sign_in(cast.colleague).post(address("end", speaker))
    speaker.refresh_from_db()
    assert speaker.state == "ended"
    assert "beendet am" in sign_in(cast.colleague).get(LIST).content.decode()


@pytest.mark.parametrize("email", ["stakeholder@example.org", "nobody@example.org"])
def test_naming_a_deputy_answers_the_same_whoever_it_is(
    cast: Cast, sign_in: SignIn, speaker: Mandate, email: str
) -> None:
    sent = {"email": email, "ends_on": str(speaker.ends_on)}
    response = sign_in(cast.colleague).post(address("deputy", speaker), sent)
    assert response["Location"] == LIST
    page = sign_in(cast.colleague).get(LIST).content.decode()
    assert "Wenn zu dieser Adresse ein Konto gehört, spricht die Person jetzt als Ihre Stellvertretung." in page
    assert Mandate.objects.filter(kind="deputy").exists() == (email == "stakeholder@example.org")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": ""}, "Bitte geben Sie die E-Mail-Adresse"),
        ({"email": "kein"}, "gültige E-Mail-Adresse"),
        ({"email": "colleague@example.org"}, "Ihre eigene Adresse"),
        ({"ends_on": "2199-01-01"}, "spätestens mit Ihrem eigenen Mandat"),
    ],
)
def test_naming_wrongly_is_told_at_its_field(
    cast: Cast, sign_in: SignIn, speaker: Mandate, changes: dict[str, str], sentence: str
) -> None:
    sent = {"email": "stakeholder@example.org", "ends_on": str(speaker.ends_on), **changes}
    response = sign_in(cast.colleague).post(address("deputy", speaker), sent)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_naming_under_a_mandate_that_is_over_is_refused(cast: Cast, sign_in: SignIn, speaker: Mandate) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Mandate.objects.filter(pk=speaker.pk).update(starts_on=yesterday, ends_on=yesterday)
    sent = {"email": "stakeholder@example.org", "ends_on": str(timezone.localdate())}
    response = sign_in(cast.colleague).post(address("deputy", speaker), sent, follow=True)
    assert "Eine Stellvertretung benennt nur" in response.content.decode()


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_costs_the_same_with_one_and_twelve_requests(
    cast: Cast, sign_in: SignIn, speaker: Mandate, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _person in range(number):
        MandateRequestFactory.create(organisation=home(cast))
        MandateFactory.create(organisation=home(cast), decided_by=cast.project_office)
        MandateFactory.create(person=cast.colleague, decided_by=cast.project_office, state="ended")
    client = sign_in(cast.colleague)
    with django_assert_num_queries(5):
        client.get(LIST)


@pytest.mark.parametrize("verb", VERBS)
def test_decisions_are_made_by_post_only(cast: Cast, sign_in: SignIn, speaker: Mandate, verb: str) -> None:
    assert sign_in(cast.colleague).get(address(verb, speaker)).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("verb", VERBS)
def test_a_mandate_that_is_not_there_is_not_found(cast: Cast, sign_in: SignIn, verb: str) -> None:
    for number in (0, 10**30):
        page = reverse(f"stakeholders:mandate_{verb}", args=[number])
        assert sign_in(cast.colleague).post(page).status_code == 404


@pytest.mark.parametrize("verb", VERBS)
def test_mandates_of_others_are_not_found_by_outsiders(
    client: Client, cast: Cast, sign_in: SignIn, speaker: Mandate, asked: Mandate, verb: str
) -> None:
    sent = {"ends_on": "2026-12-31", "reason": "x", "email": "a@example.org"}
    MandateFactory.create(person=cast.outsider)
    assert client.post(address(verb, asked), sent)["Location"].startswith(reverse("account_login"))
    for person in (cast.outsider, cast.ministry, StakeholderFactory.create(organisation=home(cast))):
        assert sign_in(person).post(address(verb, asked), sent).status_code == 404
        assert asked.request_reason not in sign_in(person).get(LIST).content.decode().split("beantragen")[0]
    asked.refresh_from_db()
    assert asked.state == "requested"
