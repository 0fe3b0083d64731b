"""The English translation of all texts: found in code and templates, kept in locale/en, compiled at installation.

Texts are German in the code. Babel does what GNU gettext would do, so that nothing must be installed by hand.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOMS = ("portal", "workshops", "theses", "measures", "stakeholders", "publishing", "templates")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
DAY_ONE = datetime(2026, 11, 1, tzinfo=UTC)
"""Stands in the file's header instead of today, so that nothing changes where no text changed."""

PO_FILE = Path(settings.BASE_DIR) / "locale" / "en" / "LC_MESSAGES" / "django.po"


def sources() -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((Path(settings.BASE_DIR) / room).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def found_messages() -> Catalog:
    """Every text of the portal that is marked for translation."""
    catalog = Catalog(
        locale="en",
        header_comment="# Englische Fassung der Texte; geschrieben von manage.py update_translations.",
        creation_date=DAY_ONE,
        revision_date=DAY_ONE,
        last_translator="",
        language_team="",
        charset="utf-8",
        fuzzy=False,
    )
    for path in sources():
        text = path.read_text(encoding="utf-8")
        code = text if path.suffix == ".py" else flat(templatize(text, origin=str(path)))
        for _line, message, comments, context in extract(
            "python", BytesIO(code.encode()), KEYWORDS, options={"encoding": "utf-8"}
        ):
            catalog.add(message, auto_comments=comments, context=context, flags=())
    return catalog


def flat(code: str) -> str:
    """What Django makes of a template keeps the template's indentation, which is none of Python's."""
    return "\n".join(line.strip() for line in code.splitlines())


def kept_messages() -> Catalog:
    if not PO_FILE.exists():
        return Catalog(locale="en", charset="utf-8")
    with PO_FILE.open("rb") as file:
        return read_po(file, locale="en", charset="utf-8")


def translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return all(strings) and not message.fuzzy


def missing_messages() -> list[str]:
    """German texts without an English translation."""
    kept = kept_messages()
    result = []
    for message in found_messages():
        if message.id:
            known = kept.get(message.id, context=message.context)
            if known is None or not translated(known):
                result.append(message.id if isinstance(message.id, str) else message.id[0])
    return result


def update() -> None:
    """Write all found texts to the file with their translations; texts that are gone disappear."""
    kept = kept_messages()
    found = found_messages()
    for message in found:
        known = kept.get(message.id, context=message.context) if message.id else None
        if known is not None and translated(known):
            message.string = known.string
        message.flags.clear()
    PO_FILE.parent.mkdir(parents=True, exist_ok=True)
    with PO_FILE.open("wb") as file:
        write_po(file, found, no_location=True, omit_header=False, sort_output=True, width=0)


def compile_all() -> None:
    """Also locale/de, where texts of allauth are said formally."""
    for path in PO_FILE.parents[2].rglob("*.po"):
        with path.open("rb") as source, path.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source, locale=path.parents[1].name, charset="utf-8"))
