from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.utils.translation import gettext as _

from measures.domain.prioritisation import prioritise
from measures.domain.ranking_archive import pack
from measures.domain.ranking_output import ranking_output
from measures.domain.round_ratings import RoundRatings, read_round
from measures.models import AssessmentRound, Ranking
from measures.verbs import MeasureVerb
from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import District, Stakeholder, StakeholderGroup


@transaction.atomic
def freeze(*, assessment_round: AssessmentRound, actor: Stakeholder, note: str = "") -> Ranking:
    """Compute the ranking of a finished round once and keep it for good, with its input, hash and titles.

    Freezing again with the same answers and titles returns the latest version; otherwise a new version is made, whose
    `note` says what changed. The lock on the round makes two people who freeze at once wait for each other.
    """
    locked = AssessmentRound.objects.select_for_update().get(pk=assessment_round.pk)
    if not locked.is_over:
        raise Refusal(_("Die Runde läuft noch. Ein Ergebnis lässt sich erst einfrieren, wenn sie beendet ist."))
    ratings = read_round(locked)
    if not len(ratings.data.rating):
        raise Refusal(_("In dieser Runde hat niemand eine Maßnahme bewertet. Es gibt nichts einzufrieren."))
    result = ranking_output(prioritise(ratings.data))
    labels = _labels(locked, ratings)
    latest = locked.rankings.order_by("-version").defer("data", "result").first()
    if latest and latest.hash == result["hash"] and latest.labels == labels:
        return latest
    ranking = Ranking.objects.create(
        round=locked,
        version=latest.version + 1 if latest else 1,
        data=pack(ratings.data),
        result=result,
        labels=labels,
        hash=result["hash"],
        note=note or _change(latest, result["hash"]),
        created_by=actor,
    )
    facts = {"version": ranking.version, "hash": ranking.hash}
    record(MeasureVerb.RANKING_FROZEN, actor=actor, target=ranking, facts=facts)
    return ranking


@transaction.atomic
def publish_ranking(*, ranking: Ranking, actor: Stakeholder) -> None:
    """Everybody may read it from now on. Publishing again does nothing."""
    _set_published(ranking, True, MeasureVerb.RANKING_PUBLISHED, actor)


@transaction.atomic
def withdraw_ranking(*, ranking: Ranking, actor: Stakeholder) -> None:
    """Only the ministry and the project office may read it from now on. Withdrawing again does nothing."""
    _set_published(ranking, False, MeasureVerb.RANKING_WITHDRAWN, actor)


def note_download(*, ranking: Ranking, reader: Stakeholder | AnonymousUser, extension: str) -> None:
    """Downloads of people who are signed in are on record; what is public may be fetched without a trace."""
    if isinstance(reader, Stakeholder):
        facts = {"version": ranking.version, "format": extension}
        record(MeasureVerb.REPORT_DOWNLOADED, actor=reader, target=ranking, facts=facts)


def _set_published(ranking: Ranking, published: bool, verb: MeasureVerb, actor: Stakeholder) -> None:
    if Ranking.objects.filter(pk=ranking.pk, published=not published).update(published=published):
        record(verb, actor=actor, target=ranking, facts={"version": ranking.version})


def _change(latest: Ranking | None, new_hash: str) -> str:
    """The note of a version for which nobody wrote one; empty for the first."""
    if latest is None:
        return ""
    if latest.hash != new_hash:
        return _("Gegenüber Fassung %(version)d haben sich die Eingangsdaten geändert.") % {"version": latest.version}
    return _("Gegenüber Fassung %(version)d haben sich Bezeichnungen geändert.") % {"version": latest.version}


def _labels(assessment_round: AssessmentRound, ratings: RoundRatings) -> dict[str, Any]:
    """What the keys of the result mean in both languages at this moment, and the terms that were published.

    Lists, because the database keeps no order of the keys of an object.
    """
    return {
        "round": {
            "slug": assessment_round.slug,
            "title": _both(assessment_round, "title"),
            "question": _both(assessment_round, "question"),
            "opens_at": assessment_round.opens_at.isoformat(),
            "closes_at": assessment_round.closes_at.isoformat(),
        },
        "criteria": [
            {
                "key": criterion.key,
                **_both(criterion, "label"),
                "question": _both(criterion, "question"),
                "weight": float(criterion.weight),
            }
            for criterion in assessment_round.criteria.all()
        ],
        "measures": [{"key": row.slug, **_both(row, "title")} for row in assessment_round.measures.all()],
        "groups": [{"key": row.key, **_both(row, "name")} for row in StakeholderGroup.objects.all()],
        "districts": [{"key": row.key, **_both(row, "name")} for row in District.objects.all()],
        "unknown": ratings.unknown,
    }


def _both(row: models.Model, field: str) -> dict[str, str]:
    german = getattr(row, field)
    return {"de": german, "en": getattr(row, f"{field}_en") or german}
