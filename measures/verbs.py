from django.db import models
from django.utils.translation import gettext_lazy as _


class MeasureVerb(models.TextChoices):
    MEASURE_PUBLISHED = "measure_published", _("Maßnahme veröffentlicht")
    MEASURE_WITHDRAWN = "measure_withdrawn", _("Maßnahme zurückgezogen")
    ROUND_PUBLISHED = "round_published", _("Bewertungsrunde veröffentlicht")
    ROUND_CLOSED = "round_closed", _("Bewertungsrunde beendet")
    RANKING_FROZEN = "ranking_frozen", _("Ergebnis eingefroren")
    RANKING_PUBLISHED = "ranking_published", _("Priorisierung veröffentlicht")
    RANKING_WITHDRAWN = "ranking_withdrawn", _("Priorisierung zurückgezogen")
    REPORT_DOWNLOADED = "report_downloaded", _("Bericht heruntergeladen")
    FIT_RECORDED = "fit_recorded", _("Passfähigkeits-Check aufgeschrieben")
