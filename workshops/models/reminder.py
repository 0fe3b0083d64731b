from datetime import UTC, datetime, timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from workshops.models.place import Place
from workshops.models.session import Session
from workshops.models.workshop import Workshop

STILL_TOLD = timedelta(days=7)
"""So long after the end a reminder that is late still makes sense."""
FARTHEST = 2000
"""Hours, about twelve weeks."""


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def planned(self) -> Self:
        """Not what was written to be sent at once."""
        return self.exclude(anchor=Reminder.Anchor.AT_ONCE)

    def due(self, now: datetime) -> Self:
        """Planned, not posted, at events that take place; also what has become pointless meanwhile."""
        deadline = Least(Coalesce("workshop__registration_closes_at", "workshop__starts_at"), "workshop__starts_at")
        anchored = models.Case(
            models.When(anchor=Reminder.Anchor.START, then="workshop__starts_at"),
            models.When(anchor=Reminder.Anchor.END, then="workshop__ends_at"),
            default=deadline,
        )
        due = models.ExpressionWrapper(
            anchored + models.F("hours") * timedelta(hours=1), output_field=models.DateTimeField()
        )
        rows = self.planned().filter(posted_at=None, workshop__state=Workshop.State.PUBLISHED)
        latest = now - STILL_TOLD - timedelta(hours=2 * FARTHEST)
        return rows.annotate(due=due).filter(due__lte=now, workshop__ends_at__gt=latest)


class Reminder(models.Model):
    """A message to a part of the people of an event, so many hours before or after one of its moments, or at once.

    `hours` below zero is before. Hours are counted as they pass, so that summer time moves the clock, not the distance.
    `posted_at` is emptied when the event moves so that it is due again. Without a `text` a standard one is sent.
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
        _("Stunden (minus: vorher)"),
        default=-48,
        validators=[MinValueValidator(-FARTHEST), MaxValueValidator(FARTHEST)],
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

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ("workshop", "hours", "pk")
        verbose_name = _("Erinnerung")
        verbose_name_plural = _("Erinnerungen")

    def __str__(self) -> str:
        return f"{self.workshop} – {self.moment}"

    @property
    def moment(self) -> str:
        """In words, such as "48 Stunden vor dem Beginn"."""
        if self.anchor == self.Anchor.AT_ONCE:
            return str(self.Anchor.AT_ONCE.label)
        texts = {
            self.Anchor.START: (_("%(n)d Stunden vor dem Beginn"), _("%(n)d Stunden nach dem Beginn")),
            self.Anchor.END: (_("%(n)d Stunden vor dem Ende"), _("%(n)d Stunden nach dem Ende")),
            self.Anchor.DEADLINE: (
                _("%(n)d Stunden vor dem Ende der Anmeldung"),
                _("%(n)d Stunden nach dem Ende der Anmeldung"),
            ),
        }
        return str(texts[self.Anchor(self.anchor)][self.hours >= 0]) % {"n": abs(self.hours)}

    @property
    def anchored_at(self) -> datetime:
        """The moment it refers to; what is sent at once refers to when it was written down."""
        moments = {
            self.Anchor.START: self.workshop.starts_at,
            self.Anchor.END: self.workshop.ends_at,
            self.Anchor.DEADLINE: self.workshop.registration_ends_at,
            self.Anchor.AT_ONCE: self.created_at,
        }
        return moments[self.Anchor(self.anchor)].astimezone(UTC)

    @property
    def due_at(self) -> datetime:
        if self.anchor == self.Anchor.AT_ONCE:
            return self.created_at
        return self.anchored_at + timedelta(hours=self.hours)

    @property
    def pointless_at(self) -> datetime:
        """From when on it must not be sent: before something, once that has come; after the start, once all is over;
        who has not answered cannot any more once registration is closed."""
        if self.anchor == self.Anchor.AT_ONCE:
            return datetime.max.replace(tzinfo=UTC)
        if self.audience == self.Audience.UNANSWERED:
            return min(self.workshop.registration_ends_at, self._anchor_passes_at).astimezone(UTC)
        return self._anchor_passes_at.astimezone(UTC)

    @property
    def _anchor_passes_at(self) -> datetime:
        if self.hours < 0:
            return self.anchored_at
        if self.anchor == self.Anchor.END:
            return self.due_at + STILL_TOLD
        return self.workshop.ends_at if self.anchor == self.Anchor.START else self.workshop.starts_at

    def is_due(self, now: datetime) -> bool:
        return self.due_at <= now < self.pointless_at
