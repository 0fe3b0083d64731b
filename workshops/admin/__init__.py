"""The project office's desk: events with their waves, registrations and invitations."""

from workshops.admin import invitation, registration, series, workshop

__all__ = ["invitation", "registration", "series", "workshop"]
