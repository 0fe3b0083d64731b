from django import forms
from django.utils.translation import gettext_lazy as _

from measures.models import Measure
from stakeholders.forms.filter import FilterSelect
from stakeholders.models import Topic
from theses.models import OpinionResult


class EvaluationForm(forms.Form):
    """Topics and measures that have a result of their own; one at a time, the topic first."""

    thema = forms.ModelChoiceField(
        Topic.objects.none(), to_field_name="key", required=False, label=_("Thema"), empty_label=_("alle Themen"),
        widget=FilterSelect,
    )  # fmt: skip
    massnahme = forms.ModelChoiceField(
        Measure.objects.none(), to_field_name="slug", required=False, label=_("Maßnahme"),
        empty_label=_("alle Maßnahmen"), widget=FilterSelect,
    )  # fmt: skip

    def __init__(self, data: object, *, scopes: list[str]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        named = [scope.split(":", 1) for scope in scopes if ":" in scope]
        self.has_choice = bool(named)
        for field, kind, rows, key in (
            ("thema", "topic", Topic.objects.all(), "key"),
            ("massnahme", "measure", Measure.objects.published().named(), "slug"),
        ):
            names = [name for scope, name in named if scope == kind]
            self.fields[field].queryset = rows.filter(**{f"{key}__in": names})  # type: ignore[attr-defined]

    def scope(self) -> str:
        if self.cleaned_data["thema"]:
            return f"topic:{self.cleaned_data['thema'].key}"
        if self.cleaned_data["massnahme"]:
            return f"measure:{self.cleaned_data['massnahme'].slug}"
        return OpinionResult.EVERYTHING

    def results(self) -> tuple[OpinionResult | None, OpinionResult | None]:
        """The figures, None before anything was computed, and the opinion groups, which there are over all theses."""
        wanted = [self.scope()] + [OpinionResult.GROUPS] * (self.scope() == OpinionResult.EVERYTHING)
        rows = OpinionResult.objects.filter(scope__in=wanted).exclude(basis="").defer("result")
        found = {row.scope: row for row in rows}
        return found.get(self.scope()), found.get(OpinionResult.GROUPS)
