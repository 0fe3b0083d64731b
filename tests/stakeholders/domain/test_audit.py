import pytest
from django.db import DatabaseError, connection, transaction

from stakeholders.domain.audit import REDACTED, record, redact
from stakeholders.models import AuditEntry
from stakeholders.verbs import StakeholderVerb
from tests.cast import Cast

CHANGES = (
    "UPDATE stakeholders_auditentry SET verb = 'x'",
    "DELETE FROM stakeholders_auditentry",
    "TRUNCATE stakeholders_auditentry",
    "TRUNCATE django_content_type CASCADE",
)


def refused() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for statement in CHANGES:
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_nobody_changes_deletes_or_empties_the_log(cast: Cast) -> None:
    record(StakeholderVerb.PROFILE_CHANGED, actor=cast.stakeholder, target=cast.stakeholder)
    refused()
    assert AuditEntry.objects.count() == 1


def test_redaction_takes_the_person_out_and_nobody_else(cast: Cast) -> None:
    person, office = cast.stakeholder, cast.project_office
    person.first_name, person.last_name = "Friederike", "Obst"
    person.save()
    by_others = record(
        StakeholderVerb.NOTE_WRITTEN,
        actor=office,
        label="Friederike Obst aus Chemnitz",
        facts={"who": ["STAKEHOLDER@example.org", {"deep": "obst, friederike"}], "what": "Apfel", "number": 3},
    )
    own = record(StakeholderVerb.PROFILE_CHANGED, actor=person, facts={"last_name": ["Obst", "Nuss"]})
    fruit = record(StakeholderVerb.NOTE_WRITTEN, actor=office, label="Obst und Gemüse", facts={"what": "Obst"})
    assert redact(person) == 2
    for entry in (by_others, own, fruit):
        entry.refresh_from_db()
    assert by_others.target_label == REDACTED
    assert by_others.facts == {"who": [REDACTED, {"deep": REDACTED}], "what": "Apfel", "number": 3}
    assert own.facts == {"last_name": [REDACTED, "Nuss"]}
    assert (fruit.target_label, fruit.facts) == ("Obst und Gemüse", {"what": "Obst"})
    told = AuditEntry.objects.get(verb="entry_redacted")
    assert told.facts == {"entries": [by_others.pk, own.pk]}
    refused()


def test_redaction_of_somebody_who_is_not_named_leaves_no_entry(cast: Cast) -> None:
    record(StakeholderVerb.PROFILE_CHANGED, actor=cast.stakeholder, target=cast.stakeholder)
    assert redact(cast.stakeholder) == 0
    assert AuditEntry.objects.count() == 1
