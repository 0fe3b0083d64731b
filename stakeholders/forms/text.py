import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from publishing.text import printable

TOO_LONG = _("Bitte kürzen Sie den Text auf höchstens %(limit_value)d Zeichen. Es sind jetzt %(show_value)d.")
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def one_line(value: str) -> str:
    """A name or a title as it is kept: no control or direction characters, single spaces.

    Raises ValidationError when something was typed but nothing visible is left.
    """
    visible = INVISIBLE.sub("", value)
    text = " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in visible).split())
    if value and not text:
        raise ValidationError(_("Bitte geben Sie einen lesbaren Text ein."))
    return text


class WrittenText(forms.CharField):
    """Text of several lines, measured as the author counts it: a line end is one character, NUL is none.

    The browser is not told the limit, because it would cut off what somebody pastes without a word.
    """

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\x00", "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


def paragraphs(value: str) -> str:
    """A text with its lines as it is kept, without control characters and changes of direction.

    Raises ValidationError when something was typed but nothing visible is left.
    """
    one_line(value)
    return printable(value).strip()
