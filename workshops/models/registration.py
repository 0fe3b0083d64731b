from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models import Channel
from workshops.models.workshop import Workshop


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def confirmed(self) -> Self:
        return self.filter(state=Registration.State.CONFIRMED)

    def waiting(self) -> Self:
        """The waiting list in order of arrival."""
        return self.filter(state=Registration.State.WAITING).order_by("arrival")

    def current(self) -> Self:
        return self.exclude(state=Registration.State.CANCELLED)

    def waiting_before(self, registration: "Registration") -> Self:
        return self.waiting().filter(workshop=registration.workshop_id, arrival__lt=registration.arrival)


class Registration(models.Model):
    """A person's place at an event, or on its waiting list; one row per person and event, also after cancelling.

    `arrival` counts the registrations of an event under its lock; who cancels and comes back gets a new, later number.
    """

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("angemeldet")
        WAITING = "waiting", _("auf der Warteliste")
        CANCELLED = "cancelled", _("abgemeldet")

    workshop = models.ForeignKey(
        Workshop, models.PROTECT, related_name="registrations", verbose_name=_("Veranstaltung")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="registrations", verbose_name=_("Akteurin / Akteur")
    )
    state = models.CharField(_("Stand"), max_length=10, choices=State.choices)
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

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ("workshop", "arrival")
        verbose_name = _("Anmeldung")
        verbose_name_plural = _("Anmeldungen")
        constraints = [
            models.UniqueConstraint(fields=("workshop", "person"), name="registration_unique"),
            models.UniqueConstraint(fields=("workshop", "arrival"), name="registration_arrival_unique"),
        ]
        indexes = [models.Index(fields=("workshop", "state", "arrival"), name="registration_order")]

    def __str__(self) -> str:
        return f"{self.workshop} – {self.get_state_display()}"

    @property
    def is_current(self) -> bool:
        return self.state != self.State.CANCELLED
