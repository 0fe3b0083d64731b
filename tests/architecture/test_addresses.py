"""Every address knows what it answers to a guest; a new one without a row here fails."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from portal.management.commands.prepare import load_starting_data

OPEN = 200
SIGN_IN = 302
HIDDEN = 404
NOT_ALLOWED = 405

GUEST: dict[str, tuple[int, dict[str, Any]]] = {
    "healthz": (OPEN, {}),
    "readyz": (OPEN, {}),
    "security_txt": (OPEN, {}),
    "home": (OPEN, {}),
    "search": (OPEN, {}),
    "participate": (OPEN, {}),
    "contact": (OPEN, {}),
    "imprint": (OPEN, {}),
    "privacy": (OPEN, {}),
    "accessibility": (OPEN, {}),
    "easy_language": (OPEN, {}),
    "dashboard": (SIGN_IN, {}),
    "stakeholders:profile": (SIGN_IN, {}),
    "stakeholders:organisation_suggestions": (SIGN_IN, {}),
    "stakeholders:organisation_detail": (HIDDEN, {"slug": "gibt-es-nicht"}),
    "measures:measure_list": (OPEN, {}),
    "measures:measure_detail": (OPEN, {"slug": "tgz-4-0"}),
    "measures:results": (OPEN, {}),
    "measures:round_detail": (HIDDEN, {"slug": "gibt-es-nicht"}),
    "measures:assessment_edit": (SIGN_IN, {"slug": "runde", "measure_slug": "tgz-4-0"}),
    "measures:report_list": (SIGN_IN, {}),
    "measures:report_detail": (SIGN_IN, {"slug": "runde", "version": 1}),
    "measures:report_download": (SIGN_IN, {"slug": "runde", "version": 1, "extension": "pdf"}),
    "theses:thesis_list": (OPEN, {}),
    "theses:thesis_submit": (SIGN_IN, {}),
    "theses:thesis_detail": (HIDDEN, {"pk": 1, "slug": "these"}),
    "theses:thesis_revise": (SIGN_IN, {"pk": 1, "slug": "these"}),
    "theses:stance_take": (NOT_ALLOWED, {"pk": 1, "slug": "these"}),
    "workshops:workshop_list": (OPEN, {}),
    "workshops:calendar_feed": (OPEN, {}),
    "workshops:workshop_detail": (OPEN, {"slug": "strategiekonferenz-2017"}),
    "workshops:workshop_calendar": (OPEN, {"slug": "strategiekonferenz-2017"}),
    "workshops:registration_create": (SIGN_IN, {"slug": "strategiekonferenz-2017"}),
    "workshops:invitation_answer": (HIDDEN, {"token": "falsch"}),
    "workshops:registration_manage": (HIDDEN, {"token": "falsch"}),
}
FOREIGN = ("account_", "admin:", "mfa_", "usersessions_", "socialaccount_")


def names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> list[str]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found += names(pattern.url_patterns, inner)
        elif pattern.name:
            found.append(f"{namespace}{pattern.name}")
    return found


def test_every_address_has_a_row() -> None:
    own = {name for name in names(get_resolver().url_patterns) if not name.startswith(FOREIGN)}
    assert own == set(GUEST)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(GUEST))
def test_a_guest_gets_what_the_row_says(client: Client, name: str) -> None:
    load_starting_data()
    expected, arguments = GUEST[name]
    response = client.get(reverse(name, kwargs=arguments))
    assert response.status_code == expected
    if expected == SIGN_IN:
        assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.django_db
def test_the_admin_leads_a_guest_to_sign_in(client: Client) -> None:
    for name in names(get_resolver().url_patterns):
        if name.startswith("admin:") and name.endswith("_changelist"):
            assert client.get(reverse(name)).status_code == SIGN_IN, name
