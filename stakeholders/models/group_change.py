from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models.group import StakeholderGroup


class GroupChangeQuerySet(models.QuerySet["GroupChange"]):
    def waiting(self) -> Self:
        return self.filter(state=GroupChange.State.WAITING).order_by("requested_at")


class GroupChange(models.Model):
    """A wish to belong to another group after having taken part in a round.

    Every group has an equal voice, so who chooses the group again after rating could choose where a voice weighs most:
    until the project office confirms, the person counts in the group as before.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("wartet auf Bestätigung")
        CONFIRMED = "confirmed", _("bestätigt")
        REFUSED = "refused", _("abgelehnt")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="group_changes", verbose_name=_("Person")
    )
    before = models.ForeignKey(StakeholderGroup, models.PROTECT, related_name="+", verbose_name=_("bisherige Gruppe"))
    wanted = models.ForeignKey(StakeholderGroup, models.PROTECT, related_name="+", verbose_name=_("gewünschte Gruppe"))
    state = models.CharField(_("Stand"), max_length=10, choices=State.choices, default=State.WAITING)
    requested_at = models.DateTimeField(_("beantragt am"), auto_now_add=True)
    decided_at = models.DateTimeField(_("entschieden am"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entschieden von"),
    )
    decision_reason = models.CharField(_("Begründung"), max_length=500, blank=True)

    objects = GroupChangeQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at", "-pk")
        verbose_name = _("Wechsel der Akteursgruppe")
        verbose_name_plural = _("Wechsel der Akteursgruppe")
        constraints = [
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(state="waiting"), name="group_change_one_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.get_state_display()}"
