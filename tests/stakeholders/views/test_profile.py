from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stakeholders.domain.activity import note_activity
from stakeholders.models import (
    Activity,
    AuditEntry,
    ConsentEvent,
    GroupChange,
    LegalText,
    Organisation,
    Stakeholder,
    Topic,
)
from tests.cast import Cast
from tests.factories.stakeholders import (
    DistrictFactory,
    OrganisationFactory,
    StakeholderFactory,
    StakeholderGroupFactory,
)

SignIn = Callable[[Stakeholder], Client]
ADDRESS = "/mein/profil/"


def answers(**changes: Any) -> dict[str, Any]:
    return {
        "first_name": "Robin",
        "last_name": "Neu",
        "group": StakeholderGroupFactory.create().pk,
        "district": DistrictFactory.create().pk,
        "organisation_name": "",
        "wants_theses": "on",
        "language": "de",
        "version": 0,
        **changes,
    }


def post(client: Client, **changes: Any) -> Any:
    return client.post(ADDRESS, answers(**changes))


@pytest.mark.django_db
def test_a_newcomer_completes_the_profile_and_goes_on(sign_in: SignIn) -> None:
    newcomer = StakeholderFactory.create(first_name="", last_name="", group=None, district=None)
    response = sign_in(newcomer).post(f"{ADDRESS}?next=/thesen/einreichen/", answers(organisation_name="Neues Werk"))
    assert response["Location"] == "/thesen/einreichen/"
    newcomer.refresh_from_db()
    assert newcomer.has_complete_profile
    assert newcomer.organisation is not None
    assert newcomer.organisation.name == "Neues Werk"
    assert AuditEntry.objects.filter(verb="profile_completed").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_next_never_leads_elsewhere(sign_in: SignIn, target: str) -> None:
    response = sign_in(StakeholderFactory.create()).post(f"{ADDRESS}?next={target}", answers())
    assert response["Location"] == reverse("dashboard")


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["foo", "admin:index", "%0d%0aX-Evil:1"])
def test_next_is_an_address_and_no_name_of_one(sign_in: SignIn, target: str) -> None:
    response = sign_in(StakeholderFactory.create()).post(f"{ADDRESS}?next={target}", answers())
    assert response.status_code == 302
    assert "/verwaltung/" not in response["Location"]


def test_organisations_that_differ_in_a_capital_sharp_s_are_one(cast: Cast, sign_in: SignIn) -> None:
    OrganisationFactory.create(name="Große Werke")
    assert post(sign_in(cast.outsider), organisation_name="GROẞE WERKE").status_code == 302
    cast.outsider.refresh_from_db()
    assert str(cast.outsider.organisation) == "Große Werke"


def test_a_known_organisation_is_found_whatever_the_letters(cast: Cast, sign_in: SignIn) -> None:
    OrganisationFactory.create(name="Musterguss")
    post(sign_in(cast.outsider), organisation_name="  MUSTERGUSS ")
    cast.outsider.refresh_from_db()
    assert cast.outsider.organisation == Organisation.objects.get(name="Musterguss")


def test_names_that_differ_in_signs_get_slugs_of_their_own(cast: Cast, sign_in: SignIn) -> None:
    OrganisationFactory.create(name="Werk A", slug="werk-a")
    post(sign_in(cast.outsider), organisation_name="Werk-A")
    assert Organisation.objects.get(name="Werk-A").slug == "werk-a-2"


