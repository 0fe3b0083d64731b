"""Mails about what the project office decided on a published thesis, all from one template."""

from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stakeholders.mails import Message, render_message
from stakeholders.models import Stakeholder
from theses.follow_links import end_link, one_click
from theses.models import Conclusion, LineageStep, Thesis, VersionProposal

DETAIL, LINEAGE = "theses:thesis_detail", "theses:thesis_lineage"


def version_published(thesis: Thesis, author: Stakeholder) -> Message:
    text = _("das Projektbüro hat Ihre neue Fassung veröffentlicht:")
    fact = f"version:{thesis.version}"
    return news(thesis, author, fact, _("Ihre neue Fassung ist veröffentlicht"), text)


def version_refused(thesis: Thesis, author: Stakeholder, proposal: VersionProposal) -> Message:
    text = _("das Projektbüro veröffentlicht Ihre neue Fassung nicht. Diese These gilt weiter:")
    fact = f"version_refused:{proposal.pk}"
    return news(
        thesis, author, fact, _("Ihre neue Fassung wird nicht veröffentlicht"), text, words=proposal.decision_reason
    )


def version_changed(thesis: Thesis, person: Stakeholder) -> Message:
    text = _("Sie haben zu dieser These Haltung bezogen. Sie wurde seither wesentlich geändert und lautet jetzt:")
    fact = f"version:{thesis.version}"
    return news(thesis, person, fact, _("Bitte sehen Sie sich eine These noch einmal an"), text)


def merged(source: Thesis, person: Stakeholder, reason: str) -> Message:
    """About the thesis that was merged; its page leads to the other one."""
    text = _("das Projektbüro hat diese These mit einer anderen zusammengeführt. Auf ihrer Seite steht, mit welcher:")
    heading = _("Eine These wurde zusammengeführt")
    return news(source, person, "merged", heading, text, words=reason)


def received_merged(target: Thesis, source: Thesis, person: Stakeholder, reason: str) -> Message:
    text = _("das Projektbüro hat eine andere These, die dasselbe sagt, mit dieser zusammengeführt:")
    heading = _("Eine These wurde zusammengeführt")
    return news(target, person, f"received:{source.pk}", heading, text, words=reason)


def split(thesis: Thesis, person: Stakeholder, reason: str) -> Message:
    text = _("das Projektbüro hat diese These aufgeteilt. Auf ihrer Seite stehen die Teile:")
    return news(thesis, person, "split", _("Eine These wurde aufgeteilt"), text, words=reason)


def concluded(thesis: Thesis, person: Stakeholder, conclusion: Conclusion) -> Message:
    text = _("die Diskussion dieser These ist abgeschlossen:")
    heading = _("Fazit zu einer These")
    return news(thesis, person, "concluded", heading, text, words=conclusion.text, listens=True)


def moved(thesis: Thesis, person: Stakeholder, step: LineageStep) -> Message:
    text = _("es gibt einen neuen Schritt in der Geschichte dieser These:")
    words = step.label_en or step.label if person.language == "en" else step.label
    heading = _("Was aus der These wurde")
    return news(thesis, person, f"step:{step.key}", heading, text, words=words, route=LINEAGE, listens=True)


def news(
    thesis: Thesis,
    person: Stakeholder,
    fact: str,
    heading: Promise | str,
    text: Promise | str,
    *,
    words: str = "",
    route: str = DETAIL,
    listens: bool = False,
) -> Message:
    """One fact about a thesis, told to each person once. `words` of the project office stand below the thesis.

    `listens`: because they follow the thesis, which a link in the mail ends; authors are told in any case.
    """
    context: dict[str, object] = {"thesis": thesis, "heading": heading, "text": text, "words": words, "route": route}
    ends = listens and thesis.author_id != person.pk
    link = end_link(thesis, person) if ends else ""
    context["end_link"] = link
    key = f"thesis:{thesis.pk}:{fact}:{person.pk}"
    kind = f"thesis_{fact.split(':')[0]}"
    message = render_message("theses/news", key=key, kind=kind, person=person, context=context)
    return replace(message, headers=one_click(link)) if ends else message
