from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.http import QueryDict

from measures.models import Measure
from stakeholders.models import Topic
from theses.forms.stance import StanceForm
from theses.models import Thesis

MOST_SKIPPED = 50
"""Only so many last skipped theses are remembered; what was skipped before may come again."""

LARGEST_KEY = 2**63 - 1


class CardForm(forms.Form):
    """The address of card mode: what it is about, one thesis to look at again, and what was skipped just now."""

    thema = forms.ModelChoiceField(Topic.objects.all(), to_field_name="key", required=False)
    massnahme = forms.ModelChoiceField(Measure.objects.published().named(), to_field_name="slug", required=False)
    these = forms.IntegerField(min_value=1, max_value=LARGEST_KEY, required=False)
    ueber = forms.CharField(
        max_length=1000, required=False, validators=[RegexValidator(r"\A[0-9]{1,18}(-[0-9]{1,18})*\Z")]
    )

    def theses(self) -> QuerySet[Thesis]:
        """Those it is about, in any state."""
        found = Thesis.objects.all()
        if self.cleaned_data["thema"]:
            found = found.filter(topic=self.cleaned_data["thema"])
        if self.cleaned_data["massnahme"]:
            found = found.filter(measure=self.cleaned_data["massnahme"])
        return found

    def skipped(self) -> list[int]:
        return [int(key) for key in self.cleaned_data["ueber"].split("-") if key][-MOST_SKIPPED:]

    def query(self, *, skipped: list[int], thesis: int | None = None) -> str:
        """The same address with other skipped theses, from the question mark on."""
        parts = QueryDict(mutable=True)
        for name in ("thema", "massnahme"):
            if self.cleaned_data[name]:
                parts[name] = self.data[name]
        if thesis:
            parts["these"] = str(thesis)
        if skipped:
            parts["ueber"] = "-".join(map(str, skipped[-MOST_SKIPPED:]))
        return f"?{parts.urlencode()}"


class CardAnswerForm(StanceForm):
    these = forms.IntegerField(min_value=1, max_value=LARGEST_KEY)
