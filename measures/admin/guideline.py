from django import forms
from django.contrib import admin
from django.db.models import ManyToManyField, URLField
from django.utils.translation import gettext_lazy as _

from measures.models import Guideline, Recommendation
from stakeholders.admin.site import AuditedAdmin


@admin.register(Guideline)
class GuidelineAdmin(AuditedAdmin[Guideline]):
    list_display = ("title", "position", "source")
    search_fields = ("title", "title_en", "text")
    prepopulated_fields = {"slug": ("title",)}
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    fieldsets = (
        (None, {"fields": ("title", "slug", "position")}),
        (_("Texte"), {"fields": ("text", "title_en", "text_en")}),
        (_("Quelle"), {"fields": ("source", "source_url")}),
    )


@admin.register(Recommendation)
class RecommendationAdmin(AuditedAdmin[Recommendation]):
    list_display = ("title", "position", "source")
    search_fields = ("title", "title_en", "text")
    prepopulated_fields = {"slug": ("title",)}
    formfield_overrides = {
        URLField: {"assume_scheme": "https"},
        # Boxes with labels; the admin's searchable choice has fields without any.
        ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    }
    fieldsets = (
        (None, {"fields": ("title", "slug", "position", "guidelines", "measures")}),
        (_("Texte"), {"fields": ("text", "title_en", "text_en")}),
        (_("Quelle"), {"fields": ("source", "source_url")}),
    )
