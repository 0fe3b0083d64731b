"""Page 1: the question, who answered it, three sentences of result, and what they may not be taken for."""

import textwrap
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.reports.frozen import Frozen
from publishing import numbers
from publishing.document import Block, BulletList, KeyFigure, KeyFigures, Note, Paragraph, Section
from publishing.tables import Suppressed

MOST_NAMED = 10
LONGEST_TITLE = 110
LONGEST_LEAD = 200


def overview_section(frozen: Frozen) -> Section:
    blocks: list[Block] = [
        Paragraph(frozen.question, lead=len(frozen.question) <= LONGEST_LEAD),
        Paragraph(_participation(frozen)),
        _figures(frozen),
    ]
    blocks += [Paragraph(sentence) for sentence in _result(frozen)]
    secured = [frozen.measure(measure["key"]) for measure in frozen.measures if measure["status"] == "secured"]
    if secured:
        text = _("Gesichert unter den ersten %(top)d stehen:") % {"top": frozen.options["top"]}
        blocks += [Paragraph(text), BulletList(_named(secured))]
    blocks.append(Note(_caution(frozen), _("Wie belastbar ist das?"), "warning"))
    return Section(_("Auf einen Blick"), "ueberblick", tuple(blocks), ends_page=True)


def _named(titles: list[str]) -> tuple[str, ...]:
    """As many as fit on the page with everything else, shortened to one line and a half."""
    named = tuple(textwrap.shorten(title, LONGEST_TITLE, placeholder=" …") for title in titles[:MOST_NAMED])
    more = len(titles) - len(named)
    return (*named, _("und %(count)d weitere, siehe Rangfolge") % {"count": more}) if more else named


def _participation(frozen: Frozen) -> str:
    raters = frozen.raters
    names = {
        "raters": raters if isinstance(raters, Suppressed) else numbers.integer(raters, frozen.language),
        "groups": _groups_present(frozen),
        "start": numbers.date_text(frozen.opened, frozen.language, weekday=False),
        "end": numbers.date_text(frozen.closed, frozen.language, weekday=False),
    }
    return _("Vom %(start)s bis zum %(end)s haben %(raters)s Personen aus %(groups)d Akteursgruppen bewertet.") % names


def _figures(frozen: Frozen) -> KeyFigures:
    secured = sum(measure["status"] == "secured" for measure in frozen.measures)
    return KeyFigures(
        "figures",
        _("Die Runde in Zahlen"),
        (
            KeyFigure("raters", _("Bewertende"), frozen.raters),
            KeyFigure("groups", _("Akteursgruppen"), _groups_present(frozen)),
            KeyFigure("ranked", _("Maßnahmen mit Rang"), len(frozen.measures)),
            KeyFigure("secured", _("gesichert an der Spitze"), secured if frozen.has_certainty else None),
        ),
    )


def _result(frozen: Frozen) -> list[str]:
    if not frozen.measures:
        return [_("Keine Maßnahme hat genug Bewertungen für einen Rang. Die Gründe stehen unten.")]
    return [_first_place(frozen), _top(frozen), _stability(frozen)]


def _first_place(frozen: Frozen) -> str:
    first = [measure for measure in frozen.measures if measure["rank"] == 1]
    values = {
        "measures": " / ".join(_("„%(name)s“") % {"name": frozen.measure(measure["key"])} for measure in first),
        "score": _points(frozen, first[0]),
        "count": len(frozen.measures),
    }
    if len(first) > 1:
        return _(
            "Gleichauf an erster Stelle von %(count)d Maßnahmen stehen %(measures)s mit %(score)s von 100 Punkten."
        ) % (values)
    return _("An erster Stelle von %(count)d Maßnahmen steht %(measures)s mit %(score)s von 100 Punkten.") % values


def _points(frozen: Frozen, measure: dict[str, Any]) -> str:
    score = frozen.score(measure)
    return str(score) if isinstance(score, Suppressed) else numbers.decimal(score, frozen.language)


def _top(frozen: Frozen) -> str:
    if not frozen.has_certainty:
        return _(
            "Wie sicher die Ränge sind, lässt sich nicht sagen: Aus jeder Gruppe hat höchstens eine Person bewertet."
        )
    statuses = [measure["status"] for measure in frozen.measures]
    secured, possible = statuses.count("secured"), statuses.count("possible")
    sentence = ngettext(
        "Eine Maßnahme gehört gesichert zu den ersten %(top)d, bei %(possible)d weiteren ist es möglich.",
        "%(secured)d Maßnahmen gehören gesichert zu den ersten %(top)d, bei %(possible)d weiteren ist es möglich.",
        secured,
    )
    return sentence % {"secured": secured, "possible": possible, "top": frozen.options["top"]}


def _stability(frozen: Frozen) -> str:
    stable = sum(measure["stable"] for measure in frozen.measures)
    text = _(
        "Bei %(stable)d von %(count)d Maßnahmen ändert keine der geprüften anderen Rechenweisen, "
        "ob sie zu den ersten %(top)d gehören."
    )
    return text % {"stable": stable, "count": len(frozen.measures), "top": frozen.options["top"]}


def _caution(frozen: Frozen) -> str:
    text = _(
        "Wer bewertet hat, hat sich selbst dazu entschieden. Das Ergebnis ist deshalb nicht repräsentativ für Sachsen. "
        "Die Intervalle beschreiben mit %(confidence)s Sicherheit, wie stark sich das Ergebnis ändern würde, wenn "
        "andere Menschen derselben Art teilgenommen hätten; mehr besagen sie nicht. Maßgeblich ist nicht der einzelne "
        "Rang, sondern ob eine Maßnahme gesichert, möglicherweise oder nicht zu den ersten %(top)d gehört."
    )
    confidence = numbers.percent(frozen.options["confidence"], frozen.language, 0)
    return text % {"confidence": confidence, "top": frozen.options["top"]}


def _groups_present(frozen: Frozen) -> int:
    by_group = frozen.result["participation"]["by_group"]
    return sum(1 for key in frozen.groups if by_group[key])
