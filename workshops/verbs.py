from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkshopVerb(models.TextChoices):
    WORKSHOP_CREATED = "workshop_created", _("Veranstaltung angelegt")
    WORKSHOP_CHANGED = "workshop_changed", _("Veranstaltung geändert")
    WORKSHOP_PUBLISHED = "workshop_published", _("Veranstaltung veröffentlicht")
    WORKSHOP_CANCELLED = "workshop_cancelled", _("Veranstaltung abgesagt")
    INVITATIONS_SENT = "invitations_sent", _("Einladungen verschickt")
    INVITATIONS_REMINDED = "invitations_reminded", _("an Einladungen erinnert")
    WAVE_DRAFTED = "wave_drafted", _("Einladungswelle entworfen")
    WAVE_DISCARDED = "wave_discarded", _("Einladungswelle verworfen")
    INVITATION_ACCEPTED = "invitation_accepted", _("Einladung angenommen")
    INVITATION_DECLINED = "invitation_declined", _("Einladung abgelehnt")
    REGISTRATION_CONFIRMED = "registration_confirmed", _("Platz vergeben")
    REGISTRATION_WAITING = "registration_waiting", _("auf die Warteliste gesetzt")
    REGISTRATION_MOVED_UP = "registration_moved_up", _("von der Warteliste nachgerückt")
    REGISTRATION_REQUESTED = "registration_requested", _("Anmeldung wartet auf Entscheidung")
    REGISTRATION_APPROVED = "registration_approved", _("Anmeldung angenommen")
    REGISTRATION_REFUSED = "registration_refused", _("Anmeldung nicht angenommen")
    REGISTRATION_OFFERED = "registration_offered", _("Platz angeboten")
    REGISTRATION_LAPSED = "registration_lapsed", _("angebotener Platz verfallen")
    REGISTRATION_CHANGED = "registration_changed", _("Anmeldung geändert")
    REGISTRATION_CANCELLED = "registration_cancelled", _("Platz freigegeben")
    REMINDERS_POSTED = "reminders_posted", _("Erinnerungen verschickt")
