from typing import Any

import pytest
from allauth.account.models import EmailAddress
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.contact_import import (
    confirm_import,
    work_on_imports,
)
from stakeholders.models import (
    ContactImport,
    LegalBasis,
    Stakeholder,
)
from tests.cast import Cast
from tests.factories.contacts import HEADER, ONE, applied, checked, csv_file, uploaded
from tests.factories.stakeholders import OrganisationFactory, StakeholderFactory

WIDE = (*HEADER, "Anrede", "Funktion", "Organisation", "Gruppe", "Kreis", "Sprache", "Schlagwörter")
AGREED = (*HEADER, "Themen", "Interessen", "Einwilligung am")


def outcome(row: ContactImport, number: int = 0) -> Any:
    return row.outcomes[number]


def only_reason(content: bytes, office: Stakeholder, basis: str = LegalBasis.PUBLIC_TASK) -> str:
    result = outcome(checked(content, office, basis))
    assert result["outcome"] == "refused", result
    (reason,) = result["reasons"]
    return str(reason)


@pytest.mark.parametrize(
    ("header", "values", "basis", "sentence"),
    [
        ("Themen", "digitalisierung", "public_task", "nur mit Einwilligung"),
        ("Interessen", "Rundbrief", "public_task", "nur mit Einwilligung"),
        ("Themen", "digitalisierung", "consent", "»Einwilligung am« fehlt"),
        ("Einwilligung am", "7.3.2999", "consent", "in der Zukunft"),
        ("Einwilligung am", "31.2.2026", "consent", "kein Tag"),
        ("Einwilligung am", "7.3.26", "consent", "kein Tag"),
        ("Einwilligung am", "7.3.1926", "consent", "zu lange"),
        ("Gruppe", "Zauberer", "public_task", "nicht bekannt"),
        ("Kreis", "Atlantis", "public_task", "nicht bekannt"),
        ("Kreis", "Leipzig", "public_task", "mehrdeutig"),
        ("Sprache", "fr", "public_task", "nur »de« oder »en«"),
        ("Schlagwörter", "x" * 61, "public_task", "zu lang"),
    ],
)
def test_a_value_that_does_not_fit_refuses_its_row(
    office: Stakeholder, header: str, values: str, basis: str, sentence: str
) -> None:
    assert sentence in only_reason(csv_file((*ONE, values), header=(*HEADER, header)), office, basis)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("", "Beispiel", "Kim"), "E-Mail-Adresse fehlt"),
        (("kim", "Beispiel", "Kim"), "keine E-Mail-Adresse"),
        (("kim@example.org", "", "Kim"), "Nachname fehlt"),
    ],
)
def test_a_row_without_identity_is_refused(office: Stakeholder, row: tuple[str, ...], sentence: str) -> None:
    assert sentence in only_reason(csv_file(row), office)


@pytest.mark.parametrize(
    ("values", "basis", "sentence"),
    [
        ("Zauberei", "consent", "Unbekannte Themen"),
        ("Quatsch", "consent", "Unbekannte Interessen"),
    ],
)
def test_unknown_words_of_consent_are_named(office: Stakeholder, values: str, basis: str, sentence: str) -> None:
    column = "Themen" if "Themen" in sentence else "Interessen"
    content = csv_file((*ONE, values, "7.3.2026"), header=(*HEADER, column, "Einwilligung am"))
    assert sentence in only_reason(content, office, basis)


def test_the_second_row_with_an_address_is_refused(office: Stakeholder) -> None:
    row = checked(csv_file(ONE, ("KIM@example.org", "Beispiel", "Kim")), office)
    assert outcome(row)["outcome"] == "created"
    assert "schon in Zeile 2" in outcome(row, 1)["reasons"][0]


def test_somebody_known_gets_only_what_is_empty(office: Stakeholder) -> None:
    known = StakeholderFactory.create(
        email="Kim@Example.org", origin="import", function="Vertrieb", organisation=None, first_name=""
    )
    content = csv_file((*ONE, "", "Leitung", "Neues Werk", "", "", "", "Beirat"), header=WIDE)
    row = checked(content, office)
    assert outcome(row)["outcome"] == "matched"
    remarks = " ".join(outcome(row)["remarks"])
    assert "Ergänzt: »Vorname«, »Organisation«, »Schlagwörter«" in remarks
    assert "Bleibt, wie es ist: »Nachname«, »Funktion«" in remarks
    confirm_import(contact_import=row, actor=office)
    work_on_imports()
    known.refresh_from_db()
    assert (known.function, known.first_name, str(known.organisation)) == ("Vertrieb", "Kim", "Neues Werk")
    assert known.last_name != "Beispiel"
    assert known.profile_version == 1


def test_a_second_proved_address_leads_to_the_same_person(office: Stakeholder, cast: Cast) -> None:
    EmailAddress.objects.create(user=cast.outsider, email="Zweit@example.org", verified=True)
    row = checked(csv_file(("zweit@example.org", "Beispiel", "")), office)
    assert outcome(row)["outcome"] == "unchanged"


def test_a_locked_account_refuses_its_row(office: Stakeholder) -> None:
    StakeholderFactory.create(email="kim@example.org", is_active=False)
    assert "gesperrt" in only_reason(csv_file(ONE), office)


def test_a_known_organisation_is_found_and_a_similar_one_only_suggested(office: Stakeholder) -> None:
    OrganisationFactory.create(name="Musterguss GmbH")
    header = (*HEADER, "Organisation")
    row = applied(csv_file((*ONE, "MUSTERGUSS gmbh"), header=header), office)
    assert str(Stakeholder.objects.get(email="kim@example.org").organisation) == "Musterguss GmbH"
    row = checked(csv_file(("b@example.org", "B", "B", "Musterguß GmbH"), header=header), office)
    assert "Ähnlich heißt: »Musterguss GmbH«" in outcome(row)["remarks"][0]
    assert outcome(row)["outcome"] == "created"


def test_the_check_asks_the_database_the_same_number_of_times_at_any_size(
    office: Stakeholder, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for size in (1, 30):
        rows = [(f"p{number}@example.org", "B", "B", f"Werk {number}") for number in range(size)]
        uploaded(csv_file(*rows, header=(*HEADER, "Organisation")), office)
        with django_assert_max_num_queries(16):
            assert work_on_imports() == 1
