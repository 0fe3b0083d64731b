import datetime as dt
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stakeholders.models.organisation import Organisation

if TYPE_CHECKING:
    from stakeholders.models.stakeholder import Stakeholder


class MandateQuerySet(models.QuerySet["Mandate"]):
    def valid(self, on: dt.date | None = None) -> Self:
        """Those that speak on that day; by default today. The last day of a mandate counts."""
        day = on or timezone.localdate()
        return self.filter(state=Mandate.State.CONFIRMED, starts_on__lte=day, ends_on__gte=day)

    def requested(self) -> Self:
        return self.filter(state=Mandate.State.REQUESTED)

    def open(self) -> Self:
        return self.filter(state__in=(Mandate.State.REQUESTED, Mandate.State.CONFIRMED))

    def overdue(self) -> Self:
        """Whose last day is over although nobody has written that down yet."""
        return self.filter(state=Mandate.State.CONFIRMED, ends_on__lt=timezone.localdate())

    def speakers(self) -> Self:
        """Of those who decide about the mandates of their organisation, unlike deputies and people locked out."""
        return self.filter(kind=Mandate.Kind.SPEAKER, person__is_active=True)

    def visible_to(self, person: "Stakeholder") -> Self:
        """One's own, and those of the organisations one decides for."""
        decides_for = Mandate.objects.valid().speakers().filter(person=person).values("organisation")
        return self.filter(models.Q(person=person) | models.Q(organisation__in=decides_for))


class Mandate(models.Model):
    """The right of one person to speak for one organisation until a day.

    REQUESTED -> CONFIRMED (by a mandated colleague or the project office) or REFUSED; CONFIRMED -> ENDED, by hand or
    because the last day is over. Nothing leads back: who wants to speak again asks for a new mandate. A DEPUTY is named
    by a mandated person and speaks like them, but confirms and names nobody.
    """

    class Kind(models.TextChoices):
        SPEAKER = "speaker", _("Vertretung")
        DEPUTY = "deputy", _("Stellvertretung")

    class State(models.TextChoices):
        REQUESTED = "requested", _("beantragt")
        CONFIRMED = "confirmed", _("bestätigt")
        REFUSED = "refused", _("abgelehnt")
        ENDED = "ended", _("beendet")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mandates", verbose_name=_("Person")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="mandates", verbose_name=_("Organisation")
    )
    kind = models.CharField(_("Art"), max_length=8, choices=Kind.choices, default=Kind.SPEAKER)
    state = models.CharField(_("Stand"), max_length=9, choices=State.choices, default=State.REQUESTED)
    request_reason = models.CharField(_("Aufgabe in der Organisation"), max_length=300, blank=True)
    requested_at = models.DateTimeField(_("beantragt am"))
    decided_at = models.DateTimeField(_("entschieden am"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entschieden von"),
    )
    decision_reason = models.CharField(_("Begründung der Entscheidung"), max_length=300, blank=True)
    starts_on = models.DateField(_("gilt ab"), null=True, blank=True)
    ends_on = models.DateField(_("letzter Tag"), null=True, blank=True)
    ended_at = models.DateTimeField(_("beendet am"), null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at", "-pk")
        verbose_name = _("Mandat")
        verbose_name_plural = _("Mandate")
        constraints = [
            models.UniqueConstraint(
                fields=("person", "organisation"),
                condition=models.Q(state__in=("requested", "confirmed")),
                name="mandate_one_open",
                violation_error_message=_(
                    "Diese Person hat für diese Organisation schon ein Mandat oder einen Antrag."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")) | ~models.Q(state="confirmed"),
                name="mandate_confirmed_has_days",
            ),
        ]
        indexes = [models.Index(fields=("organisation", "state"), name="mandate_of_organisation")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.organisation_id}"

    @property
    def is_valid(self) -> bool:
        day = timezone.localdate()
        if self.state != self.State.CONFIRMED or self.starts_on is None or self.ends_on is None:
            return False
        return self.starts_on <= day <= self.ends_on
