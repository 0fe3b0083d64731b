from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.models.measure import Measure
from stakeholders.models.localised import localised
from stakeholders.models.organisation import Organisation


class ImplementationConceptQuerySet(models.QuerySet["ImplementationConcept"]):
    def published(self) -> Self:
        return self.filter(state=ImplementationConcept.State.PUBLISHED)


class ImplementationConcept(models.Model):
    """How a measure is to be put into practice, and who answers for it.

    `published_at` is when it was published for the first time and stays, whatever happens to the state later.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        PUBLISHED = "published", _("veröffentlicht")

    measure = models.OneToOneField(
        Measure,
        models.CASCADE,
        related_name="concept",
        verbose_name=_("Maßnahme"),
        error_messages={"unique": _("Für diese Maßnahme gibt es bereits ein Konzept. Bitte bearbeiten Sie jenes.")},
    )
    goal = models.TextField(_("Ziel (Markdown)"), max_length=2000)
    goal_en = models.TextField(_("Ziel (englisch, Markdown)"), max_length=2000, blank=True)
    approach = models.TextField(_("Vorgehen (Markdown)"), max_length=6000)
    approach_en = models.TextField(_("Vorgehen (englisch, Markdown)"), max_length=6000, blank=True)
    responsible = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="concepts",
        limit_choices_to={"merged_into__isnull": True},
        verbose_name=_("verantwortliche Organisation"),
    )
    state = models.CharField(_("Zustand"), max_length=9, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField(_("veröffentlicht am"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("geändert am"), auto_now=True)

    objects = ImplementationConceptQuerySet.as_manager()

    class Meta:
        ordering = ("measure",)
        verbose_name = _("Umsetzungskonzept")
        verbose_name_plural = _("Umsetzungskonzepte")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(published_at__isnull=False),
                name="concept_published_with_its_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.measure)

    @property
    def local_goal(self) -> str:
        return localised(self, "goal")

    @property
    def local_approach(self) -> str:
        return localised(self, "approach")


class PartnerQuerySet(models.QuerySet["Partner"]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_on__isnull=False)


class Partner(models.Model):
    """An organisation that takes part in putting a measure into practice; public once it has confirmed that itself.

    An organisation is entered once for a measure. The form sees to it, not the database: after two entries for one
    organisation have become one, both roles stay.
    """

    class Role(models.TextChoices):
        LEAD = "lead", _("Federführung")
        PARTNER = "partner", _("Umsetzung")
        FUNDING = "funding", _("Förderung")
        KNOWLEDGE = "knowledge", _("Fachwissen")

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="partners", verbose_name=_("Maßnahme"))
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="partnerships",
        limit_choices_to={"merged_into__isnull": True},
        verbose_name=_("Organisation"),
    )
    role = models.CharField(_("Aufgabe"), max_length=9, choices=Role.choices, default=Role.PARTNER)
    confirmed_on = models.DateField(
        _("bestätigt am"),
        null=True,
        blank=True,
        help_text=_("Erst mit diesem Tag steht die Organisation auf der Seite der Maßnahme."),
    )

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ("organisation__name", "pk")
        verbose_name = _("Partner einer Maßnahme")
        verbose_name_plural = _("Partner der Maßnahmen")

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"


class Milestone(models.Model):
    """A step on the way of a measure, public at once. `noted_at` is when the portal learned that it was done: later
    than `done_on`, the day on which it happened."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="milestones", verbose_name=_("Maßnahme"))
    title = models.CharField(_("Titel"), max_length=160)
    title_en = models.CharField(_("Titel (englisch)"), max_length=160, blank=True)
    due_on = models.DateField(_("geplant bis"), null=True, blank=True)
    done_on = models.DateField(_("erreicht am"), null=True, blank=True)
    noted_at = models.DateTimeField(_("als erreicht eingetragen am"), null=True, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        ordering = ("position", "due_on", "pk")
        verbose_name = _("Meilenstein")
        verbose_name_plural = _("Meilensteine")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_on__isnull=True, noted_at__isnull=True)
                | models.Q(done_on__isnull=False, noted_at__isnull=False),
                name="milestone_done_with_its_time",
            )
        ]

    def __str__(self) -> str:
        return localised(self, "title")
