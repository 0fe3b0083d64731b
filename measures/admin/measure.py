"""The catalogue at the desk: texts, documents, publishing now or later, several measures at once."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import DateTimeField, ManyToManyField, QuerySet, URLField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from measures.admin.catalogue_file import catalogue_download, import_detail, import_list
from measures.admin.versions import version_list, version_restore
from measures.domain.catalogue import change_status, publish_measures, withdraw_measures
from measures.domain.document import forget_files
from measures.forms.catalogue import MeasureForm, StatusForm
from measures.forms.document import DocumentForm, DocumentFormSet
from measures.models import AssessmentRound, Measure, MeasureDocument
from stakeholders.admin.site import AuditedAdmin
from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current
from stakeholders.upload import is_too_large

CALENDAR = {
    "form_class": forms.DateTimeField,
    "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
}
"""One labelled field instead of two without a label each."""


class DocumentInline(admin.StackedInline[MeasureDocument, Measure]):
    model = MeasureDocument
    form = DocumentForm
    formset = DocumentFormSet
    extra = 1


@admin.register(Measure)
class MeasureAdmin(AuditedAdmin[Measure]):
    form = MeasureForm
    change_list_template = "measures/admin/measure_list.html"
    change_form_template = "measures/admin/measure.html"
    list_display = ("title", "field_of_action", "status", "published", "publish_at", "changed_at")
    list_filter = ("field_of_action", "status", "published", ("publish_at", admin.EmptyFieldListFilter))
    list_select_related = ("field_of_action",)
    search_fields = ("title", "title_en", "summary")
    formfield_overrides = {URLField: {"assume_scheme": "https"}, DateTimeField: CALENDAR}
    actions = ("publish", "withdraw", "set_status")
    inlines = (DocumentInline,)
    view_on_site = False
    fieldsets = (
        (
            None,
            {"fields": ("field_of_action", "title", "slug", "status", "published", "publish_at", "position", "seen")},
        ),
        (_("Texte"), {"fields": ("summary", "description")}),
        (_("Englische Texte"), {"fields": ("title_en", "summary_en", "description_en")}),
        (_("Quelle"), {"fields": ("source", "source_url")}),
        (_("Bezüge"), {"fields": ("topics", "districts", "related")}),
    )

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/fassungen/", wrap(version_list), name="measures_measure_versions"),
            path("<int:pk>/fassungen/<int:number>/", wrap(version_restore), name="measures_measure_restore"),
            path("import/", wrap(import_list), name="measures_measure_import"),
            path("import/<int:pk>/", wrap(import_detail), name="measures_measure_import_detail"),
            path("katalog.<str:extension>", wrap(catalogue_download), name="measures_measure_download"),
            *super().get_urls(),
        ]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Measure | None:
        """Who saves waits for who saves, so that the form sees what the other one did."""
        found = super().get_object(request, object_id, from_field)
        if found and request.method == "POST":
            Measure.objects.select_for_update(of=("self",)).only("pk").get(pk=found.pk)
            found.refresh_from_db()
        return found

    def get_readonly_fields(self, request: HttpRequest, obj: Measure | None = None) -> tuple[str, ...]:
        """Later it is the actions that publish and withdraw, because they refuse what would disturb a round; and the
        address stays, because links and frozen results name it."""
        return ("published", "slug") if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Measure | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("title",)}

    def get_formset_kwargs(self, request: HttpRequest, obj: Measure, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return {**kwargs, "dropped": request.method == "POST" and is_too_large(request.META)}

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField[Any] | None:
        return super().formfield_for_manytomany(db_field, request, widget=forms.CheckboxSelectMultiple, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Measure | None = None) -> bool:
        in_round = obj is not None and obj.rounds.exclude(state=AssessmentRound.State.DRAFT).exists()
        return super().has_delete_permission(request, obj) and not in_round

    def delete_model(self, request: HttpRequest, obj: Measure) -> None:
        forget_files(MeasureDocument.objects.filter(measure=obj))
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Measure]) -> None:
        forget_files(MeasureDocument.objects.filter(measure__in=queryset))
        super().delete_queryset(request, queryset)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if isinstance(formset, DocumentFormSet):
            gone = [row.instance.pk for row in formset.deleted_forms if row.instance.pk]
            forget_files(MeasureDocument.objects.filter(pk__in=gone))
        super().save_formset(request, form, formset, change)

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

    @admin.action(description=_("Stand der ausgewählten Maßnahmen ändern"))
    def set_status(self, request: HttpRequest, rows: QuerySet[Measure]) -> HttpResponse | None:
        """First a page that names them all and asks for the status; its button comes back here."""
        form = StatusForm(request.POST if "confirm" in request.POST else None)
        if form.is_valid():
            count = change_status(measures=rows, status=form.cleaned_data["status"], actor=current(request))
            text = ngettext("%(count)d Maßnahme geändert.", "%(count)d Maßnahmen geändert.", count)
            messages.success(request, text % {"count": count})
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Stand ändern"),
            "opts": Measure._meta,
            "measures": rows.select_related(None).only("title", "title_en", "status", "slug"),
            "form": form,
        }
        return render(request, "measures/admin/measure_status.html", context)
