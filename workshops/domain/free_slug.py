from django.utils.text import slugify

from workshops.models import Workshop
from workshops.models.workshop import RESERVED

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
LONGEST = 110


def free_slug(text: str) -> str:
    """A name for the address that no other event has: `dialog-goerlitz`, else `dialog-goerlitz-2` and so on."""
    stem = slugify(text.translate(UMLAUTS))[:LONGEST].strip("-") or "veranstaltung"
    taken = {*Workshop.objects.filter(slug__startswith=stem).values_list("slug", flat=True), *RESERVED}
    if stem not in taken:
        return stem
    return next(name for number in range(2, len(taken) + 3) if (name := f"{stem}-{number}") not in taken)
