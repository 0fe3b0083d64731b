from typing import Any

from django import forms

from publishing.text import printable
from stakeholders.forms.text import one_line


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
