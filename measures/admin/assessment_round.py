from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import Count, DateTimeField, ManyToManyField, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.admin.each import each
from measures.domain.ranking import freeze
from measures.domain.round import (
    add_default_criteria,
    close_round,
    publish_round,
    refuse_reminder,
)
from measures.domain.round_mail import invited
from measures.models import AssessmentRound, Criterion
from stakeholders.admin.site import AuditedAdmin
from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current

if TYPE_CHECKING:
    RoundModelForm = forms.ModelForm[AssessmentRound]
else:
    RoundModelForm = forms.ModelForm


class CriterionInline(admin.StackedInline[Criterion, AssessmentRound]):
    model = Criterion
    extra = 0
    fields = (("position", "key", "weight"), ("label", "label_en"), "question", "question_en")
    verbose_name_plural = _(
        "Kriterien (ohne eigene gelten Bedarf, Wirkung, Umsetzbarkeit, Passfähigkeit je ein Viertel)"
    )

    def has_add_permission(self, request: HttpRequest, obj: AssessmentRound | None = None) -> bool:
        return _is_draft(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: AssessmentRound | None = None) -> bool:
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: AssessmentRound | None = None) -> bool:
        return _is_draft(obj) and super().has_delete_permission(request, obj)


class AssessmentRoundForm(RoundModelForm):
    def clean(self) -> dict[str, Any]:
        """The times of a draft as typed, those of a published round as they stand."""
        values = self.cleaned_data
        times = [values.get(name, getattr(self.instance, name)) for name in ("opens_at", "closes_at")]
        if all(times):
            try:
                audience = values.get("audience", self.instance.audience)
                refuse_reminder(times[0], times[1], values.get("remind_at"), audience)
            except Refusal as refusal:
                self.add_error(refusal.field if refusal.field in self.fields else "remind_at", refusal.sentence)
        return values


@admin.register(AssessmentRound)
class AssessmentRoundAdmin(AuditedAdmin[AssessmentRound]):
    """A draft can be edited; what was published stands, apart from its English texts and from mails not yet sent."""

    form = AssessmentRoundForm

    list_display = ("title", "state", "opens_at", "closes_at", "number_of_measures")
    list_filter = ("state",)
    search_fields = ("title", "question")
    prepopulated_fields = {"slug": ("title",)}
    inlines = (CriterionInline,)
    actions = ("publish", "close", "freeze")
    fieldsets = (
        (None, {"fields": ("title", "slug", "state", "question", "opens_at", "closes_at", "measures")}),
        (_("Englische Texte"), {"fields": ("title_en", "question_en")}),
        (
            _("Regeln der Auswertung"),
            {
                "fields": (
                    "min_raters",
                    "min_groups",
                    "required_groups",
                    "top",
                    "cap_organisations",
                    "shows_aggregates",
                    "seed",
                )
            },
        ),
        (
            _("Einladung und Erinnerung"),
            {"fields": ("audience", "remind_at", "reach", "announced_at", "reminded_at")},
        ),
    )
    editable_for_good = ("title_en", "question_en")
    always_shown = ("state", "reach", "announced_at", "reminded_at")
    # one labelled field instead of two without a label each
    formfield_overrides = {
        DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[AssessmentRound]:
        return super().get_queryset(request).annotate(measure_count=Count("measures"))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> AssessmentRound | None:
        """Who saves waits for who publishes: the form of a draft is not written over what was published meanwhile."""
        found = super().get_object(request, object_id, from_field)
        if found and request.method == "POST":
            AssessmentRound.objects.select_for_update().get(pk=found.pk)
            found.refresh_from_db()
        return found

    def get_readonly_fields(self, request: HttpRequest, obj: AssessmentRound | None = None) -> tuple[str, ...]:
        if obj is None or _is_draft(obj):
            return self.always_shown
        mails = {"audience": obj.announced_at is None, "remind_at": obj.reminded_at is None and not obj.is_over}
        editable = {*self.editable_for_good, *(name for name, is_open in mails.items() if is_open)}
        return tuple(name for name in flatten_fieldsets(self.fieldsets) if name not in editable)

    def get_prepopulated_fields(self, request: HttpRequest, obj: AssessmentRound | None = None) -> dict[str, Any]:
        return {"slug": ("title",)} if _is_draft(obj) else {}

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField[Any] | None:
        return super().formfield_for_manytomany(db_field, request, widget=forms.CheckboxSelectMultiple, **kwargs)

    def save_related(
        self, request: HttpRequest, form: "ModelForm[AssessmentRound]", formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if form.instance.state == AssessmentRound.State.DRAFT:
            add_default_criteria(form.instance)

    def has_delete_permission(self, request: HttpRequest, obj: AssessmentRound | None = None) -> bool:
        return _is_draft(obj) and super().has_delete_permission(request, obj)

    @admin.display(description=_("erreicht"))
    def reach(self, assessment_round: AssessmentRound) -> str:
        """How many people the selection names right now, or why it names nobody."""
        if assessment_round.audience is None:
            return "–"
        try:
            people = invited(assessment_round)
        except Refusal as refusal:
            return refusal.sentence
        words = {"people": people.count(), "mail": people.filter(email__isnull=False).count()}
        return gettext("%(people)d Personen, davon %(mail)d mit E-Mail-Adresse") % words

    @admin.display(description=_("Maßnahmen"), ordering="measure_count")
    def number_of_measures(self, assessment_round: Any) -> int:
        return int(assessment_round.measure_count)

    @admin.action(description=_("Runde veröffentlichen"))
    def publish(self, request: HttpRequest, rows: QuerySet[AssessmentRound]) -> None:
        actor = current(request)
        done = gettext("„%s“ ist veröffentlicht. Frage, Maßnahmen, Kriterien und Gewichte stehen nun fest.")
        each(request, rows, lambda row: publish_round(assessment_round=row, actor=actor), done)

    @admin.action(description=_("Runde beenden"))
    def close(self, request: HttpRequest, rows: QuerySet[AssessmentRound]) -> None:
        actor = current(request)
        done = gettext("„%s“ ist beendet. Sie können das Ergebnis jetzt einfrieren.")
        each(request, rows, lambda row: close_round(assessment_round=row, actor=actor), done)

    @admin.action(description=_("Ergebnis einfrieren"))
    def freeze(self, request: HttpRequest, rows: QuerySet[AssessmentRound]) -> None:
        actor = current(request)
        done = gettext("Das Ergebnis von „%s“ ist eingefroren. Der Bericht steht unter „Priorisierungen“.")
        each(request, rows, lambda row: freeze(assessment_round=row, actor=actor), done)


def _is_draft(assessment_round: AssessmentRound | None) -> bool:
    return assessment_round is None or assessment_round.state == AssessmentRound.State.DRAFT
