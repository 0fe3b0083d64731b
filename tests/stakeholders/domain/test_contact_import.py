from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from stakeholders.domain.contact_import import (
    confirm_import,
    discard_import,
    forget_old_imports,
    upload_contacts,
    work_on_imports,
)
from stakeholders.domain.refusal import Refusal
from stakeholders.models import (
    AuditEntry,
    ConsentEvent,
    ContactImport,
    LegalBasis,
    Organisation,
    Stakeholder,
    Subscription,
    Tag,
)
from tests.cast import Cast
from tests.factories.contacts import HEADER, ONE, applied, checked, csv_file, uploaded
from tests.factories.stakeholders import StakeholderFactory

WIDE = (*HEADER, "Anrede", "Funktion", "Organisation", "Gruppe", "Kreis", "Sprache", "Schlagwörter")
AGREED = (*HEADER, "Themen", "Interessen", "Einwilligung am")


def test_the_dry_run_writes_nothing(office: Stakeholder) -> None:
    before = Stakeholder.objects.count(), Organisation.objects.count()
    row = checked(csv_file((*ONE, "", "", "Neues Werk", "", "", "", "neu"), header=WIDE), office)
    assert (row.state, row.counts["created"]) == ("ready", 1)
    assert (Stakeholder.objects.count(), Organisation.objects.count()) == before
    assert not Tag.objects.exists()
    assert bytes(row.content) == b""


def test_a_confirmed_list_is_written_with_all_it_says(office: Stakeholder) -> None:
    values = ("Dr.", "Leitung", "Neues Werk", "industrie", "Landkreis Leipzig", "en", "Beirat; Messe")
    row = applied(csv_file((*ONE, *values), header=WIDE), office)
    person = Stakeholder.objects.get(email="kim@example.org")
    assert (person.origin, person.source, person.legal_basis) == ("import", row.source, "public_task")
    assert (person.get_full_name(), person.form_of_address, person.function) == ("Kim Beispiel", "Dr.", "Leitung")
    assert (str(person.organisation), person.language) == ("Neues Werk", "en")
    assert person.group is not None
    assert person.district is not None
    assert (person.group.key, person.district.key) == ("industrie", "14729000")
    assert {tag.name for tag in person.tags.all()} == {"Beirat", "Messe"}
    assert not person.is_claimed
    assert not person.has_usable_password()
    assert not ConsentEvent.objects.filter(person=person).exists()
    assert list(EmailAddress.objects.filter(user=person).values_list("email", "verified", "primary")) == [
        ("kim@example.org", False, True)
    ]


def test_once_written_nothing_of_the_list_is_kept(office: Stakeholder) -> None:
    row = applied(csv_file(ONE), office)
    assert (row.rows, row.outcomes, bytes(row.content)) == ([], [], b"")
    assert row.counts["created"] == 1
    entry = AuditEntry.objects.get(verb="contacts_imported")
    assert entry.actor == office
    assert "Kim" not in f"{entry.target_label}{entry.facts}"


def test_confirming_or_working_twice_writes_once(office: Stakeholder) -> None:
    row = applied(csv_file(ONE), office)
    confirm_import(contact_import=row, actor=office)
    assert work_on_imports() == 0
    assert Stakeholder.objects.filter(email="kim@example.org").count() == 1
    assert AuditEntry.objects.filter(verb="contacts_imported").count() == 1


def test_refused_rows_stay_out_and_the_others_are_written(office: Stakeholder) -> None:
    row = applied(csv_file(ONE, ("falsch", "Ohne", "Adresse")), office)
    assert (row.counts["created"], row.counts["refused"]) == (1, 1)
    assert not Stakeholder.objects.filter(last_name="Ohne").exists()


def test_a_list_with_nothing_to_write_cannot_be_confirmed(office: Stakeholder) -> None:
    row = checked(csv_file(("falsch", "Ohne", "Adresse")), office)
    with pytest.raises(Refusal, match="nichts"):
        confirm_import(contact_import=row, actor=office)


def test_consent_covers_topics_interests_and_the_newsletter(office: Stakeholder) -> None:
    values = ("digitalisierung; IT-Sicherheit", "Thesen; Rundbrief", "7.3.2026")
    applied(csv_file((*ONE, *values), header=AGREED), office, LegalBasis.CONSENT)
    person = Stakeholder.objects.get(email="kim@example.org")
    assert {topic.key for topic in person.topics.all()} == {"digitalisierung", "it-sicherheit"}
    assert (person.wants_theses, person.wants_results, person.legal_basis) == (True, False, "consent")
    events = ConsentEvent.objects.filter(person=person).order_by("purpose")
    assert [(event.purpose, event.channel, event.scope) for event in events] == [
        ("contact", "import", "2026-03-07"),
        ("newsletter", "import", "2026-03-07"),
    ]
    assert Subscription.objects.get(email="kim@example.org").state == "confirmed"


