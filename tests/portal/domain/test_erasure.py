"""What is left of a person in the whole database after the erasure, and what must be asked before it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from portal.domain.data_export import file_of, prepare_due_exports, request_export
from portal.domain.erasure import FAREWELL, erase_account
from portal.domain.personal_data import collect, statement
from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import (
    AuditEntry,
    ContactImport,
    ContentReport,
    DataExport,
    Enquiry,
    OutgoingMail,
    Stakeholder,
    Subscription,
)
from stakeholders.verbs import StakeholderVerb
from tests.cast import Cast
from tests.factories.newsletter import SubscriptionFactory
from tests.factories.outbox import posted
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import StanceFactory, ThesisFactory
from tests.factories.workshops import RegistrationFactory, WorkshopFactory
from tests.portal.traces import leave_traces
from theses.models import Thesis
from workshops.models import Registration

FIRST, LAST, EMAIL = "Eulalia", "Quittenbaum", "eulalia.quittenbaum@example.org"

KEPT = {("stakeholders_outgoingmail", "recipient", EMAIL)}
"""The farewell until it is sent; see the retention of mails."""


def somebody() -> Stakeholder:
    person: Stakeholder = StakeholderFactory.create(first_name=FIRST, last_name=LAST, email=EMAIL)
    return person


def sign_in_by_password(client: Client, person: Stakeholder) -> None:
    """As in a browser, so that the session holds what it really holds: the address, too."""
    person.set_password("ein-langes-kennwort-42")
    person.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(user=person, email=person.email, verified=True, primary=True)
    client.post("/konto/login/", {"login": person.email, "password": "ein-langes-kennwort-42"})
    assert client.session["_auth_user_id"] == str(person.pk)


def columns() -> list[tuple[str, str]]:
    """Every column of every table that can hold a text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables"
            " USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
            " AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'USER-DEFINED', 'ARRAY', 'bytea',"
            " 'tsvector')"
        )
        return list(cursor.fetchall())


def found(*words: str) -> set[tuple[str, str, str]]:
    """Table, column and value of everything in the database in which one of the words stands."""
    hits = set()
    with connection.cursor() as cursor:
        for table, column in columns():
            cursor.execute(
                f'SELECT "{column}"::text FROM "{table}" WHERE "{column}"::text ILIKE ANY(%s)',  # noqa: S608
                [[f"%{word}%" for word in words]],
            )
            hits |= {(table, column, value) for (value,) in cursor.fetchall()}
    hits |= {("django_session", "session_data", row.session_key) for row in Session.objects.all() if _names(row, words)}
    return hits


def _names(session: Session, words: tuple[str, ...]) -> bool:
    return any(word.casefold() in json.dumps(session.get_decoded()).casefold() for word in words)


def mention(person: Stakeholder, office: Stakeholder) -> None:
    """Everywhere where a name slips in without a key that points at the person."""
    name = person.get_full_name()
    record(StakeholderVerb.NOTE_WRITTEN, actor=office, label=f"Notiz über {name}", facts={"to": EMAIL.upper()})
    record(StakeholderVerb.PROFILE_CHANGED, actor=person, target=person, facts={"last_name": [LAST, "anders"]})
    posted(801, recipient="office@example.org", subject=f"Frage von {name}", text=f"{name} ({EMAIL}) fragt.", html=name)
    LogEntry.objects.log_actions(office.pk, [person], CHANGE, change_message="Name")
    LogEntry.objects.log_actions(office.pk, [SubscriptionFactory.create(email=EMAIL)], CHANGE)
    Enquiry.objects.create(topic="other", name=name, email=EMAIL, subject="Als Gast")
    ContentReport.objects.create(key="x", label="x", address="/", reason="other", explanation="x", reporter_email=EMAIL)
    rows = [{"line": 2, "values": {"email": EMAIL, "last_name": LAST}}, {"line": 3, "values": {"email": "a@b.example"}}]
    outcomes = [{"line": 2, "reasons": []}, {"line": 3, "reasons": []}]
    ContactImport.objects.create(file_name="liste.csv", source="Liste", rows=rows, outcomes=outcomes, state="ready")


