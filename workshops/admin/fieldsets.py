"""How the form of an event is laid out."""

from typing import Any

from django.utils.translation import gettext_lazy as _

FIELDSETS: Any = (
    (
        None,
        {
            "description": _(
                "Neue Veranstaltungen sind Entwürfe. Veröffentlichen, verschieben und absagen können Sie in der "
                "Liste: ankreuzen, Aktion wählen, ausführen."
            ),
            "fields": ("title", "slug", "state", ("format", "series"), "summary", "description"),
        },
    ),
    (
        _("Zeit und Ort"),
        {
            "description": _("Eine Änderung geht bei veröffentlichten Veranstaltungen sofort an alle Angemeldeten."),
            "fields": (
                ("starts_at", "ends_at"),
                "whole_day",
                "mode",
                ("place", "room"),
                "address",
                "map_url",
                "district",
                "accessibility",
                "online_url",
            ),
        },
    ),
    (
        _("Plätze und Anmeldung"),
        {
            "description": _(
                "Mehr Plätze lassen die Warteliste nachrücken. Weniger Plätze nehmen niemandem den Platz."
            ),
            "fields": (
                ("capacity", "online_capacity", "reserved"),
                ("companions", "organisation_quota"),
                "open_registration",
                "needs_approval",
                "registration_closes_at",
                ("moves_up_until", "confirm_hours"),
            ),
        },
    ),
    (
        _("Wozu sie gehört"),
        {"classes": ("collapse",), "fields": ("measures", "topics", "theses", "agenda", "assessment_round")},
    ),
    (
        _("Englisch und Quelle"),
        {"classes": ("collapse",), "fields": ("title_en", "summary_en", "description_en", "source")},
    ),
)
