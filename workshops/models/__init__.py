from workshops.models.calendar_address import CalendarAddress
from workshops.models.invitation import Invitation
from workshops.models.place import Place, PlacesLeft
from workshops.models.question import Answer, Question
from workshops.models.registration import Registration
from workshops.models.reminder import Reminder
from workshops.models.series import Series
from workshops.models.session import PitchVote, Session, SessionPlace
from workshops.models.wave import InvitationWave
from workshops.models.workshop import Workshop

__all__ = [
    "Answer",
    "CalendarAddress",
    "Invitation",
    "InvitationWave",
    "PitchVote",
    "Place",
    "PlacesLeft",
    "Question",
    "Registration",
    "Reminder",
    "Series",
    "Session",
    "SessionPlace",
    "Workshop",
]
