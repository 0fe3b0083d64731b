import json

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry

from stakeholders.domain.audit import record
from stakeholders.domain.consent import note_privacy_notice
from stakeholders.models import AuditEntry, ConsentEvent, OutgoingMail, Stakeholder
from stakeholders.privacy import collect, erase
from stakeholders.verbs import StakeholderVerb
from tests.cast import Cast
from tests.factories.outbox import posted

pytestmark = pytest.mark.django_db


def leave_traces(person: Stakeholder, number: int) -> None:
    note_privacy_notice(person=person)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    posted(number, person=person, recipient="anderswo@example.org", text="Persönlicher Text")
    posted(number + 1, recipient=person.mail_address.upper(), kind="account:login_code", text="Code 123")
    record(StakeholderVerb.PROFILE_CHANGED, actor=person, target=person)
    LogEntry.objects.log_actions(person.pk, [person], CHANGE, change_message="Name")


def test_collected_data_are_complete_and_one_person_only(cast: Cast) -> None:
    leave_traces(cast.stakeholder, 1)
    leave_traces(cast.outsider, 10)

    data = json.loads(json.dumps(collect(cast.stakeholder)))
    assert data["person"]["email"] == "stakeholder@example.org"
    assert data["person"]["group"] == "Gruppe industrie"
    assert data["email_addresses"] == [{"email": "stakeholder@example.org", "verified": True, "primary": True}]
    assert [row["purpose"] for row in data["consents"]] == ["privacy_notice"]
    assert [row["text"] for row in data["messages"]] == ["Persönlicher Text"]
    assert ["text" in row for row in data["messages_with_codes"]] == [False]
    assert "Code 123" not in json.dumps(data)
    assert [row["verb"] for row in data["actions"]] == ["profile_changed"]
    assert [row["change_message"] for row in data["administration"]] == ["Name"]
    assert "outsider" not in json.dumps(data)


def test_erased_person_leaves_a_number_in_the_audit_log_only(cast: Cast) -> None:
    leave_traces(cast.stakeholder, 1)
    leave_traces(cast.outsider, 10)
    number, name = cast.stakeholder.pk, str(cast.stakeholder)
    LogEntry.objects.log_actions(cast.project_office.pk, [cast.stakeholder], CHANGE, change_message="Kreis")

    erase(cast.stakeholder)

    assert not Stakeholder.objects.filter(pk=number).exists()
    assert not ConsentEvent.objects.filter(person=number).exists()
    assert not EmailAddress.objects.filter(user=number).exists()
    assert not LogEntry.objects.filter(user=number).exists()
    assert not LogEntry.objects.filter(object_repr=name).exists()
    assert not OutgoingMail.objects.filter(
        recipient__in=("stakeholder@example.org", "STAKEHOLDER@EXAMPLE.ORG")
    ).exists()
    entry = AuditEntry.objects.get(actor=number)
    assert name not in json.dumps([entry.target_label, entry.facts])
    assert OutgoingMail.objects.count() == 2
    assert collect(cast.outsider)["consents"]