def test_an_ended_subscription_stays_ended(office: Stakeholder) -> None:
    Subscription.objects.create(email="KIM@example.org", state="ended", requested_at=timezone.now())
    applied(csv_file((*ONE, "", "Rundbrief", "7.3.2026"), header=AGREED), office, LegalBasis.CONSENT)
    assert Subscription.objects.get().state == "ended"
    assert not ConsentEvent.objects.filter(purpose="newsletter").exists()


def test_somebody_who_uses_the_account_gets_tags_only(office: Stakeholder, cast: Cast) -> None:
    content = csv_file(
        ("outsider@example.org", "Anders", "Ander", "", "Leitung", "Neues Werk", "", "", "", "Beirat"), header=WIDE
    )
    row = applied(content, office)
    assert row.counts["matched"] == 1
    cast.outsider.refresh_from_db()
    assert (cast.outsider.function, cast.outsider.organisation) == ("", None)
    assert [tag.name for tag in cast.outsider.tags.all()] == ["Beirat"]
    assert not Organisation.objects.filter(name="Neues Werk").exists()


def test_two_rows_with_a_new_organisation_make_one(office: Stakeholder) -> None:
    header = (*HEADER, "Organisation")
    rows = ((*ONE, "Neues Werk"), ("b@example.org", "B", "B", "NEUES WERK"))
    applied(csv_file(*rows, header=header), office)
    assert Organisation.objects.get(name="Neues Werk").people.count() == 2


def test_who_registered_after_the_dry_run_is_met_and_not_doubled(office: Stakeholder) -> None:
    row = checked(csv_file(ONE, ("b@example.org", "B", "B")), office)
    StakeholderFactory.create(email="kim@example.org", last_name="Selbst")
    confirm_import(contact_import=row, actor=office)
    work_on_imports()
    row.refresh_from_db()
    assert (row.state, row.counts["created"], row.counts["unchanged"]) == ("done", 1, 1)
    assert Stakeholder.objects.get(email="kim@example.org").last_name == "Selbst"


def test_a_file_that_cannot_be_read_fails_with_its_sentence(office: Stakeholder) -> None:
    row = checked(b"PK broken", office)
    assert (row.state, bytes(row.content)) == ("failed", b"")
    assert "nicht lesen" in row.trouble


def test_a_fault_of_ours_fails_the_list_and_writes_nothing(office: Stakeholder) -> None:
    row = checked(csv_file(ONE), office)
    confirm_import(contact_import=row, actor=office)
    ContactImport.objects.filter(pk=row.pk).update(rows=[{"kein": "Kontakt"}])
    assert work_on_imports() == 1
    row.refresh_from_db()
    assert (row.state, row.rows) == ("failed", [])
    assert not Stakeholder.objects.filter(email="kim@example.org").exists()


def test_a_discarded_list_is_empty_and_cannot_be_confirmed(office: Stakeholder) -> None:
    row = checked(csv_file(ONE), office)
    discard_import(contact_import=row, actor=office)
    discard_import(contact_import=row, actor=office)
    row.refresh_from_db()
    assert (row.state, row.rows, row.outcomes) == ("discarded", [], [])
    with pytest.raises(Refusal):
        confirm_import(contact_import=row, actor=office)
    assert AuditEntry.objects.filter(verb="contacts_discarded").count() == 1


def test_a_written_list_cannot_be_discarded(office: Stakeholder) -> None:
    row = applied(csv_file(ONE), office)
    with pytest.raises(Refusal):
        discard_import(contact_import=row, actor=office)


def test_lists_are_forgotten_after_seven_days(office: Stakeholder) -> None:
    old, new = checked(csv_file(ONE), office), checked(csv_file(ONE), office)
    week_ago = timezone.now() - timedelta(days=7, minutes=1)
    ContactImport.objects.filter(pk=old.pk).update(created_at=week_ago)
    assert forget_old_imports() == 1
    assert forget_old_imports() == 0
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, old.rows) == ("discarded", [])
    assert new.state == "ready"


@pytest.mark.parametrize("content", [b"", b"x" * (10 * 1024 * 1024 + 1)])
def test_an_upload_that_is_empty_or_too_large_is_refused(office: Stakeholder, content: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        uploaded(content, office)
    assert refused.value.field == "file"
    assert not ContactImport.objects.exists()


def test_a_name_of_a_file_may_be_long(office: Stakeholder) -> None:
    row = upload_contacts(content=b"x", file_name="x" * 500, source="s", legal_basis="consent", actor=office)
    assert len(row.file_name) == 200
