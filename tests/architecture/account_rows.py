"""What the pages of accounts answer: guest, newcomer, stakeholder, project office, ministry, as in answers.WHO.

All of them stay open to staff who have no second factor yet, who answer like a stakeholder.
"""

from typing import Any

from tests.architecture.answers import AWAY, EVERYBODY, HIDDEN, NOBODY, OPEN, SIGNED_IN

REFUSED = 401
ELSEWHERE = (AWAY,) * 5
GUESTS_ONLY = (OPEN, AWAY, AWAY, AWAY, AWAY)
WITH_APP = (AWAY, AWAY, AWAY, OPEN, OPEN)
WITHOUT_CODES = (AWAY, HIDDEN, HIDDEN, HIDDEN, HIDDEN)
SWITCHED_OFF = NOBODY
"""A provider that the environment does not name."""

ACCOUNT_ROWS: dict[str, tuple[dict[str, Any], tuple[int, ...]]] = {
    "account_login": ({}, GUESTS_ONLY),
    "account_logout": ({}, SIGNED_IN),
    "account_inactive": ({}, EVERYBODY),
    "account_signup": ({}, GUESTS_ONLY),
    "account_signup_by_passkey": ({}, GUESTS_ONLY),
    "account_reauthenticate": ({}, SIGNED_IN),
    "account_email": ({}, SIGNED_IN),
    "account_email_verification_sent": ({}, ELSEWHERE),
    "account_change_password": ({}, SIGNED_IN),
    "account_set_password": ({}, ELSEWHERE),
    "account_reset_password": ({}, EVERYBODY),
    "account_confirm_password_reset_code": ({}, ELSEWHERE),
    "account_complete_password_reset": ({}, ELSEWHERE),
    "account_password_reset_completed": ({}, EVERYBODY),
    "account_request_login_code": ({}, GUESTS_ONLY),
    "account_confirm_login_code": ({}, ELSEWHERE),
    "mfa_index": ({}, SIGNED_IN),
    "mfa_authenticate": ({}, ELSEWHERE),
    "mfa_reauthenticate": ({}, WITH_APP),
    "mfa_activate_totp": ({}, ELSEWHERE),
    "mfa_deactivate_totp": ({}, (AWAY, HIDDEN, HIDDEN, AWAY, AWAY)),
    "mfa_view_recovery_codes": ({}, WITHOUT_CODES),
    "mfa_generate_recovery_codes": ({}, ELSEWHERE),
    "mfa_download_recovery_codes": ({}, WITHOUT_CODES),
    "mfa_list_webauthn": ({}, SIGNED_IN),
    "mfa_add_webauthn": ({}, ELSEWHERE),
    "mfa_reauthenticate_webauthn": ({}, ELSEWHERE),
    "mfa_remove_webauthn": ({"pk": 1}, ELSEWHERE),
    "mfa_edit_webauthn": ({"pk": 1}, ELSEWHERE),
    "mfa_login_webauthn": ({}, ELSEWHERE),
    "mfa_signup_webauthn": ({}, ELSEWHERE),
    "usersessions_list": ({}, SIGNED_IN),
    "socialaccount_login_cancelled": ({}, EVERYBODY),
    "socialaccount_login_error": ({}, (REFUSED,) * 5),
    "socialaccount_signup": ({}, ELSEWHERE),
    "socialaccount_connections": ({}, SIGNED_IN),
    "openid_connect_login": ({"provider_id": "zentral"}, SWITCHED_OFF),
    "openid_connect_callback": ({"provider_id": "zentral"}, SWITCHED_OFF),
    "stakeholders:security": ({}, SIGNED_IN),
    "stakeholders:second_factor": ({}, (AWAY, OPEN, OPEN, AWAY, AWAY)),
    "stakeholders:confirm_by_code": ({}, SIGNED_IN),
}
