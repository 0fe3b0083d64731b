import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from theses.models.thesis import Thesis


class ThesisVersion(models.Model):
    """The wording of a published thesis at one time; never changed. The newest is what the thesis says.

    `fingerprint` is "sha256:" and the hash over sentence and reason, so that a quotation can be proved. `substantial`
    says that the change may turn somebody's stance, so who took one on an earlier wording is asked to look again.
    """

    thesis = models.ForeignKey(Thesis, models.CASCADE, related_name="versions", verbose_name=_("These"))
    number = models.PositiveIntegerField(_("Fassung"))
    sentence = models.CharField(_("These"), max_length=280)
    reason = models.TextField(_("Begründung"))
    change = models.CharField(_("Was sich ändert"), max_length=300, blank=True)
    substantial = models.BooleanField(_("wesentliche Änderung"), default=False)
    fingerprint = models.CharField(_("Prüfsumme"), max_length=71)
    at = models.DateTimeField(_("veröffentlicht am"))

    class Meta:
        ordering = ("thesis", "-number")
        verbose_name = _("Fassung einer These")
        verbose_name_plural = _("Fassungen von Thesen")
        constraints = [models.UniqueConstraint(fields=("thesis", "number"), name="thesis_version_unique")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.thesis_id}, {_('Fassung')} {self.number}"


class VersionProposal(models.Model):
    """A new wording that the author proposes for their published thesis; it waits for the project office.

    `base` is the version the author had before them: another one published meanwhile makes the proposal refused.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("wartet")
        ACCEPTED = "accepted", _("veröffentlicht")
        REFUSED = "refused", _("nicht veröffentlicht")

    thesis = models.ForeignKey(Thesis, models.CASCADE, related_name="version_proposals", verbose_name=_("These"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="version_proposals", verbose_name=_("vorgeschlagen von")
    )
    base = models.PositiveIntegerField(_("geht aus von Fassung"))
    sentence = models.CharField(_("These"), max_length=280)
    reason = models.TextField(_("Begründung"), max_length=4000)
    change = models.CharField(_("Was sich ändert"), max_length=300)
    state = models.CharField(_("Stand"), max_length=8, choices=State.choices, default=State.WAITING)
    decision_reason = models.TextField(_("Begründung der Entscheidung"), max_length=2000, blank=True)
    proposed_at = models.DateTimeField(_("vorgeschlagen am"))
    decided_at = models.DateTimeField(_("entschieden am"), null=True, blank=True)

    class Meta:
        ordering = ("proposed_at", "pk")
        verbose_name = _("Vorschlag einer neuen Fassung")
        verbose_name_plural = _("Vorschläge neuer Fassungen")
        constraints = [
            models.UniqueConstraint(
                fields=("thesis",), condition=models.Q(state="waiting"), name="version_proposal_one_waits"
            )
        ]

    def __str__(self) -> str:
        return f"{_('These')} {self.thesis_id}, {_('Vorschlag')} {self.pk}"
