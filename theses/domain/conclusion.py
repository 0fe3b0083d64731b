"""The end of a discussion: what the project office makes of it, and the figures of that moment."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.models import Measure
from stakeholders.domain.outbox import post_many
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder, StakeholderGroup
from theses.domain.lineage import listeners, look
from theses.domain.moderation import check_office, check_published, locked, note
from theses.domain.opinions import Answers, equal_voice, everybody
from theses.domain.stance_counts import counts_of
from theses.models import Conclusion, Thesis
from theses.news import concluded
from theses.verbs import ThesisVerb


@transaction.atomic
def conclude(*, thesis: Thesis, kind: str, text: str, measure: Measure | None, actor: Stakeholder) -> Conclusion:
    """Closes the thesis for good and tells its author and those who follow it. A conclusion is never changed.

    Raises Refusal without a text, when TAKEN_UP names no measure, or when somebody came first.
    """
    check_office(actor)
    if not text.strip():
        raise Refusal(_("Bitte schreiben Sie, wie Sie zu diesem Fazit kommen."), "text")
    if kind == Conclusion.Kind.TAKEN_UP and measure is None:
        raise Refusal(_("Nennen Sie die Maßnahme, in der die These weiterlebt."), "measure")
    thesis = locked(thesis)
    check_published(thesis)
    now = timezone.now()
    thesis.state = Thesis.State.CLOSED
    thesis.decision_reason = ""
    thesis.decided_at = now
    thesis.save(update_fields=("state", "decision_reason", "decided_at"))
    conclusion = Conclusion.objects.create(
        thesis=thesis, kind=kind, text=text.strip(), measure=measure, shares=shares_of(thesis), author=actor, at=now
    )
    note(ThesisVerb.CONCLUDED, thesis, actor, facts={"kind": kind})
    post_many(concluded(thesis, person, conclusion) for person in listeners(thesis))
    look(thesis)
    return conclusion


def shares_of(thesis: Thesis) -> dict[str, object]:
    """What may be told of the stances: all together and rows, each with its name; `told` None: too few answered.

    A group of fewer than five has no figures, and is left out of `told` where else it could be worked out.
    """
    counts = counts_of([thesis])[thesis.pk]
    told, voice = everybody(counts), equal_voice(counts, excluded=frozenset([None]))
    names = {group.pk: group for group in StakeholderGroup.objects.all()}
    groups = [
        {"name": names[key].name, "name_en": names[key].name_en, **_figures(counts[key])}
        for key in names
        if key in counts
    ]
    if None in counts:
        groups.append({"name": "ohne Angabe", "name_en": "not stated", **_figures(counts[None])})
    return {
        "told": _figures(told) if told else None,
        "equal_voice": voice.share if voice else None,
        "groups": groups if told else [],
    }


def _figures(answers: Answers) -> dict[str, object]:
    shares = answers.shares()
    if answers.is_small or shares is None:
        return {"hidden": True}
    return {"answers": answers.total} | dict(zip(("agree", "neutral", "disagree", "passed"), shares, strict=True))
