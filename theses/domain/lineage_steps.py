"""The facts that make up the history of theses, read from what the apps know today."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from measures.domain.measure_history import status_histories
from measures.models import AssessmentRound, Measure, Ranking
from measures.reports.standing import Standing, standing_in
from stakeholders.address import address
from theses.models import Conclusion, LineageStep, Thesis, ThesisVersion

STATUS = "status"


Known = set[tuple[int, str]]
History = list[tuple[str, datetime]]


def steps_of(theses: Sequence[Thesis], known: Known) -> Iterator[LineageStep]:
    """Every step that these theses have today, unsaved; few queries however many theses there are.

    `known` are thesis and key of the steps that are stored: what is costly to find out is left out for them.
    """
    versions = ThesisVersion.objects.filter(thesis__in=theses, number__gt=1).order_by("thesis", "number")
    merged = Thesis.objects.filter(merged_into__in=theses).order_by("pk")
    parts = Thesis.objects.filter(split_from__in=theses, state__in=Thesis.PUBLIC_STATES).order_by("pk")
    by_number = {thesis.pk: thesis for thesis in theses}
    for thesis in theses:
        yield from _decisions(thesis)
    for version in versions.select_related("thesis"):
        yield _version(version)
    for source in merged:
        if source.merged_into_id and source.decided_at:
            yield _received(by_number[source.merged_into_id], source, source.decided_at)
    for part in parts:
        if part.split_from_id and part.published_at:
            yield _part(by_number[part.split_from_id], part, part.published_at)
    yield from _measure_steps(theses, known)


def _decisions(thesis: Thesis) -> Iterator[LineageStep]:
    if thesis.published_at:
        yield _step(thesis, "published", thesis.published_at, lambda: _("Die These wurde veröffentlicht."))
    if thesis.state == Thesis.State.MERGED and thesis.decided_at:
        label = lambda: _("Die These wurde mit einer anderen zusammengeführt.")  # noqa: E731
        yield _step(thesis, "merged", thesis.decided_at, label, thesis.merged_into)
    conclusion = conclusion_of(thesis)
    if conclusion:
        kind = conclusion.get_kind_display
        label = lambda: _("Fazit des Projektbüros: %(kind)s") % {"kind": kind()}  # noqa: E731
        yield _step(thesis, "conclusion", conclusion.at, label)
    if conclusion and conclusion.measure:
        measure = conclusion.measure
        label = lambda: _("Die These lebt weiter in der Maßnahme „%(measure)s“.") % {"measure": measure}  # noqa: E731
        yield _step(thesis, f"measure:{measure.pk}", conclusion.at, label, measure)


def conclusion_of(thesis: Thesis) -> Conclusion | None:
    found: Conclusion | None = getattr(thesis, "conclusion", None)
    return found


def _version(version: ThesisVersion) -> LineageStep:
    def label() -> str:
        words = _("Fassung %(number)d veröffentlicht (wesentliche Änderung).")
        return (words if version.substantial else _("Fassung %(number)d veröffentlicht.")) % {"number": version.number}

    step = _step(version.thesis, f"version:{version.number}", version.at, label)
    with translation.override("de"):
        step.address = address("theses:version_list", version.thesis_id, version.thesis.slug)
    return step


def _received(thesis: Thesis, source: Thesis, at: datetime) -> LineageStep:
    label = lambda: _("Eine andere These wurde mit dieser zusammengeführt.")  # noqa: E731
    return _step(thesis, f"received:{source.pk}", at, label, source)


def _part(thesis: Thesis, part: Thesis, at: datetime) -> LineageStep:
    return _step(thesis, f"part:{part.pk}", at, lambda: _("Ein Teil wurde zu einer eigenen These."), part)


def _measure_steps(theses: Sequence[Thesis], known: Known) -> Iterator[LineageStep]:
    """Rounds and rankings since the thesis was published, and the statuses that the measure took on."""
    concerned: dict[int, list[Thesis]] = defaultdict(list)
    measures: dict[int, Measure] = {}
    for thesis in theses:
        conclusion = conclusion_of(thesis)
        for measure in {thesis.measure, conclusion.measure if conclusion else None}:
            if measure and measure.published:
                measures[measure.pk] = measure
                concerned[measure.pk].append(thesis)
    yield from _rounds(measures, concerned)
    yield from _rankings(measures, concerned, known)
    yield from _statuses(measures, concerned)


Concerned = dict[int, list[Thesis]]


def _rounds(measures: dict[int, Measure], concerned: Concerned) -> Iterator[LineageStep]:
    rated = AssessmentRound.measures.through.objects.filter(measure__in=measures)
    opened = rated.filter(assessmentround__opens_at__lte=timezone.now()).exclude(assessmentround__state="draft")
    for row in opened.select_related("assessmentround").order_by("pk"):
        rated_in, measure = row.assessmentround, measures[row.measure_id]

        def label(rated_in: AssessmentRound = rated_in, measure: Measure = measure) -> str:
            words = _("Die Maßnahme „%(measure)s“ wird bewertet: %(round)s")
            return words % {"measure": measure, "round": rated_in}

        for thesis in _since(concerned[measure.pk], rated_in.opens_at):
            yield _step(thesis, f"round:{rated_in.pk}:{measure.pk}", rated_in.opens_at, label, rated_in)


def _rankings(measures: dict[int, Measure], concerned: Concerned, known: Known) -> Iterator[LineageStep]:
    published = Ranking.objects.published().filter(round__measures__in=measures).distinct().listed()
    through = AssessmentRound.measures.through.objects.filter(measure__in=measures)
    rated = set(through.values_list("assessmentround", "measure"))
    for ranking in published.order_by("pk"):
        for number in [number for number in measures if (ranking.round_id, number) in rated]:
            key = f"ranking:{ranking.pk}:{number}"
            since = _since(concerned[number], ranking.created_at)
            told = [thesis for thesis in since if (thesis.pk, key) not in known]
            place = standing_in(ranking, measures[number]) if told else None
            label = _standing_label(ranking, measures[number], place)
            for thesis in told:
                yield _step(thesis, key, ranking.created_at, label, ranking)


def _standing_label(ranking: Ranking, measure: Measure, place: Standing | None) -> Callable[[], str]:
    def label() -> str:
        facts: dict[str, object] = {"round": ranking.round, "measure": measure}
        if place is None or place.rank is None:
            return _("Priorisierung „%(round)s“: Die Maßnahme „%(measure)s“ hat keinen Rang.") % facts
        facts |= {"rank": place.rank, "ranked": place.ranked}
        return _("Priorisierung „%(round)s“: Die Maßnahme „%(measure)s“ hat Rang %(rank)d von %(ranked)d.") % facts

    return label


def _statuses(measures: dict[int, Measure], concerned: Concerned) -> Iterator[LineageStep]:
    """Every status since the thesis was published, and the one at that time unless it was the first of all."""
    last = _last_statuses(concerned)
    histories = status_histories(measures)
    for number, measure in measures.items():
        for thesis in concerned[number]:
            known = last.get((thesis.pk, number))
            times = known[0] if known else 0
            for place, (status, at) in enumerate(_unknown(histories.get(number, []), thesis, known), start=times + 1):
                key = f"{STATUS}:{number}:{place}:{status}"
                yield _step(thesis, key, at, _status_label(measure, status), measure)


def _status_label(measure: Measure, status: str) -> Callable[[], str]:
    def label() -> str:
        words = _("Stand der Maßnahme „%(measure)s“: %(status)s")
        return words % {"measure": measure, "status": Measure.Status(status).label}

    return label


def _unknown(history: History, thesis: Thesis, known: tuple[int, str, datetime] | None) -> History:
    """What of a measure's history is no step of the thesis yet; `known` is the last that is."""
    since = known[2] if known else thesis.published_at
    if not history or since is None:
        return []
    held = [place for place, (status, at) in enumerate(history) if at <= since and (not known or status == known[1])]
    if known:
        return history[held[-1] + 1 :] if held else [step for step in history if step[1] > since]
    place = held[-1] if held else 0
    status, at = history[place]
    first = [] if status == Measure.Status.PROPOSED else [(status, max(at, since))]
    return [*first, *history[place + 1 :]]


