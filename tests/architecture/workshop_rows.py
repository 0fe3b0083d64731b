"""What the pages of events answer to whom, in the order of answers.WHO."""

from typing import Any

from tests.architecture.answers import ABSENT, COMPLETE_PROFILE, EVERYBODY, NOBODY, OFFICE_ONLY, ONLY_BY_POST, SIGNED_IN

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
    "workshops:registration_choose": ({"pk": 0}, ABSENT),
    "workshops:registration_record": ({"slug": "demo-werkstatt-tgz", "pk": 0}, ABSENT),
    "workshops:registration_group": ({"slug": "demo-werkstatt-tgz"}, OFFICE_ONLY),
    "workshops:registration_create": ({"slug": "demo-werkstatt-tgz"}, COMPLETE_PROFILE),
    "workshops:check_in": ({"code": "falsch"}, ABSENT),
    "workshops:invitation_answer": ({"token": "falsch"}, NOBODY),
    "workshops:registration_manage": ({"token": "falsch"}, NOBODY),
    "workshops:registration_change": ({"token": "falsch"}, NOBODY),
    "workshops:registration_ticket": ({"token": "falsch"}, NOBODY),
}
