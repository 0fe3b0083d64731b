"""The desk of the project office: what it shows, what it decides, and what it must not touch."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stakeholders.domain.audit import record
from stakeholders.domain.consent import note_privacy_notice
from stakeholders.domain.organisation import version_of
from stakeholders.models import AuditEntry, Organisation, OutgoingMail, Stakeholder
from stakeholders.verbs import StakeholderVerb
from tests.cast import Cast
from tests.factories.mandates import MandateFactory
from tests.factories.outbox import posted
from tests.factories.stakeholders import OrganisationFactory, StakeholderFactory

pytestmark = pytest.mark.django_db
State = OutgoingMail.State
LISTS = [
    "outgoingmail",
    "auditentry",
    "consentevent",
    "stakeholdergroup",
    "region",
    "district",
    "mandate",
    "organisation",
    "stakeholder",
]
READ_ONLY = ["outgoingmail", "auditentry", "consentevent"]


def address(model: str, page: str = "changelist", *args: object) -> str:
    return reverse(f"admin:stakeholders_{model}_{page}", args=args)


def fill(count: int) -> None:
    for number in range(count):
        number += Stakeholder.objects.count() * 100
        person = StakeholderFactory.create(organisation=OrganisationFactory.create())
        MandateFactory.create(person=person, organisation=person.organisation, decided_by=person)
        note_privacy_notice(person=person)
        record(StakeholderVerb.PROFILE_CHANGED, actor=person, target=person)
        posted(number, person=person)


@pytest.fixture
def superuser() -> Stakeholder:
    person: Stakeholder = StakeholderFactory.create(is_superuser=True, role=Stakeholder.Role.PROJECT_OFFICE)
    return person


def decide(client: Client, action: str, *mails: OutgoingMail) -> list[str]:
    """Carry out an action of the list; returns what the office is told."""
    response = client.post(address("outgoingmail"), {"action": action, "_selected_action": [mail.pk for mail in mails]})
    assert response.status_code == 302
    return [str(message) for message in get_messages(response.wsgi_request)]


def form_of(person: Stakeholder, **changes: object) -> dict[str, object]:
    names = ("first_name", "last_name", "language", "group_id", "district_id")
    return {name.removesuffix("_id"): getattr(person, name) for name in names} | {"is_active": "on"} | changes


@pytest.mark.parametrize("search", [{}, {"q": "e"}])
@pytest.mark.parametrize("model", LISTS)
def test_list_costs_the_same_for_few_and_many_rows(office: Client, model: str, search: dict[str, str]) -> None:
    fill(1)
    # The kinds of things are looked up once per process.
    office.get(address(model), search)
    with CaptureQueriesContext(connection) as few:
        assert office.get(address(model), search).status_code == 200
    fill(12)
    with CaptureQueriesContext(connection) as many:
        assert office.get(address(model), search).status_code == 200
    assert len(many) == len(few) <= 12


@pytest.mark.parametrize("model", READ_ONLY)
def test_what_happened_can_only_be_read(office: Client, model: str) -> None:
    fill(1)
    pk = apps.get_model("stakeholders", model)._default_manager.latest("pk").pk
    assert office.get(address(model, "change", pk)).status_code == 200
    assert office.post(address(model, "change", pk), {"verb": "x"}).status_code == 403
    assert office.get(address(model, "add")).status_code == 403
    assert office.post(address(model, "delete", pk), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in office.get(address(model)).content.decode()


@pytest.mark.parametrize("who", ["stakeholder", "ministry", "outsider"])
@pytest.mark.parametrize("model", LISTS)
def test_desk_is_closed_for_others(client: Client, cast: Cast, who: str, model: str) -> None:
    assert client.get(address(model)).status_code == 302
    client.force_login(getattr(cast, who))
    assert client.get(address(model)).status_code == 302
    mail = posted()
    client.post(address("outgoingmail"), {"action": "withdraw", "_selected_action": [mail.pk]})
    mail.refresh_from_db()
    assert mail.state == State.QUEUED


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("requeue", State.FAILED, State.QUEUED),
        ("requeue", State.SENDING, State.QUEUED),
        ("mark_sent", State.SENDING, State.SENT),
        ("withdraw", State.QUEUED, State.CANCELLED),
        ("release_drafts", State.DRAFT, State.QUEUED),
    ],
)
def test_office_decides_about_messages(office: Client, cast: Cast, action: str, before: str, after: str) -> None:
    mail, sent = posted(1), posted(2)
    OutgoingMail.objects.filter(pk=mail.pk).update(state=before)
    OutgoingMail.objects.filter(pk=sent.pk).update(state=State.SENT if action != "mark_sent" else State.DRAFT)

    told = decide(office, action, mail, sent)

    mail.refresh_from_db()
    assert mail.state == after
    assert told[0] == "1 Nachricht bearbeitet."
    assert told[1].startswith("1 Nachricht ausgelassen: ")
    assert AuditEntry.objects.get().actor == cast.project_office


def test_filter_shows_what_needs_a_human(office: Client) -> None:
    for number, state in enumerate(State.values):
        posted(number, subject=f"Betreff {state}")
        OutgoingMail.objects.filter(key=f"invitation:{number}").update(state=state, due_at=timezone.now())
    page = office.get(address("outgoingmail"), {"handlungsbedarf": "ja"}).content.decode()
    assert {state for state in State.values if f"Betreff {state}" in page} == {"failed", "sending"}


def test_message_shows_text_but_never_a_code(office: Client) -> None:
    open_mail = posted(1, text="Sie sind eingeladen <b>")
    code_mail = posted(2, kind="account:login_code", text="Code 4711")
    assert (
        "Sie sind eingeladen &lt;b&gt;" in office.get(address("outgoingmail", "change", open_mail.pk)).content.decode()
    )
    page = office.get(address("outgoingmail", "change", code_mail.pk)).content.decode()
    assert "4711" not in page
    assert "nur für die Empfängerin oder den Empfänger bestimmt" in page


def test_office_edits_people_and_it_is_audited(office: Client, cast: Cast) -> None:
    person = cast.stakeholder
    response = office.post(address("stakeholder", "change", person.pk), form_of(person, last_name="Neu"))
    assert response.status_code == 302
    person.refresh_from_db()
    assert person.last_name == "Neu"
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.target) == ("profile_changed", cast.project_office, person)
    assert entry.facts == {"fields": ["last_name"]} or "last_name" in entry.facts["fields"]
    assert "Neu" not in entry.target_label


def test_office_gives_no_rights_addresses_or_passwords(office: Client, cast: Cast) -> None:
    person = cast.stakeholder
    before = Stakeholder.objects.values().get(pk=person.pk)
    forged = {
        "role": "project_office",
        "is_superuser": "on",
        "email": "spy@example.org",
        "password": "x",
        "groups": "1",
    }
    form = form_of(person, organisation=person.organisation_id, **forged)
    office.post(address("stakeholder", "change", person.pk), form)
    assert Stakeholder.objects.values().get(pk=person.pk) == before


def test_office_cannot_touch_a_superuser(office: Client, superuser: Stakeholder) -> None:
    form = form_of(superuser)
    del form["is_active"]
    assert office.post(address("stakeholder", "change", superuser.pk), form).status_code == 403
    superuser.refresh_from_db()
    assert superuser.is_active


def test_superuser_changes_a_role(client: Client, cast: Cast, superuser: Stakeholder) -> None:
    client.force_login(superuser)
    person = cast.outsider
    client.post(address("stakeholder", "change", person.pk), form_of(person, role="ministry"))
    person.refresh_from_db()
    assert person.role == Stakeholder.Role.MINISTRY
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {"role_changed", "profile_changed"}


def test_nobody_locks_themselves_out(client: Client, superuser: Stakeholder) -> None:
    client.force_login(superuser)
    form = form_of(superuser, role="stakeholder")
    del form["is_active"]
    client.post(address("stakeholder", "change", superuser.pk), form)
    superuser.refresh_from_db()
    assert (superuser.is_active, superuser.is_superuser, superuser.role) == (True, True, "project_office")


def test_last_of_the_office_is_not_locked_out(client: Client, cast: Cast) -> None:
    technician = StakeholderFactory.create(is_superuser=True)
    Stakeholder.objects.filter(pk=cast.office_without_second_factor.pk).update(is_active=False)
    client.force_login(technician)
    person = cast.project_office
    form = form_of(person, role=person.role, last_name="Neu")
    del form["is_active"]
    response = client.post(address("stakeholder", "change", person.pk), form, follow=True)
    assert "Dies ist das letzte Konto des Projektbüros." in response.content.decode()
    person.refresh_from_db()
    assert (person.is_active, person.last_name) == (True, cast.project_office.last_name)


def test_office_registers_a_person_without_password(office: Client) -> None:
    form = {"email": "Neu@Example.org", "language": "de", "is_active": "on", "role": "ministry", "is_superuser": "on"}
    office.post(address("stakeholder", "add"), form)
    person = Stakeholder.objects.get(email="neu@example.org")
    assert (person.role, person.is_superuser, person.has_usable_password()) == ("stakeholder", False, False)


@pytest.mark.parametrize("email", ["OUTSIDER@example.org", "kein"])
def test_wrong_or_known_address_is_told(office: Client, email: str) -> None:
    before = Stakeholder.objects.count()
    response = office.post(address("stakeholder", "add"), {"email": email, "language": "de"})
    assert response.status_code == 200
    assert Stakeholder.objects.count() == before


def test_people_are_not_deleted_here(office: Client, cast: Cast) -> None:
    assert office.post(address("stakeholder", "delete", cast.outsider.pk), {"post": "yes"}).status_code == 403
    assert Stakeholder.objects.filter(pk=cast.outsider.pk).exists()


def test_new_organisation_gets_an_address_that_stays(office: Client) -> None:
    office.post(address("organisation", "add"), {"name": "Stahl & Söhne"})
    organisation = Organisation.objects.get(name="Stahl & Söhne")
    slug = organisation.slug
    change = {"name": "Stahl AG", "version": version_of(organisation)}
    office.post(address("organisation", "change", organisation.pk), change)
    organisation.refresh_from_db()
    assert (organisation.name, organisation.slug) == ("Stahl AG", slug)
    assert slug


def test_addresses_of_sign_in_and_groups_are_not_on_the_desk() -> None:
    names = {model._meta.label for model in admin.site._registry}
    assert not names & {"account.EmailAddress", "account.EmailConfirmation", "auth.Group", "auth.User"}


def test_desk_has_no_door_of_its_own(client: Client, cast: Cast) -> None:
    response = client.get(reverse("admin:login"), {"next": "/verwaltung/"})
    assert response.headers["Location"].startswith(reverse("account_login"))
    client.force_login(cast.outsider)
    assert client.get(reverse("admin:login")).status_code == 403


@pytest.mark.parametrize(
    ("model", "lookup"),
    [
        ("outgoingmail", "text__contains"),
        ("outgoingmail", "html__regex"),
        ("outgoingmail", "text"),
        ("stakeholder", "password__startswith"),
    ],
)
def test_secrets_cannot_be_guessed_by_filters_in_the_address(office: Client, model: str, lookup: str) -> None:
    assert office.get(address(model), {lookup: "a"}).status_code == 400