def _last_statuses(concerned: Concerned) -> dict[tuple[int, int], tuple[int, str, datetime]]:
    """(thesis, measure) -> how many changes are known, the status after the last, and when it was."""
    theses = {thesis.pk for theses in concerned.values() for thesis in theses}
    rows = LineageStep.objects.filter(thesis__in=theses, key__startswith=f"{STATUS}:")
    last: dict[tuple[int, int], tuple[int, str, datetime]] = {}
    for thesis, key, at in rows.values_list("thesis", "key", "at"):
        _name, measure, times, status = key.split(":")
        pair, found = (thesis, int(measure)), (int(times), status, at)
        last[pair] = max(last.get(pair, found), found)
    return last


def _since(theses: Sequence[Thesis], at: datetime) -> Iterator[Thesis]:
    return (thesis for thesis in theses if thesis.published_at and thesis.published_at <= at)


Linked = Thesis | Measure | AssessmentRound | Ranking | None


def _step(thesis: Thesis, key: str, at: datetime, label: Callable[[], str], linked: Linked = None) -> LineageStep:
    with translation.override("en"):
        english = label()[:300]
    with translation.override("de"):
        link = str(linked.get_absolute_url()) if linked else ""
        return LineageStep(thesis=thesis, key=key, label=label()[:300], label_en=english, address=link, at=at)
