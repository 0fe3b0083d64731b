from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models.localised import localised
from workshops.models.registration import Registration
from workshops.models.workshop import Workshop


class SessionQuerySet(models.QuerySet["Session"]):
    def with_places_left(self) -> Self:
        """Adds `places_left`: None without a limit, below zero where the capacity was lowered. Companions come along to
        the sessions, as in `domain.programme`."""
        seats = models.Sum(models.F("places__registration__companions") + 1, default=0)
        counted = self.annotate(places_left=models.F("capacity") - seats)
        return counted.order_by("starts_at", "room", "pk")


class Session(models.Model):
    """A point of the programme. Sessions at the same time are parallel; each may ask for a registration of its own.

    `is_pitch`: at an InnoSlam the audience votes for it.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="sessions", verbose_name=_("Veranstaltung"))
    title = models.CharField(_("Titel"), max_length=200)
    title_en = models.CharField(_("Titel (englisch)"), max_length=200, blank=True)
    summary = models.TextField(_("Worum es geht"), max_length=600, blank=True)
    summary_en = models.TextField(_("Worum es geht (englisch)"), max_length=600, blank=True)
    speakers = models.CharField(_("Es sprechen"), max_length=300, blank=True)
    room = models.CharField(_("Raum"), max_length=100, blank=True)
    starts_at = models.DateTimeField(_("Beginn"))
    ends_at = models.DateTimeField(_("Ende"))
    own_registration = models.BooleanField(_("mit eigener Anmeldung"), default=False)
    capacity = models.PositiveIntegerField(_("Plätze"), null=True, blank=True)
    is_pitch = models.BooleanField(_("Beitrag, über den das Publikum abstimmt"), default=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "room", "pk")
        verbose_name = _("Programmpunkt")
        verbose_name_plural = _("Programmpunkte")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="session_ends_after_start",
                violation_error_message=_("Das Ende muss nach dem Beginn liegen."),
            )
        ]

    def __str__(self) -> str:
        return localised(self, "title")

    @property
    def local_summary(self) -> str:
        return localised(self, "summary")


class SessionPlace(models.Model):
    """Who comes to a session with a registration of its own; goes with the registration for the event."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="places", verbose_name=_("Programmpunkt"))
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="session_places", verbose_name=_("Anmeldung")
    )
    at = models.DateTimeField(_("seit"), auto_now_add=True)

    class Meta:
        verbose_name = _("Platz im Programm")
        verbose_name_plural = _("Plätze im Programm")
        constraints = [models.UniqueConstraint(fields=("session", "registration"), name="session_place_unique")]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.registration_id}"


class PitchVote(models.Model):
    """One vote of one participant at an InnoSlam; changeable until the vote is closed."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="votes", verbose_name=_("Beitrag"))
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="votes", verbose_name=_("Veranstaltung"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="pitch_votes", verbose_name=_("Akteurin / Akteur")
    )
    at = models.DateTimeField(_("abgestimmt am"), auto_now=True)

    class Meta:
        verbose_name = _("Stimme des Publikums")
        verbose_name_plural = _("Stimmen des Publikums")
        constraints = [models.UniqueConstraint(fields=("workshop", "person"), name="pitch_vote_unique")]

    def __str__(self) -> str:
        return f"{self.workshop_id}/{self.session_id}"
