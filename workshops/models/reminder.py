from datetime import UTC, datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from workshops.models.place import Place
from workshops.models.session import Session
from workshops.models.workshop import Workshop


class Reminder(models.Model):
    """A message to a part of the people of an event, so many hours before or after one of its moments, or at once.

    `hours` below zero is before. Hours are counted as they pass, so that summer time moves the clock, not the distance.
    """

    class Anchor(models.TextChoices):
        START = "start", _("Beginn")
        END = "end", _("Ende")
        DEADLINE = "deadline", _("Ende der Anmeldung")
        AT_ONCE = "at_once", _("sofort")

    class Audience(models.TextChoices):
        REGISTERED = "registered", _("Angemeldete")
        WAITING = "waiting", _("Warteliste")
        UNANSWERED = "unanswered", _("Eingeladene ohne Antwort")
        ATTENDED = "attended", _("Teilnehmende")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="reminders", verbose_name=_("Veranstaltung"))
    anchor = models.CharField(_("bezogen auf"), max_length=8, choices=Anchor.choices, default=Anchor.START)
    hours = models.SmallIntegerField(
        _("Stunden (minus: vorher)"), default=-48, validators=[MinValueValidator(-2000), MaxValueValidator(2000)]
    )
    audience = models.CharField(_("an"), max_length=10, choices=Audience.choices, default=Audience.REGISTERED)
    kind = models.CharField(
        _("nur"), max_length=7, choices=Place.choices, blank=True, help_text=_("leer: vor Ort und online")
    )
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("nur zum Programmpunkt")
    )
    subject = models.CharField(_("Betreff"), max_length=150, blank=True)
    text = models.TextField(_("Text"), max_length=4000, blank=True)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)
    posted_at = models.DateTimeField(_("verschickt am"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ("workshop", "hours", "pk")
        verbose_name = _("Erinnerung")
        verbose_name_plural = _("Erinnerungen")

    def __str__(self) -> str:
        return f"{self.workshop} – {self.get_anchor_display()} {self.hours:+d} h"

    @property
    def due_at(self) -> datetime:
        """What is sent at once was due when it was written down."""
        if self.anchor == self.Anchor.AT_ONCE:
            return self.created_at
        moments = {
            self.Anchor.START: self.workshop.starts_at,
            self.Anchor.END: self.workshop.ends_at,
            self.Anchor.DEADLINE: self.workshop.registration_ends_at,
        }
        return moments[self.Anchor(self.anchor)].astimezone(UTC) + timedelta(hours=self.hours)
