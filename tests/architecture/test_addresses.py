"""Every address knows what it answers to whom; a new one without a row here fails."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from portal.domain.demo import LOGINS, load_demo
from portal.management.commands.prepare import load_starting_data
from stakeholders.models import Stakeholder
from tests.architecture.account_rows import ACCOUNT_ROWS
from tests.architecture.answers import (
    ABSENT,
    AWAY,
    COMPLETE_PROFILE,
    EVERYBODY,
    HIDDEN,
    NOBODY,
    OFFICE_ONLY,
    ONLY_BY_POST,
    OPEN,
    POST_ONLY,
    SIGNED_IN,
    WHO,
)
from tests.architecture.workshop_rows import WORKSHOP_ROWS
from tests.factories.stakeholders import StakeholderFactory
from theses.models import Thesis

ROWS: dict[str, tuple[dict[str, Any], tuple[int, ...]]] = {
    "healthz": ({}, EVERYBODY),
    "readyz": ({}, EVERYBODY),
    "security_txt": ({}, EVERYBODY),
    "home": ({}, EVERYBODY),
    "search": ({}, EVERYBODY),
    "participate": ({}, EVERYBODY),
    "contact": ({}, EVERYBODY),
    "imprint": ({}, EVERYBODY),
    "privacy": ({}, EVERYBODY),
    "accessibility": ({}, EVERYBODY),
    "easy_language": ({}, EVERYBODY),
    "guidelines": ({}, EVERYBODY),
    "stakeholders:legal_text_list": ({"slug": "impressum"}, EVERYBODY),
    "stakeholders:legal_text_detail": ({"slug": "impressum", "number": 1}, NOBODY),
    "claim": ({}, (AWAY,) * 5),
    "claim_decline": ({}, (AWAY, *(POST_ONLY,) * 4)),
    "dashboard": ({}, COMPLETE_PROFILE),
    "stakeholders:desk": ({}, OFFICE_ONLY),
    "stakeholders:desk_download": ({"extension": "csv"}, OFFICE_ONLY),
    "stakeholders:person_detail": ({"pk": 99999999}, ABSENT),
    "stakeholders:person_address": ({"pk": 1}, ONLY_BY_POST),
    "stakeholders:address_confirm": ({}, ONLY_BY_POST),
    "stakeholders:bounce_receive": ({}, NOBODY),
    "stakeholders:person_note": ({"pk": 1}, ONLY_BY_POST),
    "stakeholders:person_tags": ({"pk": 1}, ONLY_BY_POST),
    "stakeholders:note_delete": ({"pk": 1}, ONLY_BY_POST),
    "stakeholders:organisation_desk": ({}, OFFICE_ONLY),
    "stakeholders:organisation_history": ({"slug": "beispielwerk-maschinenbau"}, OFFICE_ONLY),
    "stakeholders:organisation_note": ({"slug": "beispielwerk-maschinenbau"}, ONLY_BY_POST),
    "stakeholders:organisation_tags": ({"slug": "beispielwerk-maschinenbau"}, ONLY_BY_POST),
    "stakeholders:selection_list": ({}, OFFICE_ONLY),
    "stakeholders:selection_use": ({"pk": 99999999}, ABSENT),
    "stakeholders:selection_rename": ({"pk": 99999999}, ABSENT),
    "stakeholders:selection_delete": ({"pk": 99999999}, ABSENT),
    "stakeholders:coverage": ({}, (AWAY, HIDDEN, HIDDEN, OPEN, OPEN)),
    "stakeholders:coverage_download": ({}, (AWAY, HIDDEN, HIDDEN, OPEN, OPEN)),
    "stakeholders:coverage_targets": ({}, OFFICE_ONLY),
    "stakeholders:person_record": ({}, OFFICE_ONLY),
    "stakeholders:contact_import_list": ({}, OFFICE_ONLY),
    "stakeholders:contact_import_detail": ({"pk": 99}, ABSENT),
    "stakeholders:contact_import_confirm": ({"pk": 99}, ONLY_BY_POST),
    "stakeholders:contact_import_discard": ({"pk": 99}, ONLY_BY_POST),
    "stakeholders:contact_import_result": ({"pk": 99}, ABSENT),
    "stakeholders:contact_import_template": ({"extension": "csv"}, OFFICE_ONLY),
    "stakeholders:group_change_withdraw": ({}, (AWAY, *(POST_ONLY,) * 4)),
    "stakeholders:mandate_list": ({}, COMPLETE_PROFILE),
    "stakeholders:mandate_confirm": ({"pk": 1}, ONLY_BY_POST),
    "stakeholders:mandate_deputy": ({"pk": 1}, ONLY_BY_POST),
    "stakeholders:mandate_end": ({"pk": 1}, ONLY_BY_POST),
    "stakeholders:mandate_refuse": ({"pk": 1}, ONLY_BY_POST),
    "stakeholders:enquiry_detail": ({"token": "falsch"}, NOBODY),
    "stakeholders:enquiry_list": ({}, SIGNED_IN),
    "stakeholders:profile": ({}, SIGNED_IN),
    "stakeholders:organisation_suggestions": ({}, SIGNED_IN),
    "stakeholders:organisation_detail": ({"slug": "beispielwerk-maschinenbau"}, EVERYBODY),
    "stakeholders:organisation_edit": ({"slug": "beispielwerk-maschinenbau"}, ABSENT),
    "my_data": ({}, SIGNED_IN),
    "export_request": ({}, ONLY_BY_POST),
    "export_download": ({"pk": 4711}, ABSENT),
    "consent_change": ({}, ONLY_BY_POST),
    "account_erase": ({}, (AWAY,) * len(WHO)),
    "stakeholders:newsletter": ({}, EVERYBODY),
    "stakeholders:newsletter_confirm": ({"token": "falsch"}, NOBODY),
    "stakeholders:newsletter_end": ({"token": "falsch"}, NOBODY),
    "measures:guideline_list": ({}, EVERYBODY),
    "measures:measure_list": ({}, EVERYBODY),
    "measures:measure_download": ({"extension": "csv"}, EVERYBODY),
    "measures:measure_detail": ({"slug": "tgz-4-0"}, EVERYBODY),
    "measures:document_file": ({"slug": "gibt-es-nicht", "number": 1}, NOBODY),
    "measures:fit_edit": ({"slug": "tgz-4-0"}, (AWAY, AWAY, OPEN, HIDDEN, HIDDEN)),
    "measures:fit_record": ({"slug": "tgz-4-0", "pk": 99999999}, ABSENT),
    "measures:fit_measure_download": ({"slug": "tgz-4-0", "extension": "csv"}, EVERYBODY),
    "measures:fit_overview": ({}, EVERYBODY),
    "measures:fit_download": ({"extension": "csv"}, EVERYBODY),
    "measures:fit_reasons": ({}, (AWAY, HIDDEN, HIDDEN, OPEN, OPEN)),
    "measures:fit_choose": ({"pk": 99999999}, ABSENT),
    "measures:fit_district": ({"key": "14612000"}, EVERYBODY),
    "measures:fit_district_download": ({"key": "14612000", "extension": "csv"}, EVERYBODY),
    "measures:results": ({}, EVERYBODY),
    "measures:round_detail": ({"slug": "demo-runde-2"}, EVERYBODY),
    "measures:assessment_edit": (
        {"slug": "demo-runde-2", "measure_slug": "tgz-4-0"},
        (AWAY, AWAY, OPEN, HIDDEN, HIDDEN),
    ),
    "measures:reason_list": ({"slug": "demo-runde-2"}, OFFICE_ONLY),
    "measures:recording_rounds": ({"pk": 99999999}, ABSENT),
    "measures:recording_choose": ({"slug": "demo-runde-2"}, OFFICE_ONLY),
    "measures:recording_list": ({"slug": "demo-runde-2", "pk": 99999999}, ABSENT),
    "measures:recording_edit": (
        {"slug": "demo-runde-2", "pk": 99999999, "measure_slug": "tgz-4-0"},
        ABSENT,
    ),
    "measures:answer_save": ({"slug": "demo-runde-2", "measure_slug": "tgz-4-0", "key": "need"}, ONLY_BY_POST),
    "measures:reason_save": ({"slug": "demo-runde-2", "measure_slug": "tgz-4-0"}, ONLY_BY_POST),
    "measures:report_list": ({}, (AWAY, HIDDEN, HIDDEN, OPEN, OPEN)),
    "measures:round_state": ({"slug": "demo-runde-2"}, (AWAY, HIDDEN, HIDDEN, OPEN, OPEN)),
    "measures:round_state_download": (
        {"slug": "demo-runde-2", "extension": "csv"},
        (AWAY, HIDDEN, HIDDEN, OPEN, OPEN),
    ),
    "measures:report_share": ({"slug": "demo-runde-1", "version": 1}, (AWAY, HIDDEN, HIDDEN, OPEN, OPEN)),
    "measures:report_link_end": ({"pk": 1}, ONLY_BY_POST),
    "measures:shared_report": ({"token": "falsch"}, NOBODY),
    "measures:shared_download": ({"token": "falsch", "extension": "pdf"}, NOBODY),
    "measures:report_detail": ({"slug": "demo-runde-1", "version": 1}, EVERYBODY),
    "measures:report_comparison": ({}, EVERYBODY),
    "measures:ranking_freeze": ({"slug": "demo-runde-1"}, OFFICE_ONLY),
    "measures:report_data": ({"slug": "demo-runde-1", "version": 1}, (AWAY, HIDDEN, HIDDEN, OPEN, OPEN)),
    "measures:report_ratings": (
        {"slug": "demo-runde-1", "version": 1, "extension": "csv"},
        (AWAY, HIDDEN, HIDDEN, OPEN, OPEN),
    ),
    "measures:report_record": ({"slug": "demo-runde-1", "version": 1}, EVERYBODY),
    "measures:report_download": ({"slug": "demo-runde-1", "version": 1, "extension": "json"}, EVERYBODY),
    "theses:thesis_list": ({}, EVERYBODY),
    "theses:thesis_submit": ({}, COMPLETE_PROFILE),
    "theses:evidence_file": ({"pk": 99999999, "slug": "these", "number": 1}, NOBODY),
    "theses:evidence_remove": ({"pk": 99999999, "slug": "these"}, ONLY_BY_POST),
    "theses:thesis_evidence": ({"pk": 99999999, "slug": "these"}, (AWAY, AWAY, HIDDEN, HIDDEN, HIDDEN)),
    "theses:topic_list": ({}, EVERYBODY),
    "theses:topic_propose": ({}, COMPLETE_PROFILE),
    "theses:thesis_similar": ({}, COMPLETE_PROFILE),
    "theses:draft_save": ({}, ONLY_BY_POST),
    "theses:draft_discard": ({}, ONLY_BY_POST),
    "theses:thesis_detail": ({}, EVERYBODY),
    "theses:thesis_report": ({}, EVERYBODY),
    "theses:thesis_assign": ({"pk": 0, "slug": "x"}, ABSENT),
    "theses:thesis_conclude": ({"pk": 0, "slug": "x"}, ABSENT),
    "theses:thesis_lineage": ({}, EVERYBODY),
    "theses:thesis_merge": ({"pk": 0, "slug": "x"}, ABSENT),
    "theses:thesis_split": ({"pk": 0, "slug": "x"}, ABSENT),
    "theses:version_list": ({}, EVERYBODY),
    "theses:version_propose": ({"pk": 0, "slug": "x"}, (AWAY, AWAY, HIDDEN, HIDDEN, HIDDEN)),
    "theses:thesis_on_behalf": ({"pk": 0}, ABSENT),
    "theses:thesis_revise": ({}, (AWAY, AWAY, HIDDEN, HIDDEN, HIDDEN)),
    "theses:evaluation": ({}, EVERYBODY),
    "theses:evaluation_download": ({"extension": "pdf"}, NOBODY),
    "theses:stance_card": ({}, COMPLETE_PROFILE),
    "theses:stance_download": ({"pk": 99999999, "slug": "these", "extension": "csv"}, NOBODY),
    "theses:stance_list": ({}, COMPLETE_PROFILE),
    "theses:stance_take": ({}, ONLY_BY_POST),
    "theses:contribution_write": ({}, COMPLETE_PROFILE),
    "theses:contribution_detail": ({"pk": 0, "slug": "these", "contribution_pk": 0}, NOBODY),
    "theses:contribution_edit": ({"pk": 0, "slug": "these", "contribution_pk": 0}, ABSENT),
    "theses:contribution_helpful": ({"pk": 0, "slug": "these", "contribution_pk": 0}, ONLY_BY_POST),
    "theses:contribution_report": ({"pk": 0, "slug": "these", "contribution_pk": 0}, NOBODY),
    "theses:contribution_withdraw": ({"pk": 0, "slug": "these", "contribution_pk": 0}, ABSENT),
    "theses:thesis_follow": ({"pk": 0, "slug": "these"}, ONLY_BY_POST),
    "theses:follow_end": ({"token": "falsch"}, NOBODY),
    "theses:digest_choice": ({"token": "falsch"}, NOBODY),
    **WORKSHOP_ROWS,
}
FOREIGN = ("admin:",)
"""See test_admin_addresses."""

EVERYONE = (*WHO, "colleague", "outsider", "superuser", "office without second factor")
OPEN_WITHOUT_SECOND_FACTOR = {
    "healthz",
    "readyz",
    "security_txt",
    "contact",
    "imprint",
    "privacy",
    "accessibility",
    "easy_language",
}
OTHERWISE: dict[str, dict[str, int]] = {
    # Speaks for it.
    "stakeholders:organisation_edit": {"colleague": OPEN},
}
"""Where somebody of EVERYONE differs from whom they resemble."""


def expected_of(name: str, row: tuple[int, ...]) -> dict[str, int]:
    """The five of a row, and the others: colleague and outsider are stakeholders, a superuser is more than the office,
    and without a second factor staff see their own account and what the law demands.
    """
    five = dict(zip(WHO, row, strict=True))
    if name in ACCOUNT_ROWS:
        unproven = five["stakeholder"]
    elif name in OPEN_WITHOUT_SECOND_FACTOR:
        unproven = five["project office"]
    else:
        unproven = AWAY
    return {
        **five,
        "colleague": five["stakeholder"],
        "outsider": five["stakeholder"],
        "superuser": five["project office"],
        "office without second factor": unproven,
        **OTHERWISE.get(name, {}),
    }


def names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> list[str]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found += names(pattern.url_patterns, inner)
        elif pattern.name:
            found.append(f"{namespace}{pattern.name}")
    return found


def load_everything() -> None:
    load_starting_data()
    load_demo()


def visitors() -> dict[str, Client]:
    """One browser for each of EVERYONE, on the people of the demonstration."""
    colleague, stakeholder, office, ministry, superuser = (Stakeholder.objects.get(email=email) for _, email in LOGINS)
    people = {
        "newcomer": StakeholderFactory.create(group=None, district=None, last_name=""),
        "stakeholder": stakeholder,
        "colleague": colleague,
        "outsider": StakeholderFactory.create(group=stakeholder.group, district=stakeholder.district),
        "project office": office,
        "ministry": ministry,
        "superuser": superuser,
        "office without second factor": StakeholderFactory.create(
            role=Stakeholder.Role.PROJECT_OFFICE, second_factor=False
        ),
    }
    clients = {"guest": Client()}
    for who, person in people.items():
        clients[who] = Client()
        clients[who].force_login(person)
    return clients


def test_every_address_has_a_row() -> None:
    own = {name for name in names(get_resolver().url_patterns) if not name.startswith(FOREIGN)}
    assert own == set(ROWS) | set(ACCOUNT_ROWS)


@pytest.mark.django_db
def test_everybody_gets_what_the_row_says() -> None:
    load_everything()
    thesis = Thesis.objects.published()[0]
    clients = visitors()
    wrong = {}
    for name, (arguments, row) in (ROWS | ACCOUNT_ROWS).items():
        if name.startswith(
            (
                "theses:thesis_detail",
                "theses:thesis_re",
                "theses:stance_take",
                "theses:contribution_write",
                "theses:thesis_lin",
                "theses:version_list",
            )
        ):
            arguments = {"pk": thesis.pk, "slug": thesis.slug}
        address = reverse(name, kwargs=arguments)
        expected = expected_of(name, row)
        got = {who: clients[who].get(address).status_code for who in EVERYONE}
        if got != expected:
            wrong[name] = {who: code for who, code in got.items() if code != expected[who]}
    assert wrong == {}
