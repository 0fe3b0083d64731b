from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.domain.report_link import USUAL_DAYS
from stakeholders.forms.text import TOO_LONG, one_line


def usual_last_day() -> date:
    return timezone.localdate() + timedelta(days=USUAL_DAYS)


class ReportLinkForm(forms.Form):
    """For whom a link is, and until when it opens the report."""

    purpose = forms.CharField(
        label=_("Wofür ist der Link?"),
        max_length=120,
        help_text=_("Zum Beispiel „Referat 36, Leitungsvorlage“. Daran erkennen Sie den Link in der Liste wieder."),
        error_messages={
            "required": _("Bitte sagen Sie, wofür der Link ist."),
            "max_length": TOO_LONG,
        },
    )
    last_day = forms.DateField(
        label=_("Letzter Tag, an dem der Link gilt"),
        initial=usual_last_day,
        help_text=_("Üblich sind 30 Tage, möglich sind höchstens 180."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Bitte wählen Sie den letzten Tag."),
            "invalid": _("Bitte geben Sie einen Tag im Kalender an."),
        },
    )

    def clean_purpose(self) -> str:
        return one_line(self.cleaned_data["purpose"])
