from django.db import models
from django.utils.translation import gettext_lazy as _


class ThesisVerb(models.TextChoices):
    """Stances are no part of it: a lasting record of who holds which opinion would serve nobody."""

    SUBMITTED = "thesis_submitted", _("These eingereicht")
    RESUBMITTED = "thesis_resubmitted", _("These überarbeitet und erneut eingereicht")
    PUBLISHED = "thesis_published", _("These veröffentlicht")
    RETURNED = "thesis_returned", _("These zur Überarbeitung zurückgegeben")
    DECLINED = "thesis_declined", _("These nicht veröffentlicht")
    REMOVED = "thesis_removed", _("These nach einer Meldung entfernt")
