from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Concat
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.models import FieldOfAction, Measure
from stakeholders.address import address
from stakeholders.models import Channel, District, Mandate, Organisation, Stakeholder, Topic
from stakeholders.models.former import FORMER
from stakeholders.search import SEARCH_CONFIGURATION, matching

UNREAD = ("search", "search_text")
"""Large columns that only the database reads."""

SPOKEN_BY = (
    *("author__first_name", "author__last_name"),
    *(f"author__{name}" for name in Stakeholder.VISIBLE),
    *(f"author__shows_{name}" for name in Stakeholder.VISIBLE),
    *("organisation__name", "organisation__slug"),
)


class ThesisQuerySet(models.QuerySet["Thesis"]):
    def published(self) -> Self:
        """Those that lists show; one that was merged is found by its old address only."""
        return self.filter(state__in=Thesis.LISTED_STATES)

    def visible_to(self, user: Stakeholder | AnonymousUser) -> Self:
        """Everybody sees published theses; authors see their own in every state; the project office sees all."""
        if not user.is_authenticated:
            return self.filter(state__in=Thesis.PUBLIC_STATES)
        if user.is_staff:
            return self.all()
        return self.filter(models.Q(state__in=Thesis.PUBLIC_STATES) | models.Q(author=user))

    def unpublished_of(self, author: Stakeholder) -> Self:
        return self.filter(author=author).exclude(state__in=Thesis.PUBLIC_STATES)

    def on_field_of_action(self, field_of_action: FieldOfAction) -> Self:
        """Theses on the field itself and on every measure that stands under it."""
        return self.filter(
            models.Q(field_of_action=field_of_action) | models.Q(measure__field_of_action=field_of_action)
        )

    def named(self) -> Self:
        """Only what a link with its reason needs; any other field of such a row costs a query."""
        link = ("sentence", "slug", "text_language", "state", "published_at")
        return self.only(*link, "merged_into", "split_from", "told_count")

    def listed(self) -> Self:
        """Only what a row of the list shows; any other field of such a row costs a query."""
        return self.select_related("author", "organisation", "measure", "field_of_action").only(
            "sentence",
            "slug",
            "text_language",
            "state",
            "published_at",
            "told_count",
            "author__first_name",
            "author__last_name",
            "organisation__name",
            "mandate",
            "measure__title",
            "measure__title_en",
            "field_of_action__title",
            "field_of_action__title_en",
        )

    def shown(self) -> Self:
        """With what its own page tells of who wrote it; any other field of these costs a query."""
        own = (field.attname for field in self.model._meta.concrete_fields if field.name not in UNREAD)
        return self.select_related(*{name.split("__")[0] for name in SPOKEN_BY}).only(*own, *SPOKEN_BY)

    def matching(self, text: str) -> "models.QuerySet[Thesis]":
        return matching(self, text)


