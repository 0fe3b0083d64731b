"""Two rankings side by side: what moved, what is new, and why one may not read too much into it."""

from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from measures.models import Ranking
from measures.reports.frozen import Frozen
from measures.reports.ranking_plot import rank_set, status_words
from publishing import numbers
from publishing.document import Block, BulletList, Document, Note, Paragraph, Section, TableBlock
from publishing.tables import Cell, Column, Suppressed, Table

RULES = (
    "min_raters",
    "min_groups",
    "required_groups",
    "cap_organisations",
    "top",
    "confidence",
    "grades",
    "population",
)


def build_comparison(first: Ranking, second: Ranking, language: str) -> Document:
    """`first` is the earlier one; two versions of one round are compared by ranks and status only, because one person's
    answers may be all that lies between their scores."""
    before, after = Frozen(first, language), Frozen(second, language)
    with translation.override(language):
        sections = (_subject(before, after), _ranks(before, after), _scores(before, after), _only_in_one(before, after))
        return Document(
            title=_("Vergleich zweier Ergebnisse"),
            subtitle=f"{_name(before)} – {_name(after)}",
            language=language,
            date=timezone.localtime(max(first.created_at, second.created_at)).date(),
            sections=tuple(section for section in sections if section is not None),
            publisher=_("ZukunftsWerkstatt INDUSTRIE, Projektbüro"),
        )


def _name(frozen: Frozen) -> str:
    values = {"round": frozen.title, "version": frozen.ranking.version}
    return _("%(round)s, Fassung %(version)d") % values


def _subject(before: Frozen, after: Frozen) -> Section:
    rows = tuple(
        (
            _name(frozen),
            numbers.date_text(frozen.opened, frozen.language, weekday=False),
            numbers.date_text(frozen.closed, frozen.language, weekday=False),
            frozen.raters,
            len(frozen.measures),
            frozen.ranking.hash,
        )
        for frozen in (before, after)
    )
    columns = (
        Column("round", _("Runde")),
        Column("opened", _("Beginn")),
        Column("closed", _("Ende")),
        Column("raters", _("Bewertende"), "integer"),
        Column("ranked", _("Maßnahmen mit Rang"), "integer"),
        Column("hash", _("Prüfsumme")),
    )
    caption = _("Die verglichenen Ergebnisse")
    blocks: list[Block] = [TableBlock(Table("subject", caption, columns, rows, name=caption))]
    if reasons := _warnings(before, after):
        blocks.append(Note(_("Die Ergebnisse sind nur bedingt vergleichbar. Die Gründe:"), _("Achtung"), "warning"))
        blocks.append(BulletList(reasons))
    text = _(
        "An zwei Runden haben nicht dieselben Menschen teilgenommen. Ein Unterschied der Punkte kann daher am Kreis "
        "der Teilnehmenden liegen, auch wenn niemand seine Meinung geändert hat."
    )
    return Section(_("Was verglichen wird"), "gegenstand", (*blocks, Paragraph(text)))


def _warnings(before: Frozen, after: Frozen) -> tuple[str, ...]:
    found = []
    if _method(before) != _method(after):
        found.append(_("Gerechnet haben verschiedene Fassungen der Methode."))
    if [row[1:] for row in before.terms()] != [row[1:] for row in after.terms()]:
        found.append(_("Fragen oder Gewichte der Kriterien sind verschieden."))
    if before.question != after.question:
        found.append(_("Die Frage der Runde ist eine andere."))
    if any(before.options[rule] != after.options[rule] for rule in RULES):
        found.append(_("Regeln der Auswertung sind verschieden, zum Beispiel Mindestzahlen oder Plätze an der Spitze."))
    if set(before.groups) != set(after.groups):
        found.append(_("Die Akteursgruppen sind andere."))
    if set(before.by_key) != set(after.by_key):
        found.append(_("Es stehen nicht dieselben Maßnahmen in der Rangfolge; Ränge verschieben sich schon dadurch."))
    return tuple(found)


