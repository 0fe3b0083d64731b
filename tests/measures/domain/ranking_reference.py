"""The formulas of the ranking once more, slowly: plain loops straight from their definitions, sharing no code."""

from collections import defaultdict
from math import sqrt
from typing import Any

from measures.domain.rating_data import RatingData

Answers = dict[tuple[int, int, int], dict[Any, float]]  # (group, measure, criterion) -> voice -> value
Weights = dict[tuple[int, int], float]  # (group, measure) -> weight


class Reference:
    """Score, ranks and covariance of a small data set."""

    def __init__(self, data: RatingData) -> None:
        self.data, options = data, data.options
        self.used = [c for c in range(len(data.criteria)) if data.weights[c] > 0]
        self.values = {}
        rows = zip(data.rating.rater, data.rating.measure, data.rating.criterion, data.rating.grade, strict=True)
        for i, m, c, x in rows:
            if c in self.used and data.rater_group[i] >= 0:
                self.values[int(i), int(m), int(c)] = 100 * (int(x) - 1) / (options.grades - 1)
        self.measures, self.groups = range(len(data.measures)), range(len(data.groups))
        self.answers = self._answers()
        self.n = {cell: len(answers) for cell, answers in self.answers.items()}
        self.mean = {cell: sum(answers.values()) / len(answers) for cell, answers in self.answers.items()}
        self.eligible = {
            m: [g for g in self.groups if all(self.n.get((g, m, c), 0) >= options.min_raters for c in self.used)]
            for m in self.measures
        }
        required = [data.groups.index(key) for key in options.required_groups]
        self.ranked = [
            m
            for m in self.measures
            if len(self.eligible[m]) >= options.min_groups and set(required) <= set(self.eligible[m])
        ]
        self.equal = {(g, m): 1 / len(self.eligible[m]) for m in self.ranked for g in self.eligible[m]}
        self.heads = {}
        for m in self.ranked:
            total = sum(self.raters(h, m) for h in self.eligible[m])
            for g in self.eligible[m]:
                self.heads[g, m] = self.raters(g, m) / total

    def cluster(self, rater: int) -> tuple[int, int, int]:
        organisation = int(self.data.rater_organisation[rater])
        group = int(self.data.rater_group[rater])
        return (group, 0, rater) if organisation < 0 else (group, 1, organisation)

    def _answers(self) -> Answers:
        """A voice is a person or, under the cap, an organisation."""
        inside = defaultdict(list)
        for (i, m, c), value in self.values.items():
            voice = self.cluster(i) if self.data.options.cap_organisations else i
            inside[int(self.data.rater_group[i]), m, c, voice].append(value)
        answers: Answers = defaultdict(dict)
        for (g, m, c, voice), values in inside.items():
            answers[g, m, c][voice] = sum(values) / len(values)
        return answers

    def raters(self, g: int, m: int) -> int:
        return len(set().union(*(self.answers[g, m, c] for c in self.used if (g, m, c) in self.answers)))

    def group_mean(self, g: int, m: int) -> float:
        return sum(float(self.data.weights[c]) * self.mean[g, m, c] for c in self.used)

    def score(self, m: int, weight: Weights) -> float:
        return sum(weight[g, m] * self.group_mean(g, m) for g in self.eligible[m])

    def rank(self, m: int, weight: Weights) -> int:
        own = self.score(m, weight)
        return 1 + sum(self.score(k, weight) > own + 1e-9 for k in self.ranked)

    def clusters(self, g: int) -> set[tuple[int, int, int]]:
        return {self.cluster(i) for i, _, _ in self.values if self.data.rater_group[i] == g}

    def influence(self, g: int) -> dict[Any, list[float]]:
        """cluster -> R_om for every measure."""
        n_g = len(self.clusters(g))
        result = {o: [0.0 for _ in self.measures] for o in self.clusters(g)}
        for (h, m, c), answers in self.answers.items():
            if h == g:
                for voice, value in answers.items():
                    o = voice if self.data.options.cap_organisations else self.cluster(voice)
                    residual = value - self.mean[g, m, c]
                    result[o][m] += self.data.weights[c] * residual * n_g / self.n[g, m, c]
        return result

    def sigma(self) -> list[list[float]]:
        """Covariance of the scores of the ranked measures."""
        options, influence = self.data.options, {g: self.influence(g) for g in self.groups}
        squares = {
            g: [[sum(r[m] * r[k] for r in influence[g].values()) for k in self.measures] for m in self.measures]
            for g in self.groups
        }
        freedom = sum(max(len(influence[g]) - 1, 0) for g in self.groups)
        result = [[0.0 for _ in self.ranked] for _ in self.ranked]
        for a, m in enumerate(self.ranked):
            for b, k in enumerate(self.ranked):
                for g in set(self.eligible[m]) & set(self.eligible[k]):
                    n_g = len(influence[g])
                    if n_g < options.pool_below or n_g == 1:
                        covariance = sum(squares[h][m][k] for h in self.groups) / freedom
                    else:
                        covariance = squares[g][m][k] / (n_g - 1)
                    members = (options.population or {}).get(self.data.groups[g])
                    missed = 1 - min(1, n_g / members) if members else 1
                    result[a][b] += self.equal[g, m] * self.equal[g, k] * missed * covariance / n_g
        return result


def reference_rank_sets(
    scores: list[float], deviations: list[list[float]], sigma: list[list[float]], confidence: float
) -> list[tuple[int, int]]:
    """Step-down procedure of Mogstad et al. with deviations[measure][draw]."""
    count, draws = len(scores), len(deviations[0])
    spread = {
        (m, k): sqrt(max(sigma[m][m] + sigma[k][k] - 2 * sigma[m][k], 0))
        for m in range(count)
        for k in range(count)
        if m != k
    }
    remaining = {pair for pair, sd in spread.items() if sd > 1e-6}
    significant = set()
    while remaining:
        greatest = sorted(
            max((deviations[m][b] - deviations[k][b]) / spread[m, k] for m, k in remaining) for b in range(draws)
        )
        position = confidence * (draws - 1)
        q = greatest[int(position) + (position > int(position))]
        found = {(m, k) for m, k in remaining if scores[m] - scores[k] > q * spread[m, k]}
        if not found:
            break
        significant |= found
        remaining -= found
    return [
        (
            1 + sum((k, m) in significant for k in range(count)),
            count - sum((m, k) in significant for k in range(count)),
        )
        for m in range(count)
    ]