class Thesis(models.Model):
    """One arguable sentence with a reason, on a measure or a field of action.

    SUBMITTED waits for the project office; RETURNED goes back to the author with a reason and may be submitted again.
    With a `mandate` it is the word of the `organisation`, and stays so after the mandate has ended; organisations of
    theses without one were declared by their authors before there were mandates.
    `stance_count` is how many stances count (`StanceQuerySet.counted`), kept so that lists need not count: exact after
    each stance and each erasure, a few minutes late after somebody is deactivated or changes role. Everybody reads
    `told_count` instead, which leaves out small groups where the total would give them away; it is set together with
    the results of all theses (`theses.domain.evaluation`) and 0 while there is nothing to tell.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("eingereicht")
        RETURNED = "returned", _("zur Überarbeitung zurückgegeben")
        PUBLISHED = "published", _("veröffentlicht")
        DECLINED = "declined", _("nicht veröffentlicht")
        CLOSED = "closed", _("abgeschlossen")
        MERGED = "merged", _("mit einer anderen zusammengeführt")

    LISTED_STATES = (State.PUBLISHED, State.CLOSED)
    PUBLIC_STATES = (*LISTED_STATES, State.MERGED)
    TEXT_LANGUAGES = (
        ("de", "Deutsch"),
        ("en", "English"),
        ("hsb", "Hornjoserbšćina"),
        ("dsb", "Dolnoserbšćina"),
        ("cs", "Čeština"),
        ("pl", "Polski"),
    )
    ANSWER_WITHIN = 15
    """Working days within which the project office promises an answer."""

    sentence = models.CharField(_("These"), max_length=280)
    slug = models.SlugField(max_length=80, editable=False)
    reason = models.TextField(_("Begründung"), max_length=4000)
    text_language = models.CharField(
        _("Sprache des Textes"),
        max_length=3,
        default="de",
        choices=TEXT_LANGUAGES,
    )
    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="theses", verbose_name=_("Maßnahme")
    )
    field_of_action = models.ForeignKey(
        FieldOfAction, models.PROTECT, null=True, blank=True, related_name="theses", verbose_name=_("Handlungsfeld")
    )
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Kreis")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="theses",
        verbose_name=_("eingereicht von"),
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="theses", verbose_name=_("für Organisation")
    )
    mandate = models.ForeignKey(
        Mandate, models.SET_NULL, null=True, blank=True, related_name="theses", verbose_name=_("Mandat")
    )
    topic = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, related_name="theses", verbose_name=_("Thema")
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("in Arbeit bei"),
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged", verbose_name=_("zusammengeführt mit")
    )
    split_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name=_("abgeteilt von")
    )
    version = models.PositiveIntegerField(_("Fassung"), default=1, editable=False)
    hides_shares = models.BooleanField(
        _("Ergebnis erst nach eigener Haltung zeigen"), default=True, help_text=_("Damit sich niemand mitziehen lässt.")
    )
    state = models.CharField(_("Stand"), max_length=12, choices=State.choices, default=State.SUBMITTED)
    decision_reason = models.TextField(_("Begründung der Entscheidung"), max_length=2000, blank=True)
    submitted_at = models.DateTimeField(_("eingereicht am"))
    decided_at = models.DateTimeField(_("entschieden am"), null=True, blank=True)
    published_at = models.DateTimeField(_("veröffentlicht am"), null=True, blank=True)
    channel = models.CharField(_("Weg"), max_length=9, choices=Channel.choices, default=Channel.WEB, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("erfasst von"),
    )
    stance_count = models.PositiveIntegerField(_("Haltungen"), default=0, editable=False)
    told_count = models.PositiveIntegerField(_("gezeigte Haltungen"), default=0, editable=False)
    stances_changed_at = models.DateTimeField(_("letzte Haltung"), null=True, editable=False)
    """When somebody last took or changed a stance: what was drawn of them before is out of date."""
    demo = models.BooleanField(_("Demonstration"), default=False, editable=False)
    search = models.GeneratedField(
        expression=SearchVector("sentence", weight="A", config=SEARCH_CONFIGURATION)
        + SearchVector("reason", weight="C", config=SEARCH_CONFIGURATION),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    search_text = models.GeneratedField(
        expression=Concat("sentence", models.Value(" "), "reason", output_field=models.TextField()),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = ThesisQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        verbose_name = _("These")
        verbose_name_plural = _("Thesen")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(measure__isnull=False) | models.Q(field_of_action__isnull=False),
                name="thesis_has_subject",
                violation_error_message=_("Wählen Sie eine Maßnahme oder ein Handlungsfeld."),
            ),
        ]
        indexes = [
            models.Index(fields=("state", "submitted_at"), name="thesis_queue"),
            models.Index(fields=("state", "-published_at"), name="thesis_newest"),
            models.Index(fields=("-stance_count", "-published_at"), name="thesis_most_stances"),
            GinIndex(fields=("search",), name="thesis_search"),
            GinIndex(OpClass("search_text", "gin_trgm_ops"), name="thesis_search_text"),
            GinIndex(OpClass("sentence", "gin_trgm_ops"), name="thesis_sentence_trigrams"),
        ]

    def __str__(self) -> str:
        return self.sentence

    def get_absolute_url(self) -> str:
        return address("theses:thesis_detail", self.pk, self.slug)

    @property
    def written_by(self) -> str:
        """Who wrote it and for which organisation, as everybody may read it."""
        person = self.author.display_name if self.author else FORMER
        if self.organisation is None:
            return str(person)
        return f"{person} {self.speaking_for}"

    @property
    def speaking_for(self) -> str:
        """Beside the author's name; empty for what somebody says personally."""
        if self.organisation is None:
            return ""
        words = gettext("für %(name)s (Mandat)") if self.mandate_id else gettext("für %(name)s")
        return words % {"name": self.organisation}

    @property
    def is_recorded(self) -> bool:
        """Whether the project office wrote it down for somebody; everybody may know, and by which way it came."""
        return self.channel != Channel.WEB

    @property
    def is_public(self) -> bool:
        return self.state in self.PUBLIC_STATES

    @staticmethod
    def slug_for(sentence: str) -> str:
        return slugify(sentence)[:80].strip("-") or "these"
