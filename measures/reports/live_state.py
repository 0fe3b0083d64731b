"""How a round stands: who has taken part, which measures have enough voices, what is missing. No score and no rank."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from measures.domain.live_state import GRADES, Answers, LiveState, Raters, live_state
from measures.domain.rating_data import Options
from measures.models import AssessmentRound, Criterion, Measure
from publishing.kept import kept
from stakeholders.models import District, StakeholderGroup

MINUTE = 60
SMALLEST = Options.min_cell


@dataclass(frozen=True)
class Missing:
    """What a measure still needs to be ranked: these required groups, and so many other groups."""

    required: tuple[StakeholderGroup, ...]
    others: int

    def __bool__(self) -> bool:
        return bool(self.required) or self.others > 0


@dataclass(frozen=True)
class Live:
    """The counts of a round with the names they belong to; nothing is hidden here yet."""

    round: AssessmentRound
    state: LiveState
    measures: tuple[Measure, ...]
    criteria: tuple[Criterion, ...]
    groups: tuple[StakeholderGroup, ...]
    districts: tuple[District, ...]
    required: frozenset[int]

    @cached_property
    def people(self) -> int:
        return sum(raters.count for raters in self.state.raters)

    def people_by(self, trait: str) -> Counter[Hashable]:
        """By `group`, `district`, `day` or `channel` of `Raters`."""
        if trait not in Raters.__slots__:
            raise ValueError(f"Raters have no {trait!r}")
        counts = Counter[Hashable]()
        for raters in self.state.raters:
            counts[getattr(raters, trait)] += raters.count
        return counts

    @cached_property
    def cells(self) -> dict[tuple[int, int, int], Answers]:
        return {(answers.measure, answers.criterion, answers.group): answers for answers in self.state.answers}

    def voices(self, measure: Measure, group: StakeholderGroup) -> int:
        """On the criterion with the fewest of those that weigh: so many the ranking can count on."""
        keys = [(measure.pk, criterion.pk, group.pk) for criterion in self.criteria if criterion.weight > 0]
        return min((self.cells[key].voices if key in self.cells else 0 for key in keys), default=0)

    def has_voice(self, measure: Measure, group: StakeholderGroup) -> bool:
        return self.voices(measure, group) >= self.round.min_raters

    def voiced(self, measure: Measure) -> int:
        """How many groups have enough voices."""
        return sum(self.has_voice(measure, group) for group in self.groups)

    def missing(self, measure: Measure) -> Missing:
        required = tuple(g for g in self.groups if g.pk in self.required and not self.has_voice(measure, g))
        others = self.round.min_groups - self.voiced(measure) - len(required)
        return Missing(required, max(others, 0))

    @cached_property
    def covered(self) -> int:
        """How many measures could be ranked if the round ended now."""
        return sum(not self.missing(measure) for measure in self.measures)

    def unknown(self, measure: Measure) -> tuple[int, int]:
        """How many answers were "kann ich nicht beurteilen", of how many."""
        found = [answers for answers in self.state.answers if answers.measure == measure.pk]
        given = sum(answers.given for answers in found)
        return given - sum(sum(answers.grades) for answers in found), given

    def raters_of(self, measure: Measure) -> int:
        """At least so many people have answered something about it."""
        given = Counter[int]()
        for answers in self.state.answers:
            if answers.measure == measure.pk:
                given[answers.criterion] += answers.given
        return max(given.values(), default=0)

    def middle(self, measure: Measure, criterion: Criterion) -> tuple[int, int | None]:
        """How many chose a grade, and the grade in the middle; of an even number the lower one, a step somebody chose.

        No mean: with its decimals one could tell the next answer from two looks at the page.
        """
        found = [a.grades for a in self.state.answers if (a.measure, a.criterion) == (measure.pk, criterion.pk)]
        counts = [sum(column) for column in zip(*found, strict=True)]
        total, passed = sum(counts), 0
        for grade, count in zip(GRADES, counts, strict=False):
            passed += count
            if count and passed * 2 >= total:
                return total, grade
        return 0, None


def build(assessment_round: AssessmentRound) -> Live:
    """The counts may be a minute old, because each look at them reads every answer; the names are those of now."""
    pk = assessment_round.pk
    return Live(
        round=assessment_round,
        state=kept("live-state", pk, seconds=MINUTE, draw=lambda: live_state(assessment_round)),
        measures=tuple(assessment_round.measures.order_by("field_of_action__position", "position", "title")),
        criteria=tuple(assessment_round.criteria.all()),
        groups=tuple(StakeholderGroup.objects.all()),
        districts=tuple(District.objects.all()),
        required=frozenset(assessment_round.required_groups.values_list("pk", flat=True)),
    )