def _method(frozen: Frozen) -> str:
    """Name and version of the method, without the libraries it ran on."""
    software: str = frozen.result["software"]
    return software.partition(",")[0]


def _ranks(before: Frozen, after: Frozen) -> Section | None:
    shared = _shared(before, after)
    if not shared:
        return None
    words = status_words()
    columns = (
        Column("measure", _("Maßnahme")),
        Column("rank_before", _("Rang vorher"), "integer"),
        Column("rank", _("Rang nachher"), "integer"),
        Column("ranks_before", _("Mögliche Ränge vorher"), "interval", 0),
        Column("ranks", _("Mögliche Ränge nachher"), "interval", 0),
        Column("status_before", _("Status vorher")),
        Column("status", _("Status nachher")),
    )
    rows = tuple(
        (
            after.measure(new["key"]),
            old["rank"],
            new["rank"],
            rank_set(old),
            rank_set(new),
            words.get(old["status"]),
            words.get(new["status"]),
        )
        for old, new in shared
    )
    table = Table("ranks", _("Ränge und Status"), columns, rows, name=_("Ränge"), main=True)
    return Section(_("Ränge und Status"), "raenge", (Paragraph(_moved(shared)), TableBlock(table)))


def _moved(shared: list[tuple[dict[str, Any], dict[str, Any]]]) -> str:
    values = {
        "count": len(shared),
        "ranks": sum(old["rank"] != new["rank"] for old, new in shared),
        "status": sum(old["status"] != new["status"] for old, new in shared),
    }
    text = _(
        "%(count)d Maßnahmen stehen in beiden Rangfolgen. Bei %(ranks)d davon ist der Rang ein anderer, bei %(status)d "
        "der Status. Wo sich die möglichen Ränge überschneiden, kann der Unterschied Zufall sein."
    )
    return text % values


def _scores(before: Frozen, after: Frozen) -> Section | None:
    shared = _shared(before, after)
    if not shared or before.ranking.round_id == after.ranking.round_id:
        return None
    columns = (
        Column("measure", _("Maßnahme")),
        Column("score_before", _("Punkte vorher"), "decimal"),
        Column("interval_before", _("Intervall vorher"), "interval"),
        Column("score", _("Punkte nachher"), "decimal"),
        Column("interval", _("Intervall nachher"), "interval"),
        Column("difference", _("Unterschied der Punkte"), "decimal"),
    )
    rows = tuple(_score_row(before, after, old, new) for old, new in shared)
    table = Table("scores", _("Punkte mit Intervallen"), columns, rows, name=_("Punkte"))
    return Section(_("Punkte"), "punkte", (TableBlock(table),))


def _score_row(before: Frozen, after: Frozen, old: dict[str, Any], new: dict[str, Any]) -> tuple[Cell, ...]:
    earlier, later = before.score(old), after.score(new)
    difference: Cell = Suppressed(None)
    if not isinstance(earlier, Suppressed) and not isinstance(later, Suppressed):
        difference = later - earlier
    name = after.measure(new["key"])
    return (name, earlier, before.interval(old), later, after.interval(new), difference)


def _only_in_one(before: Frozen, after: Frozen) -> Section | None:
    gone = [before.measure(key) for key in before.by_key if key not in after.by_key]
    new = [after.measure(key) for key in after.by_key if key not in before.by_key]
    blocks: list[Block] = []
    for names, text in ((new, _("Nur nachher mit Rang:")), (gone, _("Nur vorher mit Rang:"))):
        if names:
            blocks += [Paragraph(text), BulletList(tuple(names))]
    return Section(_("Nur in einem Ergebnis"), "nur-in-einem", tuple(blocks)) if blocks else None


def _shared(before: Frozen, after: Frozen) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Measures with a rank in both, in the order of the later ranking."""
    earlier = before.by_key
    return [(earlier[row["key"]], row) for row in after.measures if row["key"] in earlier]