def test_a_change_of_group_is_written_down(cast: Cast, sign_in: SignIn) -> None:
    other = StakeholderGroupFactory.create(key="kammern")
    post(sign_in(cast.stakeholder), group=other.pk)
    assert AuditEntry.objects.get(verb="group_changed").facts == {"group": ["industrie", "kammern"]}
    assert "group" in AuditEntry.objects.get(verb="profile_changed").facts["fields"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"first_name": ""}, "Vorname"),
        ({"last_name": "\u200b\u200b"}, "lesbaren Text"),
        ({"last_name": "x" * 81}, "80"),
        ({"group": ""}, "Akteursgruppe"),
        ({"group": "99999999999999999999"}, "Auswahl"),
        ({"district": "abc"}, "Auswahl"),
        ({"language": "fr"}, "Auswahl"),
        ({"organisation_name": "x" * 161}, "160"),
        ({"first_name": "a\x00b"}, "Null"),
        ({"function": "x" * 121}, "120"),
        ({"form_of_address": "\u200b"}, "lesbaren Text"),
        ({"topics": ["99999999999999999999"]}, "99999999999999999999"),
        ({"topics": ["abc"]}, "abc"),
        ({"version": ""}, "Stand des Formulars"),
        ({"version": "99999999999999999999"}, "Stand des Formulars"),
    ],
)
def test_a_refusal_stands_at_its_field_and_keeps_the_rest(
    cast: Cast, sign_in: SignIn, changes: dict[str, str], sentence: str
) -> None:
    response = post(sign_in(cast.stakeholder), **{"organisation_name": "Bleibt stehen", **changes})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "organisation_name" in changes or "Bleibt stehen" in response.content.decode()
    cast.stakeholder.refresh_from_db()
    assert cast.stakeholder.first_name == "Kim"


def test_role_and_rights_cannot_be_posted(cast: Cast, sign_in: SignIn) -> None:
    post(sign_in(cast.outsider), role="project_office", is_superuser="on")
    cast.outsider.refresh_from_db()
    assert cast.outsider.role == Stakeholder.Role.STAKEHOLDER
    assert not cast.outsider.is_superuser


def test_suggestions_name_known_organisations_to_people_who_signed_in(
    cast: Cast, client: Client, sign_in: SignIn
) -> None:
    OrganisationFactory.create(name="Musterguss <b>")
    address = reverse("stakeholders:organisation_suggestions")
    assert client.get(address, {"organisation_name": "guss"}).status_code == 302
    page = sign_in(cast.outsider).get(address, {"organisation_name": "GUSS"}).content.decode()
    assert "Musterguss &lt;b&gt;" in page
    assert "option" not in sign_in(cast.outsider).get(address, {"organisation_name": "\x00"}).content.decode()


def test_an_organisation_has_a_page_without_people(cast: Cast, client: Client) -> None:
    assert cast.stakeholder.organisation is not None
    page = client.get(cast.stakeholder.organisation.get_absolute_url()).content.decode()
    assert cast.stakeholder.organisation.name in page
    assert cast.stakeholder.last_name not in page


def test_everything_said_is_kept_and_shown_again(cast: Cast, sign_in: SignIn) -> None:
    topic = Topic.objects.create(key="energie", name="Energie der Industrie")
    client = sign_in(cast.outsider)
    post(client, form_of_address="Frau Dr.", function="Leiterin", topics=[topic.pk], shows_function="on")
    cast.outsider.refresh_from_db()
    assert (cast.outsider.form_of_address, cast.outsider.function) == ("Frau Dr.", "Leiterin")
    assert (list(cast.outsider.topics.all()), cast.outsider.shown_lines) == ([topic], ["Leiterin"])
    page = client.get(ADDRESS).content.decode()
    assert "Frau Dr." in page
    assert page.count("checked") == 4


def test_what_is_shown_to_others_is_a_consent_until_it_is_switched_off(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.outsider)
    assert "Andere dürfen neben meinem Namen" in client.get(ADDRESS).content.decode()
    post(client, shows_group="on", shows_district="on")
    assert [(row.scope, row.given) for row in ConsentEvent.objects.all()] == [("district,group", True)]
    post(client, version=1)
    assert [row.given for row in ConsentEvent.objects.order_by("pk")] == [True, False]


def test_the_wording_of_the_office_is_shown_and_never_run_as_a_template(cast: Cast, sign_in: SignIn) -> None:
    LegalText.objects.create(
        name="consent_visibility", number=1, title="t", body="Neu {{ form.instance.email }} {% x %}"
    )
    page = sign_in(cast.outsider).get(ADDRESS).content.decode()
    assert "Neu {{ form.instance.email }} {% x %}" in page