def test_nothing_in_the_database_names_the_person_afterwards(cast: Cast, client: Client) -> None:
    person = somebody()
    sign_in_by_password(client, person)
    leave_traces(person, "q")
    mention(person, cast.project_office)
    thesis = ThesisFactory.create(author=person)
    before = {table for table, _column, _value in found(FIRST, LAST, EMAIL)}
    assert {"django_session", "django_admin_log", "stakeholders_outgoingmail", "stakeholders_auditentry"} <= before
    assert erase_account(person=Stakeholder.objects.get(pk=person.pk), released=_places(person)) is True
    assert found(FIRST, LAST, EMAIL) == KEPT
    thesis.refresh_from_db()
    assert thesis.written_by == "ehemalige Teilnehmerin / ehemaliger Teilnehmer"
    assert ContactImport.objects.get(file_name="liste.csv").outcomes == [{"line": 3, "reasons": []}]
    entry = AuditEntry.objects.get(verb="account_erased")
    assert (entry.actor_id, entry.target_label) == (person.pk, f"Person {person.pk}")
    assert collect(cast.outsider)["stakeholders"]


def test_search_of_the_whole_database_finds_what_is_there(cast: Cast) -> None:
    """The search of the test above must be able to fail."""
    somebody()
    hits = {(table, column) for table, column, _value in found(FIRST, LAST, EMAIL)}
    assert {("stakeholders_stakeholder", name) for name in ("first_name", "last_name", "email")} <= hits


def _places(person: Stakeholder) -> set[int]:
    return set(Registration.objects.filter(person=person).values_list("pk", flat=True))


def test_second_click_finds_nobody_and_changes_nothing(cast: Cast) -> None:
    person, again = cast.stakeholder, Stakeholder.objects.get(pk=cast.stakeholder.pk)
    assert erase_account(person=person) is True
    assert erase_account(person=again) is False
    assert OutgoingMail.objects.filter(kind=FAREWELL).count() == 1
    assert AuditEntry.objects.filter(verb="account_erased").count() == 1


def test_sessions_end_everywhere(cast: Cast) -> None:
    clients = [Client(), Client()]
    other = Client()
    for browser, person in ((clients[0], cast.stakeholder), (clients[1], cast.stakeholder), (other, cast.outsider)):
        sign_in_by_password(browser, person)
    erase_account(person=cast.stakeholder)
    assert [browser.get("/mein/").status_code for browser in clients] == [302, 302]
    assert other.get("/mein/").status_code == 200
    assert {row.get_decoded().get("_auth_user_id") for row in Session.objects.all()} == {str(cast.outsider.pk)}


def test_place_at_tomorrows_event_must_be_released(cast: Cast) -> None:
    tomorrow = WorkshopFactory.create(
        title="Werkstatt morgen", starts_at=timezone.now() + timedelta(days=1), capacity=1
    )
    held = RegistrationFactory.create(workshop=tomorrow, person=cast.stakeholder)
    waiting = RegistrationFactory.create(workshop=tomorrow, person=cast.outsider, state=Registration.State.WAITING)
    RegistrationFactory.create(
        person=cast.stakeholder, workshop=WorkshopFactory.create(starts_at=timezone.now() - timedelta(days=3))
    )
    with pytest.raises(Refusal, match="Werkstatt morgen"):
        erase_account(person=cast.stakeholder)
    assert Stakeholder.objects.filter(pk=cast.stakeholder.pk).exists()
    erase_account(person=cast.stakeholder, released={held.pk})
    waiting.refresh_from_db()
    assert waiting.state == Registration.State.CONFIRMED


def test_last_account_of_the_office_stays(cast: Cast) -> None:
    erase_account(person=cast.office_without_second_factor)
    with pytest.raises(Refusal, match="letzte Konto"):
        erase_account(person=cast.project_office)
    assert Stakeholder.objects.filter(pk=cast.project_office.pk).exists()


def test_statement_tells_what_goes_and_what_stays(cast: Cast) -> None:
    person = cast.stakeholder
    ThesisFactory.create(author=person)
    ThesisFactory.create(author=person, state=Thesis.State.SUBMITTED)
    StanceFactory.create_batch(3, person=person)
    facts = statement(person)
    assert [fact.kept for fact in facts] == sorted(fact.kept for fact in facts)
    said = {(fact.kept, fact.count) for fact in facts if "These" in fact.text}
    assert said == {(False, 3), (False, 1), (True, 1)}
    assert all(fact.count for fact in facts)


def test_person_without_address_gets_no_farewell(cast: Cast) -> None:
    nobody = StakeholderFactory.create(email=None, first_name="", last_name="")
    posted(1, recipient="leer@example.org")
    Subscription.objects.create(email="leer@example.org", requested_at=timezone.now())
    erase_account(person=nobody)
    assert not OutgoingMail.objects.filter(kind=FAREWELL).exists()
    assert OutgoingMail.objects.count() == Subscription.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_export_file_goes_with_the_person(cast: Cast, tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    request_export(person=cast.stakeholder)
    prepare_due_exports()
    path = file_of(DataExport.objects.get())
    assert path.exists()
    erase_account(person=cast.stakeholder)
    assert not path.exists()
