from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workshops.models.wave import InvitationWave
from workshops.models.workshop import Workshop


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def sent(self) -> Self:
        """Those their people know of."""
        return self.filter(is_draft=False)

    def standing(self) -> Self:
        """Those by which their people may come: not what was withdrawn or passed over to a deputy, nor what a deputy
        declined, because somebody else may have been named since."""
        over = models.Q(answer__in=(Invitation.Answer.WITHDRAWN, Invitation.Answer.DEPUTISED))
        return self.sent().exclude(over | models.Q(answer=Invitation.Answer.DECLINED, deputy_of__isnull=False))


class Invitation(models.Model):
    """A personal invitation; its signed link works without login and names this row. A draft is known to nobody.

    `deputy_of`: this person was named as the deputy of somebody invited, whose place passes over when they accept; that
    invitation then is DEPUTISED. WITHDRAWN: the deputy is no longer wanted and had not answered.
    """

    class Answer(models.TextChoices):
        OPEN = "open", _("offen")
        ACCEPTED = "accepted", _("zugesagt")
        DECLINED = "declined", _("abgesagt")
        DEPUTISED = "deputised", _("Vertretung kommt")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="invitations", verbose_name=_("Veranstaltung"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations", verbose_name=_("Akteurin / Akteur")
    )
    wave = models.ForeignKey(
        InvitationWave, models.CASCADE, null=True, blank=True, related_name="invitations", verbose_name=_("Welle")
    )
    deputy_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="deputies", verbose_name=_("Vertretung von")
    )
    is_draft = models.BooleanField(_("noch nicht versandt"), default=False)
    answer = models.CharField(_("Antwort"), max_length=10, choices=Answer.choices, default=Answer.OPEN)
    answer_reason = models.CharField(_("Grund der Absage"), max_length=300, blank=True)
    invited_at = models.DateTimeField(_("eingeladen am"), auto_now_add=True)
    answered_at = models.DateTimeField(_("beantwortet am"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("workshop", "person__last_name", "pk")
        verbose_name = _("Einladung")
        verbose_name_plural = _("Einladungen")
        constraints = [models.UniqueConstraint(fields=("workshop", "person"), name="invitation_unique")]

    def __str__(self) -> str:
        return f"{self.workshop} – {self.get_answer_display()}"
