"""For how many days what is kept; what happens then, and since when it counts, stands in portal/domain/retention.py."""

PERIODS: dict[str, int] = {
    "inactive_accounts": 3 * 365,
    "inactive_first_warning": 30,
    "inactive_last_warning": 7,
    "unclaimed_contacts": 2 * 365,
    "unconfirmed_subscriptions": 30,
    "ended_subscriptions": 3 * 365,
    "sent_mails": 365,
    "farewells": 7,
    "exports": 7,
    "contact_imports": 7,
    "thesis_drafts": 180,
    "content_reports": 2 * 365,
    "enquiries": 2 * 365,
    "sensitive_answers": 14,
    "answers": 180,
    "sessions": 0,
}
"""The two warnings count backwards from the end of an inactive account."""
