from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Self

import pgtrigger
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.models.measure import Measure
from stakeholders.address import address
from stakeholders.models.group import StakeholderGroup
from stakeholders.models.localised import localised
from stakeholders.models.selection import Selection
from stakeholders.models.stakeholder import Stakeholder
from stakeholders.permissions import is_project_office

RULES = ("min_raters", "min_groups", "top", "cap_organisations", "shows_aggregates", "seed")
"""What decides the ranking; published before the round opens and never changed afterwards."""

RULES_CHANGE = reduce(or_, (pgtrigger.Q(**{f"old__{rule}__df": pgtrigger.F(f"new__{rule}")}) for rule in RULES))


class AssessmentRoundQuerySet(models.QuerySet["AssessmentRound"]):
    def published(self) -> Self:
        """Rounds whose question, criteria and weights everybody may see."""
        return self.exclude(state=AssessmentRound.State.DRAFT)

    def visible_to(self, user: Stakeholder | AnonymousUser) -> Self:
        """Everybody sees what is published, the project office also its drafts."""
        return self if is_project_office(user) else self.published()

    def named(self) -> Self:
        """Only what a link with its deadline needs; any other field of such a row costs a query."""
        return self.only("slug", "title", "title_en", "closes_at")

    def open(self) -> Self:
        now = timezone.now()
        return self.filter(state=AssessmentRound.State.PUBLISHED, opens_at__lte=now, closes_at__gt=now)


class AssessmentRound(models.Model):
    """One round in which stakeholders rate measures on criteria with weights that were fixed before opening.

    Open means PUBLISHED and between `opens_at` and `closes_at`; the clock closes a round to the second.
    CLOSED is the project office's earlier end. The options are those of the ranking (`min_raters` per group and
    criterion, `min_groups` per measure, `top` places that count as the head of the ranking).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        PUBLISHED = "published", _("veröffentlicht")
        CLOSED = "closed", _("beendet")

    slug = models.SlugField(_("Kurzname in der Adresse"), max_length=80, unique=True)
    title = models.CharField(_("Titel"), max_length=160)
    title_en = models.CharField(_("Titel (englisch)"), max_length=160, blank=True)
    question = models.TextField(_("Frage"), max_length=500)
    question_en = models.TextField(_("Frage (englisch)"), max_length=500, blank=True)
    state = models.CharField(_("Stand"), max_length=12, choices=State.choices, default=State.DRAFT)
    opens_at = models.DateTimeField(_("öffnet am"))
    closes_at = models.DateTimeField(_("schließt am"))
    measures = models.ManyToManyField(Measure, related_name="rounds", verbose_name=_("Maßnahmen"))
    required_groups = models.ManyToManyField(
        StakeholderGroup, blank=True, related_name="+", verbose_name=_("Gruppen, die nicht fehlen dürfen")
    )
    min_raters = models.PositiveSmallIntegerField(
        _("Mindestzahl je Gruppe"), default=5, validators=[MinValueValidator(1)]
    )
    min_groups = models.PositiveSmallIntegerField(
        _("Mindestzahl der Gruppen"), default=2, validators=[MinValueValidator(1)]
    )
    top = models.PositiveSmallIntegerField(
        _("Plätze an der Spitze"), default=5, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    cap_organisations = models.BooleanField(_("eine Stimme je Organisation"), default=True)
    shows_aggregates = models.BooleanField(
        _("nach der eigenen Bewertung zeigen, wie andere bewerten"),
        default=False,
        help_text=_("Nur Mittel und Streuung, nie einzelne Antworten. Berichtet werden erste und letzte Antwort."),
    )
    audience = models.ForeignKey(
        Selection,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("eingeladene Auswahl"),
        help_text=_("Wer zur Eröffnung und zur Erinnerung Post erhält. Bewerten dürfen alle Akteurinnen und Akteure."),
    )
    remind_at = models.DateTimeField(
        _("erinnern am"), null=True, blank=True, help_text=_("nur wer eingeladen ist und noch nichts bewertet hat")
    )
    announced_at = models.DateTimeField(_("Eröffnung mitgeteilt am"), null=True, editable=False)
    reminded_at = models.DateTimeField(_("erinnert am"), null=True, editable=False)
    seed = models.PositiveIntegerField(_("Startwert der Simulation"), default=1)
    demo = models.BooleanField(_("Demonstration"), default=False, editable=False)

    objects = AssessmentRoundQuerySet.as_manager()

    class Meta:
        ordering = ("-opens_at", "pk")
        verbose_name = _("Bewertungsrunde")
        verbose_name_plural = _("Bewertungsrunden")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="round_closes_after_opening",
                violation_error_message=_("Das Ende muss nach dem Beginn liegen."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="rules_fixed",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="draft") & RULES_CHANGE,
            ),
        ]

    def __str__(self) -> str:
        return localised(self, "title")

    def get_absolute_url(self) -> str:
        return address("measures:round_detail", self.slug)

    @property
    def local_question(self) -> str:
        return localised(self, "question")

    @property
    def is_open(self) -> bool:
        return self.state == self.State.PUBLISHED and self.opens_at <= timezone.now() < self.closes_at

    @property
    def is_over(self) -> bool:
        return self.state == self.State.CLOSED or (
            self.state == self.State.PUBLISHED and timezone.now() >= self.closes_at
        )


class Criterion(models.Model):
    """A question on which every measure of a round is rated from 1 to 5; more is always better."""

    round = models.ForeignKey(
        AssessmentRound, models.CASCADE, related_name="criteria", verbose_name=_("Bewertungsrunde")
    )
    key = models.SlugField(_("Schlüssel"), max_length=40)
    label = models.CharField(_("Bezeichnung"), max_length=80)
    label_en = models.CharField(_("Bezeichnung (englisch)"), max_length=80, blank=True)
    question = models.CharField(_("Frage"), max_length=300)
    question_en = models.CharField(_("Frage (englisch)"), max_length=300, blank=True)
    weight = models.DecimalField(
        _("Gewicht"),
        max_digits=5,
        decimal_places=4,
        default=Decimal("0.25"),
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("zwischen 0 und 1; alle Gewichte einer Runde ergeben zusammen 1"),
    )
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("Kriterium")
        verbose_name_plural = _("Kriterien")
        constraints = [
            models.UniqueConstraint(
                fields=("round", "key"),
                name="criterion_unique",
                violation_error_message=_("Diesen Schlüssel gibt es in der Runde bereits."),
            ),
            models.CheckConstraint(
                condition=models.Q(weight__gte=0, weight__lte=1),
                name="criterion_weight_between_0_and_1",
                violation_error_message=_("Das Gewicht muss zwischen 0 und 1 liegen."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="weights_fixed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=pgtrigger.Func(  # type: ignore[no-untyped-call]
                    """
                    IF EXISTS (
                        SELECT 1 FROM measures_assessmentround
                        WHERE id = OLD.{columns.round} AND state <> 'draft'
                    ) THEN
                        RAISE EXCEPTION 'The criteria of a published round cannot change.';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return localised(self, "label")

    @property
    def local_question(self) -> str:
        return localised(self, "question")
