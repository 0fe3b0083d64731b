"""What becomes of a measure: its concept, who takes part, and the steps on the way.

Plain lists of choices, because the searching ones of the administration have no label a screen reader could read.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import DateField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from measures.domain.concept import note_done, note_published
from measures.forms.concept import MilestoneForm, PartnerForm
from measures.models import ImplementationConcept, Milestone, Partner
from stakeholders.admin.site import AuditedAdmin

DAY: dict[str, Any] = {
    "form_class": forms.DateField,
    "widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
}


@admin.register(ImplementationConcept)
class ImplementationConceptAdmin(AuditedAdmin[ImplementationConcept]):
    list_display = ("measure", "state", "responsible", "published_at", "changed_at")
    list_filter = ("state",)
    list_select_related = ("measure", "responsible")
    search_fields = ("measure__title", "goal")
    readonly_fields = ("published_at",)
    fieldsets = (
        (None, {"fields": ("measure", "responsible", "state", "published_at")}),
        (_("Texte"), {"fields": ("goal", "approach")}),
        (_("Englische Texte"), {"fields": ("goal_en", "approach_en")}),
    )

    def save_model(self, request: HttpRequest, obj: ImplementationConcept, form: Any, change: bool) -> None:
        note_published(obj)
        super().save_model(request, obj, form, change)


@admin.register(Partner)
class PartnerAdmin(AuditedAdmin[Partner]):
    form = PartnerForm
    list_display = ("organisation", "measure", "role", "confirmed_on")
    list_filter = ("role", ("confirmed_on", admin.EmptyFieldListFilter))
    list_select_related = ("organisation", "measure")
    search_fields = ("organisation__name", "measure__title")
    formfield_overrides = {DateField: DAY}


@admin.register(Milestone)
class MilestoneAdmin(AuditedAdmin[Milestone]):
    form = MilestoneForm
    list_display = ("title", "measure", "due_on", "done_on", "position")
    list_filter = (("done_on", admin.EmptyFieldListFilter),)
    list_select_related = ("measure",)
    search_fields = ("title", "title_en", "measure__title")
    formfield_overrides = {DateField: DAY}

    def save_model(self, request: HttpRequest, obj: Milestone, form: Any, change: bool) -> None:
        note_done(obj)
        super().save_model(request, obj, form, change)
