"""What a page answers to each of WHO, in this order: the rows of the addresses are made of these."""

WHO = ("guest", "newcomer", "stakeholder", "project office", "ministry")
"""Newcomer: registered, but the profile is not complete."""

OPEN, AWAY, HIDDEN, POST_ONLY = 200, 302, 404, 405

EVERYBODY = (OPEN,) * 5
NOBODY = (HIDDEN,) * 5
ABSENT = (AWAY, HIDDEN, HIDDEN, HIDDEN, HIDDEN)
"""Of a row that does not exist, where a guest is led to sign in first."""
SIGNED_IN = (AWAY, OPEN, OPEN, OPEN, OPEN)
COMPLETE_PROFILE = (AWAY, AWAY, OPEN, OPEN, OPEN)
ONLY_BY_POST = (POST_ONLY,) * 5
OFFICE_ONLY = (AWAY, HIDDEN, HIDDEN, OPEN, HIDDEN)
