from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.organisation import RESERVED, free_slug, version_of
from stakeholders.models import AuditEntry, Mandate, Organisation, Stakeholder
from tests.cast import Cast
from tests.factories.mandates import MandateFactory, MandateRequestFactory
from tests.factories.stakeholders import OrganisationFactory, StakeholderFactory

SignIn = Callable[[Stakeholder], Client]


def home(cast: Cast) -> Organisation:
    assert cast.stakeholder.organisation
    return cast.stakeholder.organisation


def edit(organisation: Organisation) -> str:
    return reverse("stakeholders:organisation_edit", args=[organisation.slug])


def told(organisation: Organisation, **changes: object) -> dict[str, object]:
    values = {"kind": "company", "size_class": "small", "website": "werk.example", "district": organisation.district_id}
    return {**values, "version": version_of(organisation), **changes}


def test_the_page_names_who_speaks_and_nobody_else(client: Client, cast: Cast) -> None:
    speaker = MandateFactory.create(organisation=home(cast), person__last_name="Sprecherin")
    MandateFactory.create(organisation=home(cast), person__last_name="Deputy", kind=Mandate.Kind.DEPUTY)
    MandateFactory.create(
        organisation=home(cast), person__last_name="Vorbei", ends_on="2020-01-01", starts_on="2020-01-01"
    )
    MandateFactory.create(organisation=home(cast), person__last_name="Gesperrt", person__is_active=False)
    MandateRequestFactory.create(organisation=home(cast), person__last_name="Wartend")
    page = client.get(home(cast).get_absolute_url()).content.decode()
    assert [name for name in ("Sprecherin", "Deputy", "Vorbei", "Gesperrt", "Wartend") if name in page] == [
        "Sprecherin",
        "Deputy",
    ]
    assert speaker.person.mail_address not in page
    assert "Angaben ändern" not in page


def test_the_page_tells_kind_and_size(client: Client, cast: Cast) -> None:
    row = OrganisationFactory.create(kind="union", size_class="medium", website="https://werk.example")
    page = client.get(row.get_absolute_url()).content.decode()
    for text in ("Gewerkschaft", "50 bis 249 Beschäftigte", 'href="https://werk.example"'):
        assert text in page


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_costs_the_same_with_one_and_twelve_speakers(
    client: Client, cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    MandateFactory.create_batch(number, organisation=home(cast))
    with django_assert_num_queries(2):
        client.get(home(cast).get_absolute_url())


def test_an_old_address_leads_on_for_good_however_often_it_was_merged(client: Client, cast: Cast) -> None:
    middle = OrganisationFactory.create(merged_into=home(cast))
    first = OrganisationFactory.create(merged_into=middle)
    response = client.get(first.get_absolute_url())
    assert (response.status_code, response["Location"]) == (301, home(cast).get_absolute_url())
    assert client.get(reverse("stakeholders:organisation_detail", args=["gibt-es-nicht"])).status_code == 404


def test_a_speaker_changes_what_the_organisation_tells(cast: Cast, sign_in: SignIn) -> None:
    MandateFactory.create(person=cast.colleague, organisation=home(cast))
    client = sign_in(cast.colleague)
    assert "Angaben ändern" in client.get(home(cast).get_absolute_url()).content.decode()
    assert client.get(edit(home(cast))).status_code == 200
    sent = told(home(cast), name="Geklaut", group="")
    assert client.post(edit(home(cast)), sent)["Location"] == home(cast).get_absolute_url()
    row = Organisation.objects.get(pk=home(cast).pk)
    assert (row.kind, row.size_class, row.website) == ("company", "small", "https://werk.example")
    assert (row.name, row.group) == (home(cast).name, home(cast).group)
    assert AuditEntry.objects.get().facts == {"fields": ["kind", "size_class", "website"]}


def test_saving_the_same_again_is_harmless(cast: Cast, sign_in: SignIn) -> None:
    MandateFactory.create(person=cast.colleague, organisation=home(cast))
    sent = told(home(cast))
    for _click in range(2):
        assert sign_in(cast.colleague).post(edit(home(cast)), sent).status_code == 302
    assert AuditEntry.objects.count() == 1


def test_a_stale_tab_is_told_keeps_what_was_typed_and_may_insist(cast: Cast, sign_in: SignIn) -> None:
    MandateFactory.create(person=cast.colleague, organisation=home(cast))
    sent = told(home(cast))
    Organisation.objects.filter(pk=home(cast).pk).update(kind="union")
    client = sign_in(cast.colleague)
    response = client.post(edit(home(cast)), sent)
    assert response.status_code == 422
    assert "inzwischen an anderer Stelle geändert" in response.content.decode()
    form = response.context["form"]
    assert form["website"].value() == "werk.example"
    client.post(edit(home(cast)), {**sent, "version": form["version"].value()})
    assert Organisation.objects.get(pk=home(cast).pk).kind == "company"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "kirche"}, "Auswahl"),
        ({"website": "javascript:alert(1)"}, "gültige Adresse"),
        ({"district": "99999999999999999999"}, "Auswahl"),
        ({"version": ""}, "inzwischen an anderer Stelle geändert"),
    ],
)
def test_wrong_answers_are_told(cast: Cast, sign_in: SignIn, changes: dict[str, str], sentence: str) -> None:
    MandateFactory.create(person=cast.colleague, organisation=home(cast))
    response = sign_in(cast.colleague).post(edit(home(cast)), told(home(cast), **changes))
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_suggestions_are_names_alike_the_likest_first_without_merged_ones(cast: Cast, sign_in: SignIn) -> None:
    target = OrganisationFactory.create(name="Chemnitzer Zahnradfabrik")
    OrganisationFactory.create(name="Chemnitzer Zahnradwerk", merged_into=target)
    OrganisationFactory.create(name="Zahnradfabrik Zwickau (Muster) GmbH")
    address = reverse("stakeholders:organisation_suggestions")
    client = sign_in(cast.outsider)

    def found(text: str) -> list[str]:
        return [row.name for row in client.get(address, {"organisation_name": text}).context["organisations"]]

    assert found("Chemnitzer Zahnrad-Fabrik") == ["Chemnitzer Zahnradfabrik"]
    assert found("chemnitzr zahnradfabrik")[0] == "Chemnitzer Zahnradfabrik"
    assert set(found("ZAHNRAD")) == {"Chemnitzer Zahnradfabrik", "Zahnradfabrik Zwickau (Muster) GmbH"}
    assert found("(muster) g") == ["Zahnradfabrik Zwickau (Muster) GmbH"]
    assert found("%") == found(".*") == found("") == found("\x00") == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["de", "en"])
def test_no_organisation_hides_behind_a_page(language: str) -> None:
    with translation.override(language):
        word = reverse("stakeholders:organisation_suggestions").rstrip("/").rsplit("/", 1)[-1]
    assert word in RESERVED
    assert free_slug(word) == f"{word}-2"


@pytest.mark.parametrize("who", ["stakeholder", "outsider", "ministry", "project_office", "deputy"])
def test_others_do_not_find_the_form(client: Client, cast: Cast, sign_in: SignIn, who: str) -> None:
    assert client.get(edit(home(cast)))["Location"].startswith(reverse("account_login"))
    MandateFactory.create(person=cast.outsider)
    deputy = StakeholderFactory.create()
    MandateFactory.create(person=deputy, organisation=home(cast), kind=Mandate.Kind.DEPUTY)
    person = deputy if who == "deputy" else getattr(cast, who)
    assert sign_in(person).get(edit(home(cast))).status_code == 404
    assert sign_in(person).post(edit(home(cast)), told(home(cast))).status_code == 404
