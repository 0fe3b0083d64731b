from django.db import models
from django.utils.translation import gettext_lazy as _


class MeasureVerb(models.TextChoices):
    MEASURE_PUBLISHED = "measure_published", _("Maßnahme veröffentlicht")
    MEASURE_WITHDRAWN = "measure_withdrawn", _("Maßnahme zurückgezogen")
    MEASURE_STATUS_CHANGED = "measure_status_changed", _("Stand einer Maßnahme geändert")
    MEASURE_RESTORED = "measure_restored", _("Frühere Fassung einer Maßnahme wiederhergestellt")
    CATALOGUE_IMPORTED = "catalogue_imported", _("Katalog eingelesen")
    CATALOGUE_DISCARDED = "catalogue_discarded", _("Datei für den Katalog verworfen")
    ROUND_PUBLISHED = "round_published", _("Bewertungsrunde veröffentlicht")
    ROUND_CLOSED = "round_closed", _("Bewertungsrunde beendet")
    ROUND_ANNOUNCED = "round_announced", _("Eröffnung einer Bewertungsrunde mitgeteilt")
    ROUND_REMINDED = "round_reminded", _("An eine Bewertungsrunde erinnert")
    RATING_RECORDED = "rating_recorded", _("Bewertung für jemanden erfasst")
    RANKING_FROZEN = "ranking_frozen", _("Ergebnis eingefroren")
    RANKING_PUBLISHED = "ranking_published", _("Priorisierung veröffentlicht")
    RANKING_WITHDRAWN = "ranking_withdrawn", _("Priorisierung zurückgezogen")
    REPORT_DOWNLOADED = "report_downloaded", _("Bericht heruntergeladen")
    REPORT_LINK_CREATED = "report_link_created", _("Link zu einem Bericht angelegt")
    REPORT_LINK_REVOKED = "report_link_revoked", _("Link zu einem Bericht beendet")
    ROUND_STATE_DOWNLOADED = "round_state_downloaded", _("Stand einer Bewertungsrunde heruntergeladen")
    FIT_RECORDED = "fit_recorded", _("Passfähigkeits-Check aufgeschrieben")
