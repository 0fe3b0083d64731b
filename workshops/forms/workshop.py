"""The form of an event at the desk: what does not fit together is said at its field."""

from typing import Any

from django import forms
from django.utils.translation import gettext

from stakeholders.domain.refusal import Refusal
from workshops.domain.workshop import check_mode
from workshops.models import Workshop


class WorkshopForm(forms.ModelForm[Workshop]):
    class Meta:
        model = Workshop
        fields: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        self.check_times(found)
        self.check_places(found)
        if self.instance.pk and found.get("mode"):
            try:
                check_mode(self.instance, found["mode"])
            except Refusal as refusal:
                self.add_error("mode", refusal.sentence)
        return found

    def check_times(self, found: dict[str, Any]) -> None:
        start, end = found.get("starts_at"), found.get("ends_at")
        if start is None:
            return
        if end is not None and end < start:
            self.add_error("ends_at", gettext("Das Ende darf nicht vor dem Beginn liegen."))
        if (closes := found.get("registration_closes_at")) and closes > start:
            self.add_error("registration_closes_at", gettext("Die Anmeldung endet spätestens mit dem Beginn."))
        if (until := found.get("moves_up_until")) and until > start:
            self.add_error("moves_up_until", gettext("Nachrücken kann man nur bis zum Beginn."))

    def check_places(self, found: dict[str, Any]) -> None:
        capacity, reserved, mode = found.get("capacity"), found.get("reserved") or 0, found.get("mode")
        if reserved and capacity is None and "capacity" in found:
            self.add_error("reserved", gettext("Zurückhalten lassen sich Plätze nur, wenn ihre Zahl begrenzt ist."))
        elif capacity is not None and reserved > capacity:
            self.add_error("reserved", gettext("So viele Plätze gibt es nicht."))
        if found.get("online_capacity") is not None and mode != Workshop.Mode.HYBRID:
            self.add_error(
                "online_capacity",
                gettext("Eigene Plätze online gibt es nur, wenn man vor Ort und online teilnehmen kann."),
            )
        if mode in (Workshop.Mode.ONLINE, Workshop.Mode.HYBRID) and found.get("online_url") == "":
            self.check_published("online_url", gettext("Bitte tragen Sie die Adresse für die Online-Teilnahme ein."))
        if mode in (Workshop.Mode.ON_SITE, Workshop.Mode.HYBRID) and not (found.get("place") or found.get("address")):
            self.check_published("place", gettext("Bitte tragen Sie den Ort ein."))

    def check_published(self, field: str, sentence: str) -> None:
        """A draft may still lack it."""
        if field in self.fields and self.instance.pk and self.instance.state == Workshop.State.PUBLISHED:
            self.add_error(field, sentence)
