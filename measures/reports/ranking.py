from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from measures.models import Ranking
from measures.reports.acceptability import acceptability_section
from measures.reports.changes import changes_section
from measures.reports.differences import differences_section
from measures.reports.dissent import dissent_section
from measures.reports.districts import districts_section
from measures.reports.frozen import Frozen
from measures.reports.groups import criteria_section, groups_section
from measures.reports.method import method_section
from measures.reports.not_ranked import not_ranked_section
from measures.reports.overview import overview_section
from measures.reports.participation import participation_section
from measures.reports.results import ranking_section
from measures.reports.sensitivity import sensitivity_section
from publishing.document import Document, Section


def build(ranking: Ranking, language: str) -> Document:
    """The report of a frozen ranking, in the order in which a ministry reads: what came out, how certain it is, who
    carried it, what would change it. Every number stands in `ranking.result`; what small groups said is hidden here."""
    frozen = Frozen(ranking, language)
    with translation.override(language):
        sections: tuple[Section | None, ...] = (
            overview_section(frozen),
            changes_section(frozen),
            ranking_section(frozen),
            acceptability_section(frozen),
            groups_section(frozen),
            criteria_section(frozen),
            differences_section(frozen),
            dissent_section(frozen),
            districts_section(frozen),
            sensitivity_section(frozen),
            participation_section(frozen),
            not_ranked_section(frozen),
            method_section(frozen),
        )
        return Document(
            title=_("Priorisierung: %(round)s") % {"round": frozen.title},
            subtitle=_("Bericht über eine Bewertungsrunde, Fassung %(version)d") % {"version": ranking.version},
            language=language,
            date=timezone.localtime(ranking.created_at).date(),
            sections=tuple(section for section in sections if section is not None),
            publisher=_("ZukunftsWerkstatt INDUSTRIE, Projektbüro"),
            meta=_meta(frozen),
        )


def _meta(frozen: Frozen) -> tuple[tuple[str, str], ...]:
    ranking = frozen.ranking
    pairs = [
        (_("Herausgeber"), _("ZukunftsWerkstatt INDUSTRIE, Projektbüro")),
        (_("Fassung"), str(ranking.version)),
        (_("Prüfsumme"), ranking.hash),
        (_("Software"), f"{settings.SOFTWARE_VERSION}, {frozen.result['software']}"),
    ]
    if ranking.note:
        pairs.insert(2, (_("Was sich geändert hat"), ranking.note))
    if ranking.round.demo:
        pairs.insert(0, (_("Achtung"), _("Demonstration mit erfundenen Bewertungen")))
    return tuple(pairs)
