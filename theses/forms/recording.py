from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.models import Channel
from stakeholders.models.channel import BY_OFFICE
from theses.domain.thesis import Draft
from theses.forms.thesis import ThesisForm


class RecordedThesisForm(ThesisForm):
    """What the office writes down for somebody else; `person` of the parent is the author."""

    channel = forms.ChoiceField(
        label=_("Wie die These eingegangen ist"),
        choices=BY_OFFICE,
        widget=forms.RadioSelect,
        help_text=_("Das steht öffentlich neben der These."),
        error_messages={"required": _("Bitte sagen Sie, auf welchem Weg die These eingegangen ist.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["channel"])

    def recorded(self) -> tuple[Draft, Channel]:
        channel = Channel(self.cleaned_data.pop("channel"))
        return self.draft(), channel
