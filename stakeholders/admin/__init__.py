"""The project office's desk: people, organisations, lists of choice, messages; audit log and consents to read."""

from stakeholders.admin import (
    choices,
    enquiry,
    group_change,
    legal_text,
    mandate,
    newsletter,
    organisation,
    outgoing_mail,
    record,
    site,
    stakeholder,
)

__all__ = [
    "choices",
    "enquiry",
    "group_change",
    "legal_text",
    "mandate",
    "newsletter",
    "organisation",
    "outgoing_mail",
    "record",
    "site",
    "stakeholder",
]
