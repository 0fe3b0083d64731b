from django.db import models
from django.utils.translation import gettext_lazy as _


class ThesisVerb(models.TextChoices):
    """Stances are no part of it: a lasting record of who holds which opinion would serve nobody."""

    SUBMITTED = "thesis_submitted", _("These eingereicht")
    RESUBMITTED = "thesis_resubmitted", _("These überarbeitet und erneut eingereicht")
    EVIDENCE_ADDED = "thesis_evidence_added", _("Beleg zu einer These hinzugefügt")
    EVIDENCE_REMOVED = "thesis_evidence_removed", _("Beleg einer These entfernt")
    TOPIC_PROPOSED = "topic_proposed", _("Thema vorgeschlagen")
    TOPIC_ACCEPTED = "topic_accepted", _("Vorgeschlagenes Thema aufgenommen")
    TOPIC_DECLINED = "topic_declined", _("Vorgeschlagenes Thema nicht aufgenommen")
    PUBLISHED = "thesis_published", _("These veröffentlicht")
    RETURNED = "thesis_returned", _("These zur Überarbeitung zurückgegeben")
    DECLINED = "thesis_declined", _("These nicht veröffentlicht")
    REMOVED = "thesis_removed", _("These nach einer Meldung entfernt")
    SHARES_SHOWN = "thesis_shares_shown", _("Anteile einer These für alle gezeigt")
    SHARES_HIDDEN = "thesis_shares_hidden", _("Anteile einer These bis zur eigenen Haltung verborgen")
    ASSIGNED = "thesis_assigned", _("These zugewiesen")
    VERSION_PROPOSED = "thesis_version_proposed", _("Neue Fassung einer These vorgeschlagen")
    VERSION_PUBLISHED = "thesis_version_published", _("Neue Fassung einer These veröffentlicht")
    VERSION_REFUSED = "thesis_version_refused", _("Neue Fassung einer These nicht veröffentlicht")
    MERGED = "thesis_merged", _("These mit einer anderen zusammengeführt")
    SPLIT = "thesis_split", _("These aufgeteilt")
    CONCLUDED = "thesis_concluded", _("Fazit zu einer These veröffentlicht")
    AGENDA_PROPOSED = "thesis_agenda_proposed", _("Tagesordnung aus Thesen vorgeschlagen")
    CONTRIBUTED = "contribution_written", _("Beitrag zu einer These geschrieben")
    ANSWERED_OFFICIALLY = "contribution_answered_officially", _("Beitrag vom Projektbüro beantwortet")
    CONTRIBUTION_CHANGED = "contribution_changed", _("Beitrag geändert")
    CONTRIBUTION_WITHDRAWN = "contribution_withdrawn", _("Beitrag zurückgezogen")
    CONTRIBUTION_REMOVED = "contribution_removed", _("Beitrag nach einer Meldung entfernt")
    CONVERSATION_UPLOADED = "conversation_uploaded", _("Dateien einer Konversation hochgeladen")
    CONVERSATION_IMPORTED = "conversation_imported", _("Konversation ins Archiv übernommen")
    CONVERSATION_DISCARDED = "conversation_discarded", _("Hochgeladene Konversation verworfen")
