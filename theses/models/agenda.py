from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.models import Measure
from stakeholders.models import Topic
from theses.models.thesis import Thesis


class Agenda(models.Model):
    """Points to talk about at a workshop, proposed from what divides and what connects; the project office edits it.

    Who had it proposed stands in the audit log alone.
    """

    title = models.CharField(_("Titel"), max_length=200)
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Thema"))
    measure = models.ForeignKey(
        Measure, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Maßnahme")
    )
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("Tagesordnung")
        verbose_name_plural = _("Tagesordnungen")

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    agenda = models.ForeignKey(Agenda, models.CASCADE, related_name="items", verbose_name=_("Tagesordnung"))
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    title = models.CharField(_("Punkt"), max_length=300)
    thesis = models.ForeignKey(
        Thesis, models.SET_NULL, null=True, blank=True, related_name="agenda_items", verbose_name=_("These")
    )
    why = models.CharField(_("Warum"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(_("Minuten"), default=15)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("Punkt der Tagesordnung")
        verbose_name_plural = _("Punkte der Tagesordnung")

    def __str__(self) -> str:
        return self.title

    @property
    def told_why(self) -> str:
        """Nothing of an open thesis that hides its shares until the own answer; the project office reads `why`."""
        thesis = self.thesis
        hidden = thesis is not None and thesis.state == Thesis.State.PUBLISHED and thesis.hides_shares
        return "" if hidden else self.why
