from datetime import datetime

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from measures.models import AssessmentRound, Measure
from stakeholders.address import address
from stakeholders.models import District, Topic
from stakeholders.models.localised import localised
from stakeholders.search import SEARCH_CONFIGURATION
from theses.models import Agenda, Thesis
from workshops.models.place import Place, PlacesLeft
from workshops.models.series import Series
from workshops.models.workshop_query import WorkshopQuerySet, span
from workshops.period import period_text

MAP_SEARCH = "https://www.openstreetmap.org/search"
RESERVED = {
    *("monat", "month", "reihe", "series", "mein-kalender", "my-calendar"),
    *("anmelden-fuer", "register-for", "einlass", "check-in"),
}


def check_slug(slug: str) -> None:
    if slug in RESERVED:
        raise ValidationError(
            _("Unter dieser Adresse steht schon eine Seite. Bitte wählen Sie einen anderen Kurznamen.")
        )


class Workshop(models.Model):
    """Any event. `whole_day`: only the date is known or meant.

    `capacity` counts the places on site, or those of a meeting that is online only; `online_capacity` the places online
    of a hybrid event; None: no limit. Of `capacity` so many are `reserved` for people with an invitation and for those
    whom the project office registers: others fill at most the rest. `moves_up_until` is the last moment at which the
    waiting list moves by itself (else the start); who moves up has `confirm_hours` to say yes, if they are given.

    `calendar_sequence` grows with every change that concerns the calendar entries people hold (RFC 5545 SEQUENCE); the
    database notes when it did.
    """

    class Format(models.TextChoices):
        WORKSHOP = "workshop", _("Workshop")
        CONFERENCE = "conference", _("Konferenz")
        REGIONAL_DIALOGUE = "regional_dialogue", _("Regionaldialog")
        INNOCAMP = "innocamp", _("InnoCamp")
        INNOSLAM = "innoslam", _("InnoSlam")
        ONLINE = "online", _("Online-Treffen")

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        PUBLISHED = "published", _("veröffentlicht")
        POSTPONED = "postponed", _("verschoben")
        CANCELLED = "cancelled", _("abgesagt")

    class Mode(models.TextChoices):
        ON_SITE = "on_site", _("vor Ort")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("vor Ort und online")

    PUBLIC_STATES = (State.PUBLISHED, State.POSTPONED, State.CANCELLED)

    slug = models.SlugField(max_length=120, unique=True, validators=[check_slug])
    title = models.CharField(_("Titel"), max_length=200)
    title_en = models.CharField(_("Titel (englisch)"), max_length=200, blank=True)
    format = models.CharField(_("Format"), max_length=20, choices=Format.choices, default=Format.WORKSHOP)
    summary = models.TextField(_("Kurzfassung"), max_length=600)
    summary_en = models.TextField(_("Kurzfassung (englisch)"), max_length=600, blank=True)
    description = models.TextField(_("Beschreibung (Markdown)"), blank=True)
    description_en = models.TextField(_("Beschreibung (englisch, Markdown)"), blank=True)
    starts_at = models.DateTimeField(_("Beginn"))
    ends_at = models.DateTimeField(_("Ende"))
    whole_day = models.BooleanField(_("ganztägig"), default=False)
    place = models.CharField(_("Ort"), max_length=200, blank=True)
    address = models.CharField(_("Anschrift"), max_length=200, blank=True)
    accessibility = models.TextField(_("Barrierefreiheit des Ortes"), max_length=600, blank=True)
    online_url = models.URLField(_("Adresse für die Online-Teilnahme"), blank=True)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="workshops", verbose_name=_("Kreis")
    )
    measures = models.ManyToManyField(Measure, blank=True, related_name="workshops", verbose_name=_("Maßnahmen"))
    agenda = models.ForeignKey(
        Agenda, models.SET_NULL, null=True, blank=True, related_name="workshops", verbose_name=_("Tagesordnung")
    )
    mode = models.CharField(_("Teilnahme"), max_length=7, choices=Mode.choices, default=Mode.ON_SITE)
    room = models.CharField(_("Raum"), max_length=100, blank=True)
    map_url = models.URLField(_("Adresse einer Karte"), blank=True)
    series = models.ForeignKey(
        Series, models.SET_NULL, null=True, blank=True, related_name="workshops", verbose_name=_("Reihe")
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="workshops", verbose_name=_("Themen"))
    theses = models.ManyToManyField(Thesis, blank=True, related_name="workshops", verbose_name=_("Thesen"))
    assessment_round = models.ForeignKey(
        AssessmentRound,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="workshops",
        verbose_name=_("Bewertungsrunde"),
    )
    capacity = models.PositiveIntegerField(
        _("Plätze"), null=True, blank=True, help_text=_("vor Ort, oder online bei einem reinen Online-Treffen")
    )
    online_capacity = models.PositiveIntegerField(
        _("Plätze online"), null=True, blank=True, help_text=_("nur wenn man vor Ort und online teilnehmen kann")
    )
    reserved = models.PositiveIntegerField(
        _("davon zurückgehalten"), default=0, help_text=_("vor Ort, für Eingeladene und für das Projektbüro")
    )
    companions = models.PositiveSmallIntegerField(_("Begleitpersonen je Anmeldung"), default=0)
    organisation_quota = models.PositiveSmallIntegerField(
        _("höchstens je Organisation"),
        null=True,
        blank=True,
        help_text=_("Personen und Begleitung; gilt für Anmeldungen und für die Auslosung von Einladungen"),
    )
    needs_approval = models.BooleanField(_("das Projektbüro bestätigt jede Anmeldung"), default=False)
    confirm_hours = models.PositiveSmallIntegerField(
        _("Stunden, um einen nachgerückten Platz zu bestätigen"),
        null=True,
        blank=True,
        help_text=_("ohne Angabe gilt der Platz sofort"),
    )
    moves_up_until = models.DateTimeField(_("nachrücken bis"), null=True, blank=True)
    open_registration = models.BooleanField(
        _("Anmeldung für alle offen"), default=True, help_text=_("sonst nur mit Einladung")
    )
    registration_closes_at = models.DateTimeField(_("Anmeldung bis"), null=True, blank=True)
    state = models.CharField(_("Stand"), max_length=12, choices=State.choices, default=State.DRAFT)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    entry_changed_at = models.DateTimeField(default=timezone.now, editable=False)
    source = models.CharField(_("Quelle"), max_length=300, blank=True)
    demo = models.BooleanField(_("Demonstration"), default=False, editable=False)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=SEARCH_CONFIGURATION)
        + SearchVector("summary", weight="B", config=SEARCH_CONFIGURATION)
        + SearchVector("place", weight="B", config=SEARCH_CONFIGURATION),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    search_text = models.GeneratedField(
        expression=Concat(
            "title", models.Value(" "), "summary", models.Value(" "), "place", output_field=models.TextField()
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_at", "pk")
        verbose_name = _("Veranstaltung")
        verbose_name_plural = _("Veranstaltungen")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")),
                name="workshop_ends_after_start",
                violation_error_message=_("Das Ende darf nicht vor dem Beginn liegen."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="entry_changed",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    NEW.entry_changed_at = OLD.entry_changed_at;
                    IF NEW.calendar_sequence <> OLD.calendar_sequence THEN NEW.entry_changed_at = now(); END IF;
                    RETURN NEW;
                """,
            )
        ]
        indexes = [
            models.Index(fields=("state", "ends_at"), name="workshop_upcoming"),
            models.Index(fields=("ends_at", "id"), name="workshop_end"),
            GistIndex(span(), name="workshop_span"),
            GinIndex(fields=("search",), name="workshop_search"),
            GinIndex(OpClass("search_text", "gin_trgm_ops"), name="workshop_search_text"),
        ]

    def __str__(self) -> str:
        return localised(self, "title")

    def get_absolute_url(self) -> str:
        return address("workshops:workshop_detail", self.slug)

    def get_format_display(self) -> str:  # type: ignore[no-redef]
        """Django's own method translates every label to find one, on each call."""
        return str(self.Format(self.format).label)

    @property
    def local_summary(self) -> str:
        return localised(self, "summary")

    @property
    def local_description(self) -> str:
        return localised(self, "description")

    @property
    def location(self) -> str:
        """Place and address in one line; empty for a pure online meeting."""
        return ", ".join(part for part in (self.place, self.address) if part)

    @property
    def map_link(self) -> str:
        """A map that the project office names, else a search for the address. A plain link: nothing is embedded."""
        if self.map_url or not self.address:
            return self.map_url
        return f"{MAP_SEARCH}?{urlencode({'query': self.address})}"

    @property
    def period(self) -> str:
        """Day and time in the language of the page; while an event is postponed, its old date is none."""
        if self.state == self.State.POSTPONED:
            return gettext("Der neue Termin steht noch nicht fest.")
        return self.dates

    @property
    def dates(self) -> str:
        """Day and time as they are written down, whether they hold or not."""
        return period_text(self.starts_at, self.ends_at, self.whole_day, get_language() or "de")

    @property
    def days_left(self) -> int:
        """Midnights until the start, in local time."""
        return (timezone.localtime(self.starts_at).date() - timezone.localdate()).days

    @property
    def has_begun(self) -> bool:
        """A postponed event has no start yet, and no end."""
        return self.starts_at <= timezone.now() and self.state != self.State.POSTPONED

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now() and self.state != self.State.POSTPONED

    @property
    def registration_is_open(self) -> bool:
        """Until the deadline, at the latest until the start; never for drafts and cancelled events."""
        return self.state == self.State.PUBLISHED and timezone.now() < self.registration_ends_at

    @property
    def registration_ends_at(self) -> datetime:
        return min(self.registration_closes_at or self.starts_at, self.starts_at)

    @property
    def moving_up_ends_at(self) -> datetime:
        return min(self.moves_up_until or self.starts_at, self.starts_at)

    @property
    def is_hybrid(self) -> bool:
        return self.mode == self.Mode.HYBRID

    @property
    def kinds(self) -> tuple[Place, ...]:
        """The kinds of places there are, the usual one first."""
        if self.is_hybrid:
            return Place.ON_SITE, Place.ONLINE
        return (Place.ONLINE,) if self.mode == self.Mode.ONLINE else (Place.ON_SITE,)

    def capacity_of(self, kind: str) -> int | None:
        return self.online_capacity if self.is_hybrid and kind == Place.ONLINE else self.capacity

    def reserved_of(self, kind: str) -> int:
        """How many places of this kind only people with an invitation, or registered by the office, may take."""
        return 0 if self.is_hybrid and kind == Place.ONLINE else self.reserved

    @property
    def places(self) -> list[PlacesLeft]:
        """How many are left of each kind; only for rows asked for `with_places_left`."""
        return [PlacesLeft(kind, getattr(self, f"left_{kind}")) for kind in self.kinds]

    @property
    def places_left(self) -> int | None:
        """Of the kind with most; None without a limit. Needs `with_places_left`, too."""
        numbers = [places.left for places in self.places]
        return None if None in numbers else max(number for number in numbers if number is not None)
