"""The project office's desk: catalogue, rounds with their criteria, frozen results. Ratings are nobody's to edit."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import Count, DateTimeField, ManyToManyField, QuerySet, URLField
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from measures.domain.catalogue import publish_measures, withdraw_measures
from measures.domain.ranking import freeze, publish_ranking, withdraw_ranking
from measures.domain.round import add_default_criteria, close_round, publish_round
from measures.models import AssessmentRound, Criterion, FieldOfAction, Measure, Ranking
from stakeholders.admin.site import AuditedAdmin
from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current


@admin.register(FieldOfAction)
class FieldOfActionAdmin(AuditedAdmin[FieldOfAction]):
    list_display = ("title", "position", "number_of_measures")
    search_fields = ("title", "title_en")
    prepopulated_fields = {"slug": ("title",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[FieldOfAction]:
        return super().get_queryset(request).annotate(measure_count=Count("measures"))

    @admin.display(description=_("Maßnahmen"), ordering="measure_count")
    def number_of_measures(self, field: Any) -> int:
        return int(field.measure_count)


@admin.register(Measure)
class MeasureAdmin(AuditedAdmin[Measure]):
    list_display = ("title", "field_of_action", "status", "published", "changed_at")
    list_filter = ("field_of_action", "status", "published")
    list_select_related = ("field_of_action",)
    search_fields = ("title", "title_en", "summary")
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    actions = ("publish", "withdraw")
    fieldsets = (
        (None, {"fields": ("field_of_action", "title", "slug", "status", "published", "position")}),
        (_("Texte"), {"fields": ("summary", "description")}),
        (_("Englische Texte"), {"fields": ("title_en", "summary_en", "description_en")}),
        (_("Quelle"), {"fields": ("source", "source_url")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Measure | None = None) -> tuple[str, ...]:
        """Later it is the actions that publish and withdraw, because they refuse what would disturb a round; and the
        address stays, because links and frozen results name it."""
        return ("published", "slug") if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Measure | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("title",)}

    def has_delete_permission(self, request: HttpRequest, obj: Measure | None = None) -> bool:
        in_round = obj is not None and obj.rounds.exclude(state=AssessmentRound.State.DRAFT).exists()
        return super().has_delete_permission(request, obj) and not in_round

    @admin.action(description=_("Ausgewählte Maßnahmen veröffentlichen"))
    def publish(self, request: HttpRequest, rows: QuerySet[Measure]) -> None:
        count = publish_measures(measures=rows, actor=current(request))
        text = ngettext("%(count)d Maßnahme veröffentlicht.", "%(count)d Maßnahmen veröffentlicht.", count)
        messages.success(request, text % {"count": count})

    @admin.action(description=_("Ausgewählte Maßnahmen zurückziehen"))
    def withdraw(self, request: HttpRequest, rows: QuerySet[Measure]) -> None:
        try:
            count = withdraw_measures(measures=rows, actor=current(request))
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
            return
        text = ngettext("%(count)d Maßnahme zurückgezogen.", "%(count)d Maßnahmen zurückgezogen.", count)
        messages.success(request, text % {"count": count})


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


@admin.register(AssessmentRound)
class AssessmentRoundAdmin(AuditedAdmin[AssessmentRound]):
    """A draft can be edited; what was published stands, apart from its English texts."""

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
            {"fields": ("min_raters", "min_groups", "required_groups", "top", "cap_organisations", "seed")},
        ),
    )
    editable_for_good = ("title_en", "question_en")
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
        if _is_draft(obj):
            return ("state",)
        names = flatten_fieldsets(self.fieldsets)
        return tuple(name for name in names if name not in self.editable_for_good)

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

    @admin.display(description=_("Maßnahmen"), ordering="measure_count")
    def number_of_measures(self, assessment_round: Any) -> int:
        return int(assessment_round.measure_count)

    @admin.action(description=_("Runde veröffentlichen"))
    def publish(self, request: HttpRequest, rows: QuerySet[AssessmentRound]) -> None:
        actor = current(request)
        done = gettext("„%s“ ist veröffentlicht. Frage, Maßnahmen, Kriterien und Gewichte stehen nun fest.")
        _each(request, rows, lambda row: publish_round(assessment_round=row, actor=actor), done)

    @admin.action(description=_("Runde beenden"))
    def close(self, request: HttpRequest, rows: QuerySet[AssessmentRound]) -> None:
        actor = current(request)
        done = gettext("„%s“ ist beendet. Sie können das Ergebnis jetzt einfrieren.")
        _each(request, rows, lambda row: close_round(assessment_round=row, actor=actor), done)

    @admin.action(description=_("Ergebnis einfrieren"))
    def freeze(self, request: HttpRequest, rows: QuerySet[AssessmentRound]) -> None:
        actor = current(request)
        done = gettext("Das Ergebnis von „%s“ ist eingefroren. Der Bericht steht unter „Priorisierungen“.")
        _each(request, rows, lambda row: freeze(assessment_round=row, actor=actor), done)


@admin.register(Ranking)
class RankingAdmin(AuditedAdmin[Ranking]):
    list_display = ("round", "version", "created_at", "created_by", "published", "report")
    list_filter = ("published",)
    search_fields = ("round__title", "hash")
    fields = readonly_fields = ("round", "version", "note", "hash", "created_at", "created_by", "published", "report")
    actions = ("publish", "withdraw")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ranking]:
        return Ranking.objects.listed().select_related("round", "created_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Ranking | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Ranking | None = None) -> bool:
        return False

    @admin.display(description=_("Bericht"))
    def report(self, ranking: Ranking) -> str:
        return format_html('<a href="{}">{}</a>', ranking.get_absolute_url(), gettext("Bericht ansehen"))

    @admin.action(description=_("Für alle veröffentlichen"))
    def publish(self, request: HttpRequest, rows: QuerySet[Ranking]) -> None:
        actor = current(request)
        done = gettext("„%s“ ist für alle veröffentlicht.")
        _each(request, rows, lambda row: publish_ranking(ranking=row, actor=actor), done)

    @admin.action(description=_("Veröffentlichung zurückziehen"))
    def withdraw(self, request: HttpRequest, rows: QuerySet[Ranking]) -> None:
        actor = current(request)
        done = gettext("„%s“ sehen nur noch Ministerium und Projektbüro.")
        _each(request, rows, lambda row: withdraw_ranking(ranking=row, actor=actor), done)


def _is_draft(assessment_round: AssessmentRound | None) -> bool:
    return assessment_round is None or assessment_round.state == AssessmentRound.State.DRAFT


def _each(request: HttpRequest, rows: QuerySet[Any], act: Callable[[Any], object], done: str) -> None:
    """Row by row, so that a refusal of one does not undo the others; every outcome gets its sentence."""
    for row in rows:
        try:
            act(row)
        except Refusal as refusal:
            messages.error(request, f"{row}: {refusal.sentence}")
        else:
            messages.success(request, done % row)
