"""Forms of the desk for concept, partners and milestones of a measure."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.domain.concept import refuse_future_day
from measures.models import Milestone, Partner
from stakeholders.domain.refusal import Refusal


def day_until_today(form: forms.ModelForm[Partner] | forms.ModelForm[Milestone], field: str) -> date | None:
    """The cleaned day of a field that tells what has happened."""
    day: date | None = form.cleaned_data[field]
    try:
        refuse_future_day(day=day, field=field)
    except Refusal as refusal:
        raise forms.ValidationError(refusal.sentence) from refusal
    return day


class PartnerForm(forms.ModelForm[Partner]):
    class Meta:
        model = Partner
        fields = ("measure", "organisation", "role", "confirmed_on")

    def clean_confirmed_on(self) -> date | None:
        return day_until_today(self, "confirmed_on")

    def clean(self) -> None:
        super().clean()
        measure, organisation = self.cleaned_data.get("measure"), self.cleaned_data.get("organisation")
        twins = Partner.objects.filter(measure=measure, organisation=organisation).exclude(pk=self.instance.pk)
        if measure and organisation and twins.exists():
            sentence = _(
                "Diese Organisation ist bei dieser Maßnahme bereits eingetragen. Bitte bearbeiten Sie jenen Eintrag."
            )
            self.add_error("organisation", sentence)


class MilestoneForm(forms.ModelForm[Milestone]):
    class Meta:
        model = Milestone
        fields = ("measure", "title", "title_en", "due_on", "done_on", "position")
        error_messages = {"title": {"required": _("Bitte geben Sie dem Meilenstein einen Titel.")}}

    def clean_done_on(self) -> date | None:
        return day_until_today(self, "done_on")
