from workshops.models.invitation import Invitation
from workshops.models.registration import Registration
from workshops.models.wave import InvitationWave
from workshops.models.workshop import Workshop

__all__ = ["Invitation", "InvitationWave", "Registration", "Workshop"]
