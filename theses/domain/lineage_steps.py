"""The facts that make up the history of theses, read from what the apps know today."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from measures.domain.changes import Known, changes_since
from measures.models import AssessmentRound, Measure, Ranking
from measures.reports.standing import Standing, standing_in
from publishing.numbers import percent
from stakeholders.address import address
from theses.models import Conclusion, LineageStep, Thesis, ThesisVersion

CHANGED = "status"
"""Keys of what a measure tells of itself begin with this word: what it told first was its status."""

Stored = set[tuple[int, str]]


def steps_of(theses: Sequence[Thesis], known: Stored) -> Iterator[LineageStep]:
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
        yield from _answers(thesis, conclusion)
        kind = conclusion.get_kind_display
        label = lambda: _("Fazit des Projektbüros: %(kind)s") % {"kind": kind()}  # noqa: E731
        yield _step(thesis, "conclusion", conclusion.at, label)
    if conclusion and conclusion.measure:
        measure = conclusion.measure
        label = lambda: _("Die These lebt weiter in der Maßnahme „%(measure)s“.") % {"measure": measure}  # noqa: E731
        yield _step(thesis, f"measure:{measure.pk}", conclusion.at, label, measure)


def _answers(thesis: Thesis, conclusion: Conclusion) -> Iterator[LineageStep]:
    """Where the groups stood at the end, from the figures that the conclusion keeps; nothing where too few answered."""
    told, equal_voice = conclusion.shares.get("told"), conclusion.shares.get("equal_voice")
    if not told:
        return

    def label() -> str:
        facts = {"answers": told["answers"], "share": _percent(told["agree"])}
        text = _("Haltungen am Ende: %(answers)d Antworten, %(share)s stimmen zu.") % facts
        if equal_voice is None:
            return text
        return (
            text
            + " "
            + _("Zählt jede Akteursgruppe gleich viel, sind es %(share)s.") % {"share": _percent(equal_voice)}
        )

    step = _step(thesis, "answers", conclusion.at, label)
    with translation.override("de"):
        step.address = f"{thesis.get_absolute_url()}#fazit"
    yield step


def _percent(share: float) -> str:
    return percent(share, translation.get_language() or "de", 0)


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


def _measure_steps(theses: Sequence[Thesis], known: Stored) -> Iterator[LineageStep]:
    """Rounds and rankings since the thesis was published, and what the measure tells of itself."""
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
    yield from _changes(measures, concerned)


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


def _rankings(measures: dict[int, Measure], concerned: Concerned, known: Stored) -> Iterator[LineageStep]:
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


def _changes(measures: dict[int, Measure], concerned: Concerned) -> Iterator[LineageStep]:
    """Measures say themselves what has happened to them; each thesis is told what came after its last such step."""
    last = _last_changes(concerned)
    rows: list[tuple[Thesis, int, Known]] = []
    for number, measure in measures.items():
        for thesis in concerned[number]:
            times, fact, at = last.get((thesis.pk, number), (0, "", thesis.published_at))
            if at:
                rows.append((thesis, times, Known(measure, fact, at)))
    for (thesis, times, known), changes in zip(rows, changes_since([row[2] for row in rows]), strict=True):
        for place, change in enumerate(changes, start=times + 1):
            key = f"{CHANGED}:{known.measure.pk}:{place}:{change.fact}"
            yield _step(thesis, key, change.at, change.label, known.measure)


def _last_changes(concerned: Concerned) -> dict[tuple[int, int], tuple[int, str, datetime]]:
    """(thesis, measure) -> how many changes are known, the last fact and its day."""
    theses = {thesis.pk for theses in concerned.values() for thesis in theses}
    steps = LineageStep.objects.filter(thesis__in=theses, key__startswith=f"{CHANGED}:")
    last: dict[tuple[int, int], tuple[int, str, datetime]] = {}
    for thesis, key, at in steps.values_list("thesis", "key", "at"):
        _name, measure, times, fact = key.split(":")
        pair = thesis, int(measure)
        if pair not in last or last[pair][0] < int(times):
            last[pair] = int(times), fact, at
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
