from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stakeholders.models import Channel, Mandate, Organisation
from workshops.models.place import Place
from workshops.models.workshop import Workshop


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def confirmed(self) -> Self:
        return self.filter(state=Registration.State.CONFIRMED)

    def waiting(self) -> Self:
        """The waiting list in order of arrival."""
        return self.filter(state=Registration.State.WAITING).order_by("arrival")

    def current(self) -> Self:
        """Those that may still come to something."""
        return self.exclude(state__in=Registration.ENDED)

    def holding(self) -> Self:
        """Those that take places: given, or offered and not yet confirmed."""
        return self.filter(state__in=Registration.HOLDING)

    def waiting_before(self, registration: "Registration") -> Self:
        """Who waits for the same kind of place and came earlier."""
        return self.waiting().filter(
            workshop=registration.workshop_id, kind=registration.kind, arrival__lt=registration.arrival
        )


class Registration(models.Model):
    """A person's place at an event, or on its waiting list; one row per person and event, also after cancelling.

    REQUESTED (only where the project office decides) -> WAITING or REFUSED; WAITING -> CONFIRMED, or OFFERED until
    `confirm_by` where a place that became free has to be confirmed; each of them -> CANCELLED, and back as a later
    arrival. `arrival` counts the registrations of an event under its lock. `is_entitled`: may take a reserved place.

    The database counts in `calendar_sequence` what changes the entry in the person's calendar, and when it did last.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("wartet auf die Bestätigung des Projektbüros")
        CONFIRMED = "confirmed", _("angemeldet")
        OFFERED = "offered", _("nachgerückt, noch nicht bestätigt")
        WAITING = "waiting", _("auf der Warteliste")
        CANCELLED = "cancelled", _("abgemeldet")
        REFUSED = "refused", _("nicht zugelassen")

    HOLDING = (State.CONFIRMED, State.OFFERED)
    ENDED = (State.CANCELLED, State.REFUSED)

    workshop = models.ForeignKey(
        Workshop,
        models.PROTECT,
        related_name="registrations",
        db_index=False,  # an index begins with it
        verbose_name=_("Veranstaltung"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="registrations", verbose_name=_("Akteurin / Akteur")
    )
    state = models.CharField(_("Stand"), max_length=10, choices=State.choices)
    refusal_reason = models.CharField(_("Grund der Ablehnung"), max_length=300, blank=True)
    is_entitled = models.BooleanField(_("darf zurückgehaltene Plätze nutzen"), default=False)
    kind = models.CharField(_("Teilnahme"), max_length=7, choices=Place.choices, default=Place.ON_SITE)
    companions = models.PositiveSmallIntegerField(_("Begleitpersonen"), default=0)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("für Organisation")
    )
    mandate = models.ForeignKey(
        Mandate, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Mandat")
    )
    confirm_by = models.DateTimeField(_("zu bestätigen bis"), null=True, blank=True)
    attended_at = models.DateTimeField(_("teilgenommen am"), null=True, blank=True)
    arrival = models.PositiveIntegerField(_("Nummer der Ankunft"))
    registered_at = models.DateTimeField(_("angemeldet am"))
    confirmed_at = models.DateTimeField(_("Platz seit"), null=True, blank=True)
    channel = models.CharField(_("Weg"), max_length=9, choices=Channel.choices, default=Channel.WEB, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("erfasst von"),
    )
    cancelled_at = models.DateTimeField(_("abgemeldet am"), null=True, blank=True)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    entry_changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ("workshop", "arrival")
        verbose_name = _("Anmeldung")
        verbose_name_plural = _("Anmeldungen")
        constraints = [
            models.UniqueConstraint(fields=("workshop", "person"), name="registration_unique"),
            models.UniqueConstraint(fields=("workshop", "arrival"), name="registration_arrival_unique"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="entry_changed",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    NEW.calendar_sequence = OLD.calendar_sequence;
                    NEW.entry_changed_at = OLD.entry_changed_at;
                    IF (NEW.state, NEW.arrival, NEW.kind) <> (OLD.state, OLD.arrival, OLD.kind) THEN
                        NEW.calendar_sequence = OLD.calendar_sequence + 1;
                        NEW.entry_changed_at = now();
                    END IF;
                    RETURN NEW;
                """,
            )
        ]
        indexes = [
            models.Index(fields=("workshop", "state", "arrival"), name="registration_order"),
            models.Index(
                fields=("workshop", "kind"),
                include=("companions", "is_entitled"),
                condition=models.Q(state__in=("confirmed", "offered")),
                name="registration_holding",
            ),
            models.Index(
                fields=("workshop", "kind"),
                condition=models.Q(state="waiting", is_entitled=True),
                name="registration_entitled",
            ),
            models.Index(fields=("confirm_by",), condition=models.Q(state="offered"), name="registration_offers"),
        ]

    def __str__(self) -> str:
        # Django's own `get_state_display` translates every label to find one.
        return f"{self.workshop} – {self.State(self.state).label}"

    @property
    def is_current(self) -> bool:
        return self.state not in self.ENDED

    @property
    def is_lapsed(self) -> bool:
        """Ended because a place that was offered was not confirmed in time."""
        return self.state == self.State.CANCELLED and self.confirm_by is not None

    @property
    def seats(self) -> int:
        """With the people who come along."""
        return 1 + self.companions
