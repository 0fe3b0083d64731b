from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from measures.domain.disk_space import refuse_if_full
from measures.domain.prioritisation import prioritise
from measures.domain.ranking_archive import pack
from measures.domain.ranking_labels import labels
from measures.domain.ranking_output import ranking_output
from measures.domain.round_ratings import read_round
from measures.models import AssessmentRound, Ranking, ReportLink
from measures.verbs import MeasureVerb
from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder

LONGEST_NOTE = 500


def freeze(*, assessment_round: AssessmentRound, actor: Stakeholder, note: str = "") -> Ranking:
    """Compute the ranking of a finished round once and keep it for good, with its input, hash and titles.

    Freezing again with the same answers and titles returns the latest version; otherwise a new version is made, whose
    `note` has to say what changed. With a full disk nothing is kept.
    """
    try:
        return _freeze(assessment_round, actor, note.strip())
    except (OSError, OperationalError) as fault:
        refuse_if_full(fault)


@transaction.atomic
def _freeze(assessment_round: AssessmentRound, actor: Stakeholder, note: str) -> Ranking:
    """The lock on the round makes two people who freeze at once wait for each other."""
    locked = AssessmentRound.objects.select_for_update().get(pk=assessment_round.pk)
    if not locked.is_over:
        raise Refusal(_("Die Runde läuft noch. Ein Ergebnis lässt sich erst einfrieren, wenn sie beendet ist."))
    ratings = read_round(locked)
    if not len(ratings.data.rating):
        raise Refusal(_("In dieser Runde hat niemand eine Maßnahme bewertet. Es gibt nichts einzufrieren."))
    result = ranking_output(prioritise(ratings.data))
    names = labels(locked, ratings, result)
    latest = locked.rankings.order_by("-version").defer("data", "result").first()
    if latest and latest.hash == result["hash"] and latest.labels == names:
        return latest
    _check_note(note, latest, result["hash"])
    ranking = Ranking.objects.create(
        round=locked,
        version=latest.version + 1 if latest else 1,
        data=pack(ratings.data),
        result=result,
        labels=names,
        hash=result["hash"],
        note=note,
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


def note_download(
    *, ranking: Ranking, reader: Stakeholder | AnonymousUser, extension: str, link: ReportLink | None = None
) -> None:
    """Downloads of people who are signed in and those by a `link` are on record, the latter with the number of the
    link; what is public may be fetched without a trace."""
    person = reader if isinstance(reader, Stakeholder) else None
    if person or link:
        facts: dict[str, object] = {"version": ranking.version, "format": extension}
        facts |= {"link": link.pk} if link else {}
        record(MeasureVerb.REPORT_DOWNLOADED, actor=person, target=ranking, facts=facts)


def _set_published(ranking: Ranking, published: bool, verb: MeasureVerb, actor: Stakeholder) -> None:
    if Ranking.objects.filter(pk=ranking.pk, published=not published).update(published=published):
        record(verb, actor=actor, target=ranking, facts={"version": ranking.version})


def _check_note(note: str, latest: Ranking | None, new_hash: str) -> None:
    """A correction says what changed; nobody but the office knows why."""
    if len(note) > LONGEST_NOTE:
        raise Refusal(
            _("Bitte sagen Sie mit höchstens %(count)d Zeichen, was sich geändert hat.") % {"count": LONGEST_NOTE},
            "note",
        )
    if latest is None or note:
        return
    change = _("die Eingangsdaten") if latest.hash != new_hash else _("Bezeichnungen oder Angaben zur Beteiligung")
    sentence = _(
        "Gegenüber Fassung %(version)d haben sich %(change)s geändert. Bitte schreiben Sie für die neue Fassung dazu, "
        "was sich geändert hat und warum; das geht unter „Berichte“ mit „Neu einfrieren“."
    )
    raise Refusal(sentence % {"version": latest.version, "change": change}, "note")
