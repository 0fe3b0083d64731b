from typing import Self

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Cast, Coalesce, Concat, Lower, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from measures.models.field_of_action import FieldOfAction
from stakeholders.address import address
from stakeholders.models.district import District
from stakeholders.models.localised import localised
from stakeholders.models.stakeholder import Stakeholder
from stakeholders.models.topic import Topic
from stakeholders.permissions import is_project_office
from stakeholders.search import SEARCH_CONFIGURATION, matching

ORDER = ("field_of_action__position", "position", "title")
"""The order of the catalogue."""


class MeasureQuerySet(models.QuerySet["Measure"]):
    def published(self) -> Self:
        return self.filter(published=True)

    def visible_to(self, user: Stakeholder | AnonymousUser) -> Self:
        """Everybody sees what is published, the project office also what it prepares."""
        return self if is_project_office(user) else self.published()

    def named(self) -> Self:
        """Only what a link or a choice needs; any other field of such a row costs a query."""
        return self.only("slug", "title", "title_en")

    def listed(self) -> Self:
        """Only what a row of a list shows; any other field of such a row costs a query."""
        shown = ("slug", "title", "title_en", "summary", "summary_en", "status", "published", "changed_at")
        return self.only(*shown, "field_of_action")

    def for_district(self, key: str) -> Self:
        """Measures for this district and those for all of Saxony, which name none."""
        return self.filter(models.Q(districts__key=key) | models.Q(districts__isnull=True))

    def by_title(self) -> Self:
        """As a reader of the page expects it: by the title shown, umlauts with their letters."""
        shown: models.F | Coalesce = models.F("title")
        if get_language() == "en":
            shown = Coalesce(NullIf("title_en", models.Value("")), "title")
        return self.order_by(Lower(models.Func(shown, function="unaccent")), "pk")

    def in_order_of(self, slugs: list[str]) -> Self:
        """These first, as listed, with their `place` from 1 on; the others follow in the order of the catalogue."""
        listed = models.Value(slugs, ArrayField(models.TextField()))
        place = models.Func(
            listed, Cast("slug", models.TextField()), function="array_position", output_field=models.IntegerField()
        )
        return self.annotate(place=place).order_by(models.F("place").asc(nulls_last=True), *ORDER)

    def matching(self, text: str) -> "models.QuerySet[Measure]":
        return matching(self, text)


@pghistory.track(exclude=["search", "search_text", "changed_at"])
class Measure(models.Model):
    """An entry of the catalogue; its texts say what is known, its source says from where.

    Every state of a row is kept (`MeasureEvent`): who changed what and when, for comparing and restoring. What is to be
    published later (`publish_at`) is published by the clock, in `domain.catalogue.publish_due`.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("vorgeschlagen")
        IN_REVIEW = "in_review", _("in Prüfung")
        PRIORITISED = "prioritised", _("priorisiert")
        CONCEPT = "concept", _("Konzept in Arbeit")
        IN_IMPLEMENTATION = "in_implementation", _("in Umsetzung")
        DONE = "done", _("umgesetzt")
        NOT_PURSUED = "not_pursued", _("nicht weiterverfolgt")

    slug = models.SlugField(_("Kurzname in der Adresse"), max_length=120, unique=True)
    field_of_action = models.ForeignKey(
        FieldOfAction, models.PROTECT, related_name="measures", verbose_name=_("Handlungsfeld")
    )
    title = models.CharField(_("Titel"), max_length=200)
    title_en = models.CharField(_("Titel (englisch)"), max_length=200, blank=True)
    summary = models.TextField(_("Kurzfassung"), max_length=600)
    summary_en = models.TextField(_("Kurzfassung (englisch)"), max_length=600, blank=True)
    description = models.TextField(_("Beschreibung (Markdown)"), blank=True)
    description_en = models.TextField(_("Beschreibung (englisch, Markdown)"), blank=True)
    status = models.CharField(_("Stand"), max_length=20, choices=Status.choices, default=Status.PROPOSED)
    source = models.CharField(_("Quelle"), max_length=300)
    source_url = models.URLField(_("Adresse der Quelle"), blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    topics = models.ManyToManyField(Topic, blank=True, related_name="measures", verbose_name=_("Themen"))
    districts = models.ManyToManyField(
        District,
        blank=True,
        related_name="measures",
        verbose_name=_("Kreise"),
        help_text=_("ohne Auswahl: ganz Sachsen"),
    )
    related = models.ManyToManyField("self", blank=True, verbose_name=_("verwandte Maßnahmen"))
    published = models.BooleanField(_("veröffentlicht"), default=True)
    publish_at = models.DateTimeField(_("veröffentlichen am"), null=True, blank=True)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)
    changed_at = models.DateTimeField(_("geändert am"), auto_now=True)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=SEARCH_CONFIGURATION)
        + SearchVector("summary", weight="B", config=SEARCH_CONFIGURATION)
        + SearchVector("description", weight="C", config=SEARCH_CONFIGURATION),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    search_text = models.GeneratedField(
        expression=Concat(
            "title",
            models.Value(" "),
            "title_en",
            models.Value(" "),
            "summary",
            models.Value(" "),
            "summary_en",
            output_field=models.TextField(),
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ORDER
        verbose_name = _("Maßnahme")
        verbose_name_plural = _("Maßnahmen")
        indexes = [
            GinIndex(fields=("search",), name="measure_search"),
            GinIndex(OpClass("search_text", "gin_trgm_ops"), name="measure_search_text"),
        ]

    def __str__(self) -> str:
        return localised(self, "title")

    def get_absolute_url(self) -> str:
        return address("measures:measure_detail", self.slug)

    def get_status_display(self) -> str:  # type: ignore[no-redef]
        """Django's own method translates every label to find one, on each call."""
        return str(self.Status(self.status).label)

    @property
    def local_summary(self) -> str:
        return localised(self, "summary")

    @property
    def local_description(self) -> str:
        return localised(self, "description")
