"""All figures on the theses of one conversation, from counts; and the orders in which they are told.

Definitions: methods section 2. Pure functions: the cost does not depend on how many people answered.
"""

from dataclasses import dataclass

import numpy as np

from theses.domain.common_ground import (
    CommonGround,
    Label,
    Rules,
    common_ground,
    group_informed_consensus,
    within,
)
from theses.domain.divisiveness import Between, Typical, between, typical
from theses.domain.intervals import Floats, Ints

BRIDGES = (Label.CONSENSUS_AGREE, Label.CONSENSUS_REJECT)
DIVIDES = (Label.DIVIDED_BETWEEN, Label.DIVIDED_WITHIN)


@dataclass(frozen=True, eq=False)
class OpinionAnalysis:
    """Everything over [group, thesis] or [thesis]; see the parts. `within` [J] from 0 to 1; `gic` and `gic_geometric`
    [J] for comparison with Polis."""

    counts: Ints
    ground: CommonGround
    within: Floats
    between: Between
    typical: Typical
    gic: Floats
    gic_geometric: Floats

    def bridges(self) -> Ints:
        """Theses on which every group is of one mind, the surest first."""
        strength = np.fmax(self.ground.floor, self.ground.floor_rejection)
        return self._labelled(BRIDGES, strength)

    def divides(self) -> Ints:
        """Contested theses: first between groups, those furthest apart first; then inside, the most even first."""
        apart = self._labelled(DIVIDES[:1], self.between.value)
        return np.concatenate([apart, self._labelled(DIVIDES[1:], self.within)])

    def _labelled(self, labels: tuple[Label, ...], key: Floats) -> Ints:
        places = np.array([j for j, label in enumerate(self.ground.labels) if label in labels], dtype=np.int64)
        return places[np.argsort(-key[places], kind="stable")]


def analyse(counts: Ints, rules: Rules, *, seed: int) -> OpinionAnalysis:
    """`counts` int[G, J, 3] as `tally` makes them; pass them through `publishable` before anything is published, with
    rules that know its last row as undeclared (`with_hidden`)."""
    gic, gic_geometric = group_informed_consensus(counts, rules)
    return OpinionAnalysis(
        counts=counts,
        ground=common_ground(counts, rules),
        within=within(counts, smallest_voice=rules.smallest_voice),
        between=between(counts, rules, seed=seed),
        typical=typical(counts, rules),
        gic=gic,
        gic_geometric=gic_geometric,
    )


def with_hidden(rules: Rules) -> Rules:
    """The rules for counts with the row that `publishable` adds."""
    return Rules(
        declared=np.append(rules.declared, False),
        required=np.append(rules.required, False),
        population=np.append(rules.population, np.nan),
        smallest_voice=rules.smallest_voice,
    )
