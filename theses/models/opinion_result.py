from django.db import models
from django.utils.translation import gettext_lazy as _


class OpinionResult(models.Model):
    """The figures over many theses, computed in the background: what the evaluation page and agendas show.

    `scope` is "all" or "topic:<key>" or "measure:<slug>", and "groups" for the opinion groups over all. `result` has
    the shape told in `theses.domain.evaluation` and `theses.domain.opinion_map` and holds nothing that may not be
    published. `basis` is a hash over what was counted: unchanged, nothing is computed again.
    """

    EVERYTHING = "all"
    GROUPS = "groups"

    scope = models.CharField(_("Umfang"), max_length=80, unique=True)
    basis = models.CharField(_("Prüfsumme der Eingaben"), max_length=71)
    result = models.JSONField(_("Ergebnis"), default=dict)
    computed_at = models.DateTimeField(_("berechnet am"))

    class Meta:
        verbose_name = _("Auswertung der Thesen")
        verbose_name_plural = _("Auswertungen der Thesen")

    def __str__(self) -> str:
        return self.scope
