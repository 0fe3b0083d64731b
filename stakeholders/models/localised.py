from django.db import models
from django.utils.translation import get_language


def localised(row: models.Model, field: str) -> str:
    """The English text of a field in the English portal if there is one, else the German text."""
    if get_language() == "en":
        english: str = getattr(row, f"{field}_en")
        if english:
            return english
    german: str = getattr(row, field)
    return german
