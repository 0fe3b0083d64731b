import pgtrigger
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
