"""What the pages of events answer to whom, in the order of test_addresses.WHO."""

from typing import Any

OPEN, AWAY, HIDDEN, POST_ONLY = 200, 302, 404, 405

EVERYBODY = (OPEN,) * 5
NOBODY = (HIDDEN,) * 5
SIGNED_IN = (AWAY, OPEN, OPEN, OPEN, OPEN)
COMPLETE_PROFILE = (AWAY, AWAY, OPEN, OPEN, OPEN)
ONLY_BY_POST = (POST_ONLY,) * 5
OFFICE_ONLY = (AWAY, HIDDEN, HIDDEN, OPEN, HIDDEN)

WORKSHOP_ROWS: dict[str, tuple[dict[str, Any], tuple[int, ...]]] = {
    "workshops:workshop_list": ({}, EVERYBODY),
    "workshops:calendar_feed": ({}, EVERYBODY),
    "workshops:own_calendar": ({}, SIGNED_IN),
    "workshops:own_feed": ({"token": "falsch"}, NOBODY),
    "workshops:pitch_vote": ({"slug": "demo-werkstatt-tgz"}, ONLY_BY_POST),
    "workshops:month_now": ({}, EVERYBODY),
    "workshops:month_detail": ({"number": "1999-01"}, NOBODY),
    "workshops:series_detail": ({"slug": "demo-tour-durch-die-regionen"}, EVERYBODY),
    "workshops:workshop_detail": ({"slug": "demo-werkstatt-tgz"}, EVERYBODY),
    "workshops:workshop_calendar": ({"slug": "demo-werkstatt-tgz"}, EVERYBODY),
    "workshops:registration_choose": ({"pk": 0}, (AWAY, *(HIDDEN,) * 4)),
    "workshops:registration_record": ({"slug": "demo-werkstatt-tgz", "pk": 0}, (AWAY, *(HIDDEN,) * 4)),
    "workshops:registration_group": ({"slug": "demo-werkstatt-tgz"}, OFFICE_ONLY),
    "workshops:registration_create": ({"slug": "demo-werkstatt-tgz"}, COMPLETE_PROFILE),
    "workshops:check_in": ({"code": "falsch"}, (AWAY, *(HIDDEN,) * 4)),
    "workshops:invitation_answer": ({"token": "falsch"}, NOBODY),
    "workshops:registration_manage": ({"token": "falsch"}, NOBODY),
    "workshops:registration_change": ({"token": "falsch"}, NOBODY),
    "workshops:registration_ticket": ({"token": "falsch"}, NOBODY),
}
