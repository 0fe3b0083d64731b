from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from workshops.models import Session
from workshops.period import period_text


class SessionBoxes(forms.CheckboxSelectMultiple):
    """Boxes of which those in `closed` cannot be ticked."""

    def __init__(self, *, closed: Collection[str]) -> None:
        super().__init__()
        self.closed = closed

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.closed:
            option["attrs"]["disabled"] = True
        return option


def session_label(session: Session, taken: int) -> str:
    """Such as "Wasserstoff – Dienstag, 7. März 2017, 10:00 Uhr bis 11:00 Uhr (noch 3 Plätze frei)"."""
    when = period_text(session.starts_at, session.ends_at, False, get_language() or "de")
    return f"{session} – {when}{_places(session, taken)}"


def _places(session: Session, taken: int) -> str:
    if session.capacity is None:
        return ""
    left = session.capacity - taken
    if left <= 0:
        return f" ({_('ausgebucht')})"
    told = ngettext("noch %(n)d Platz frei", "noch %(n)d Plätze frei", left) % {"n": left}
    return f" ({told})"
