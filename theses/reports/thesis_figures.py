"""The stances on one thesis as a document for data files; it says what the page of the thesis says."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from publishing.document import Document, KeyFigure, KeyFigures, Note, Paragraph, Section, TableBlock
from publishing.tables import Cell, Column, Interval, Table
from stakeholders.models import StakeholderGroup
from theses.domain.opinions import Answers, equal_voice, everybody, wilson
from theses.domain.stance_counts import counts_of
from theses.models import Thesis
from theses.reports.ground import ground_of
from theses.reports.opinions import HIDDEN, rows_of


def thesis_figures(thesis: Thesis, language: str) -> Document | None:
    """Small cells are hidden, as in `theses.reports.opinions`; None while there are too few answers to tell of."""
    with translation.override(language):
        counts = counts_of([thesis])[thesis.pk]
        told = everybody(counts)
        if told is None:
            return None
        names = {group.pk: str(group) for group in StakeholderGroup.objects.all()}
        voice, ground = equal_voice(counts, excluded=frozenset([None])), ground_of(counts, names)
        figures = KeyFigures(
            "zahlen",
            _("Haltungen in Zahlen"),
            (
                KeyFigure("answers", _("Antworten"), told.total),
                KeyFigure("per_head", _("Zustimmung je Kopf"), told.agree / told.total, "percent"),
                KeyFigure(
                    "equal_voice", _("Zustimmung, jede Gruppe zählt gleich"), voice.share if voice else None, "percent"
                ),
                KeyFigure("label", _("Einordnung"), ground.name, "text"),
            ),
        )  # fmt: skip
        caution = _(
            "Die Teilnahme ist freiwillig und nicht repräsentativ für Sachsen. Weniger als fünf Antworten werden nicht "
            "gezeigt."
        )
        blocks = (figures, Paragraph(" ".join(ground.sentences)), TableBlock(_table(rows_of(counts, names))))
        section = Section(_("Haltungen nach Akteursgruppe"), "haltungen", (*blocks, Note(caution, "", "warning")))
        return Document(thesis.sentence, language, timezone.localdate(), (section,))


def _table(rows: list[tuple[str, Answers]]) -> Table:
    columns = (
        Column("group", _("Gruppe")),
        Column("answers", _("Antworten"), "integer"),
        Column("agree", _("Zustimmung"), "integer"),
        Column("neutral", _("neutral"), "integer"),
        Column("disagree", _("Ablehnung"), "integer"),
        Column("passed", _("weiß nicht"), "integer"),
        Column("share", _("Anteil Zustimmung"), "percent", 0),
        Column("interval", _("95-%-Intervall"), "percent_interval", 0),
    )
    cells = tuple((name, *_cells(answers)) for name, answers in rows)
    return Table("haltungen", _("Haltungen nach Akteursgruppe"), columns, cells, main=True)


def _cells(answers: Answers) -> tuple[Cell, ...]:
    shares, ends = answers.shares(), wilson(answers.agree, answers.total)
    if answers.is_small or shares is None or ends is None:
        return (HIDDEN,) * 7
    numbers = (answers.total, answers.agree, answers.neutral, answers.disagree, answers.passed)
    return (*numbers, shares[0], Interval(*ends))