def test_others_see_nothing_but_the_name_by_default(cast: Cast) -> None:
    assert cast.stakeholder.organisation is not None
    assert cast.stakeholder.shown_lines == []


def test_the_second_tab_is_told_and_keeps_what_was_typed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.outsider)
    post(client, function="Einkäuferin")
    response = post(client, function="Technikerin", version=0)
    page = response.content.decode()
    assert response.status_code == 422
    assert "inzwischen an anderer Stelle geändert" in page
    assert 'value="Technikerin"' in page
    assert "<dt>Funktion</dt><dd>Einkäuferin</dd>" in page
    assert "<dt>Vorname</dt>" not in page
    cast.outsider.refresh_from_db()
    assert cast.outsider.function == "Einkäuferin"


def test_after_comparing_the_second_save_counts(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.outsider)
    post(client, function="Einkäuferin")
    page = post(client, function="Technikerin", version=0).content.decode()
    assert 'name="version" value="1"' in page
    assert post(client, function="Technikerin", version=1).status_code == 302
    cast.outsider.refresh_from_db()
    assert cast.outsider.function == "Technikerin"


def test_saving_the_same_twice_is_harmless(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.outsider)
    assert [post(client, function="Einkäuferin").status_code for _ in range(2)] == [302, 302]
    assert AuditEntry.objects.filter(verb="profile_changed").count() == 1


def test_after_rating_the_page_says_that_the_change_waits(cast: Cast, sign_in: SignIn) -> None:
    note_activity(person=cast.outsider, kind=Activity.Kind.ASSESSED, key="round:1", label="Runde")
    client = sign_in(cast.outsider)
    wanted = StakeholderGroupFactory.create(key="kammern")
    assert [post(client, group=wanted.pk).status_code for _ in range(2)] == [302, 302]
    page = client.get(ADDRESS).content.decode()
    assert "wartet auf Bestätigung" in page
    assert "Bis dahin zählen Sie weiter in der Gruppe „Gruppe industrie“." in page
    cast.outsider.refresh_from_db()
    assert cast.outsider.group is not None
    assert cast.outsider.group.key == "industrie"


def test_a_third_group_is_refused_at_its_field(cast: Cast, sign_in: SignIn) -> None:
    note_activity(person=cast.outsider, kind=Activity.Kind.ASSESSED, key="round:1", label="Runde")
    client = sign_in(cast.outsider)
    post(client, group=StakeholderGroupFactory.create(key="kammern").pk)
    response = post(client, group=StakeholderGroupFactory.create(key="politik").pk, version=1)
    assert response.status_code == 422
    assert "wartet noch auf Bestätigung. Ziehen Sie ihn zuerst zurück." in response.content.decode()


def test_a_wish_is_taken_back_on_the_page(cast: Cast, client: Client, sign_in: SignIn) -> None:
    address = reverse("stakeholders:group_change_withdraw")
    assert client.post(address)["Location"].startswith("/konto/")
    note_activity(person=cast.outsider, kind=Activity.Kind.ASSESSED, key="round:1", label="Runde")
    outsider = sign_in(cast.outsider)
    post(outsider, group=StakeholderGroupFactory.create(key="kammern").pk)
    for _ in range(2):
        page = outsider.post(address, follow=True).content.decode()
        assert "Es wartet kein Wechsel der Akteursgruppe mehr." in page
        assert "Wechsel zurückziehen" not in page
    sign_in(cast.stakeholder).post(address)
    assert GroupChange.objects.get().state == GroupChange.State.WITHDRAWN


def test_nobody_takes_back_the_wish_of_somebody_else(cast: Cast, sign_in: SignIn) -> None:
    note_activity(person=cast.outsider, kind=Activity.Kind.ASSESSED, key="round:1", label="Runde")
    post(sign_in(cast.outsider), group=StakeholderGroupFactory.create(key="kammern").pk)
    sign_in(cast.stakeholder).post(reverse("stakeholders:group_change_withdraw"))
    assert GroupChange.objects.get().state == GroupChange.State.WAITING
