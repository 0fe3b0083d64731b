from django.db import models
from django.utils.translation import gettext_lazy as _


class StakeholderVerb(models.TextChoices):
    PROFILE_COMPLETED = "profile_completed", _("Profil ausgefüllt")
    PROFILE_CHANGED = "profile_changed", _("Profil geändert")
    ROLE_CHANGED = "role_changed", _("Rolle geändert")
    MAIL_REQUEUED = "mail_requeued", _("Nachricht erneut eingereiht")
    MAIL_WITHDRAWN = "mail_withdrawn", _("Nachricht zurückgezogen")
    MAIL_MARKED_SENT = "mail_marked_sent", _("Nachricht als gesendet vermerkt")
    MAIL_RELEASED = "mail_released", _("Nachricht freigegeben")
