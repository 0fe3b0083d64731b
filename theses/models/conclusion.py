from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from measures.models import Measure, Ranking
from stakeholders.models.localised import localised
from theses.models.thesis import Thesis

GOES_WITH_ITS_THESIS = """
IF EXISTS (SELECT 1 FROM theses_thesis WHERE id = OLD.thesis_id AND state IN ('published', 'closed', 'merged')) THEN
    RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table while the thesis is public', TG_TABLE_NAME;
END IF;
RETURN OLD;
"""
"""Of a thesis that was taken off after a report nothing may be left when its author is erased."""


class Conclusion(models.Model):
    """What the project office makes of a thesis at the end of its discussion, with reasons, for everybody to read.

    TAKEN_UP names the measure in which the thesis goes on. `shares` keeps the figures of that moment, with small cells
    left out, because stances end with the conclusion. Only the name of its author may go: the database sees to that.
    """

    class Kind(models.TextChoices):
        CONSENSUS = "consensus", _("Konsens")
        DISSENT = "dissent", _("produktiver Dissens")
        OPEN_QUESTION = "open_question", _("offene Frage")
        TAKEN_UP = "taken_up", _("aufgenommen in eine Maßnahme")
        NOT_PURSUED = "not_pursued", _("nicht weiterverfolgt")

    thesis = models.OneToOneField(Thesis, models.CASCADE, related_name="conclusion", verbose_name=_("These"))
    kind = models.CharField(_("Ergebnis"), max_length=13, choices=Kind.choices)
    text = models.TextField(_("Fazit und Begründung"), max_length=5000)
    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("aufgenommen in")
    )
    shares = models.JSONField(_("Haltungen zum Zeitpunkt des Fazits"), default=dict, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("geschrieben von"),
    )
    at = models.DateTimeField(_("veröffentlicht am"), editable=False)

    class Meta:
        ordering = ("-at",)
        verbose_name = _("Fazit")
        verbose_name_plural = _("Fazite")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="taken_up", measure__isnull=False) | ~models.Q(kind="taken_up"),
                name="conclusion_taken_up_names_measure",
                violation_error_message=_("Nennen Sie die Maßnahme, in der die These weiterlebt."),
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="not_deletable", operation=pgtrigger.Delete, when=pgtrigger.Before, func=GOES_WITH_ITS_THESIS
            ),
            pgtrigger.Protect(
                name="frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("thesis", "kind", "text", "measure", "shares", "at"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.thesis_id}"


class LineageStepQuerySet(models.QuerySet["LineageStep"]):
    def shown(self) -> Self:
        """Without what a ranking said that has been withdrawn since; published again it is back."""
        withdrawn = Ranking.objects.filter(published=False).annotate(number=Cast("pk", models.TextField()))
        number = models.Func(
            models.OuterRef("key"),
            models.Value(":"),
            models.Value(2),
            function="split_part",
            output_field=models.TextField(),
        )
        told = models.Exists(withdrawn.filter(number=number))
        return self.exclude(told, key__startswith="ranking:").order_by("at", "pk")


class LineageStep(models.Model):
    """One step of what became of a thesis, in the order in which it happened; found by looking, told once by mail.

    `key` names the fact ("published", "conclusion", "round:3", "ranking:3:1"), so that looking again adds nothing.
    """

    thesis = models.ForeignKey(Thesis, models.CASCADE, related_name="lineage", verbose_name=_("These"))
    key = models.CharField(_("Schlüssel"), max_length=60)
    label = models.CharField(_("Schritt"), max_length=300)
    label_en = models.CharField(_("Schritt (englisch)"), max_length=300, blank=True)
    address = models.CharField(_("Adresse"), max_length=300, blank=True)
    at = models.DateTimeField(_("am"))

    objects = LineageStepQuerySet.as_manager()

    class Meta:
        ordering = ("thesis", "at", "pk")
        verbose_name = _("Schritt einer These")
        verbose_name_plural = _("Schritte von Thesen")
        constraints = [models.UniqueConstraint(fields=("thesis", "key"), name="lineage_step_unique")]

    def __str__(self) -> str:
        return localised(self, "label")
