import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

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
