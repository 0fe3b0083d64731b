"""A draw that meets quotas and gives everybody as equal a chance as the quotas allow; pure.

Maximin after Flanigan, Gölz, Gupta, Hennig and Procaccia, Fair algorithms for selecting citizens' assemblies, Nature
596 (2021): of all lotteries over panels that meet every quota, one in which the smallest chance of anybody is largest.
The lottery is found by column generation: a linear programme over the panels known so far, an integer programme that
looks for a panel that would improve it. People whom no quota tells apart are one type with equal chances, so that the
programmes stay small. Panels are counts by type; who of a type comes is drawn evenly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

LOTS = 100_000
"""The lottery has so many lots of equal chance; each stands for one panel."""

MOST_PANELS = 2000
CLOSE = 1e-6

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class DrawImpossible(Exception):
    """The quotas cannot be met; `relaxations` are the smallest changes that would meet them."""

    def __init__(self, relaxations: Sequence["Relaxation"]) -> None:
        super().__init__("quotas cannot be met")
        self.relaxations = tuple(relaxations)


@dataclass(frozen=True, slots=True)
class Quota:
    """Of those with this `value` in `category` at least `low` and at most `high` are drawn."""

    category: str
    value: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Relaxation:
    quota: Quota
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Person:
    """`key` is a number without meaning; `values` by category. Categories without a quota do not matter."""

    key: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lottery:
    """`panels` are sets of counts by type, each with so many of the `LOTS`; `chances` by person in the order given."""

    types: tuple[tuple[int, ...], ...]
    panels: tuple[tuple[int, ...], ...]
    lots: tuple[int, ...]
    chances: dict[int, float]

    @property
    def smallest_chance(self) -> float:
        return min(self.chances.values(), default=0.0)


def lottery(people: Sequence[Person], quotas: Sequence[Quota], places: int) -> Lottery:
    """A fair lottery for so many places. Raises DrawImpossible, with the smallest relaxation, where none exists.

    Who is on no panel that meets the quotas has no chance and does not count for the smallest one.
    """
    problem = _Problem.of(people, quotas, places)
    relaxations = problem.relaxations()
    if relaxations:
        raise DrawImpossible(relaxations)
    panels = problem.first_panels()
    reachable = panels.sum(axis=0) > 0
    panels = problem.improved(panels, reachable)
    lots = _lots(problem.shares(panels, reachable))
    kept = lots > 0
    panels, lots = panels[kept], lots[kept]
    expected = lots @ panels / LOTS
    chances = {
        key: float(expected[place] / len(members)) for place, members in enumerate(problem.types) for key in members
    }
    return Lottery(
        types=problem.types,
        panels=tuple(tuple(int(count) for count in panel) for panel in panels),
        lots=tuple(int(number) for number in lots),
        chances=chances,
    )


def draw(found: Lottery, seed: int) -> list[int]:
    """Keys of those who are drawn; the same seed draws the same, on every machine (SHA-256 of seed and what is drawn).

    One number picks the lot and with it the panel; within a type those with the smallest numbers come.
    """
    lot = _number(seed, "lot") % LOTS
    panel = next(panel for panel, end in zip(found.panels, np.cumsum(found.lots), strict=True) if lot < end)
    drawn: list[int] = []
    for members, count in zip(found.types, panel, strict=True):
        drawn += sorted(members, key=lambda key: (_number(seed, f"person {key}"), key))[:count]
    return sorted(drawn)


def kinds_of(people: Sequence[Person], quotas: Sequence[Quota]) -> dict[tuple[str | None, ...], list[int]]:
    """Keys of people by what quotas ask for, in the order of the names of categories; None: no quota names the value.

    The time a draw takes grows with the number of kinds: a second for a hundred, minutes for a thousand.
    """
    categories = sorted({quota.category for quota in quotas})
    named = {(quota.category, quota.value) for quota in quotas}
    members: dict[tuple[str | None, ...], list[int]] = {}
    for person in people:
        given = ((name, person.values.get(name, "")) for name in categories)
        kind = tuple(value if (name, value) in named else None for name, value in given)
        members.setdefault(kind, []).append(person.key)
    return members


def _number(seed: int, what: str) -> int:
    return int.from_bytes(sha256(f"{seed} {what}".encode()).digest()[:8], "big")


def _lots(shares: Floats) -> Ints:
    """Whole lots next to the shares (largest remainders; of equal ones the first)."""
    exact = shares / shares.sum() * LOTS
    lots: Ints = np.floor(exact + CLOSE).astype(np.int64)
    order = np.argsort(lots - exact, kind="stable")
    lots[order[: LOTS - lots.sum()]] += 1
    return lots


@dataclass(frozen=True, slots=True)
class _Problem:
    """`sizes` of the types, `belongs` (quota x type, 0 or 1), `low` and `high` of the quotas."""

    types: tuple[tuple[int, ...], ...]
    sizes: Floats
    quotas: tuple[Quota, ...]
    belongs: Floats
    low: Floats
    high: Floats
    places: int

    @classmethod
    def of(cls, people: Sequence[Person], quotas: Sequence[Quota], places: int) -> "_Problem":
        categories = sorted({quota.category for quota in quotas})
        members = kinds_of(people, quotas)
        kinds = sorted(members, key=lambda kind: [(value is not None, value or "") for value in kind])
        belongs = np.array(
            [[kind[categories.index(quota.category)] == quota.value for kind in kinds] for quota in quotas], dtype=float
        ).reshape(len(quotas), len(kinds))
        return cls(
            types=tuple(tuple(sorted(members[kind])) for kind in kinds),
            sizes=np.array([len(members[kind]) for kind in kinds], dtype=float),
            quotas=tuple(quotas),
            belongs=belongs,
            low=np.array([quota.low for quota in quotas], dtype=float),
            high=np.array([quota.high for quota in quotas], dtype=float),
            places=places,
        )

    def relaxations(self) -> list[Relaxation]:
        """Those with the fewest changed places in all; none if the quotas can be met.

        Places cannot be relaxed: a pool smaller than them is told as a quota of the whole pool by the caller.
        """
        kinds, rules = len(self.sizes), len(self.quotas)
        cost = np.concatenate([np.zeros(kinds), np.ones(2 * rules)])
        identity = np.eye(rules)
        nothing = np.zeros((rules, rules))
        constraints = [
            LinearConstraint(np.concatenate([np.ones(kinds), np.zeros(2 * rules)])[None, :], self.places, self.places),
            LinearConstraint(np.hstack([self.belongs, identity, nothing]), self.low, np.inf),
            LinearConstraint(np.hstack([self.belongs, nothing, -identity]), -np.inf, self.high),
        ]
        bounds = Bounds(np.zeros(kinds + 2 * rules), np.concatenate([self.sizes, np.full(2 * rules, np.inf)]))
        found = milp(cost, constraints=constraints, bounds=bounds, integrality=np.ones(kinds + 2 * rules))
        if found.x is None:
            raise ValueError("There are fewer people than places.")
        less, more = np.rint(found.x[kinds:]).astype(int).reshape(2, rules)
        return [
            Relaxation(quota, quota.low - int(down), quota.high + int(up))
            for quota, down, up in zip(self.quotas, less, more, strict=True)
            if down or up
        ]

    def best_panel(self, values: Floats) -> Floats:
        """The panel that meets the quotas with the largest sum of values."""
        rows = np.vstack([np.ones(len(self.sizes)), self.belongs])
        low, high = np.concatenate([[self.places], self.low]), np.concatenate([[self.places], self.high])
        found = milp(
            -values,
            constraints=LinearConstraint(rows, low, high),
            bounds=Bounds(np.zeros(len(self.sizes)), self.sizes),
            integrality=np.ones(len(self.sizes)),
        )
        return np.asarray(np.rint(found.x), dtype=float)

    def first_panels(self) -> Floats:
        """For every type that is on any panel at least one with it; each new panel prefers those not yet seen."""
        panels: list[Floats] = []
        seen = np.zeros(len(self.sizes), dtype=bool)
        while not seen.all():
            panel = self.best_panel(np.where(seen, 0.0, 1.0))
            new = (panel > 0) & ~seen
            if not new.any():
                break
            panels.append(panel)
            seen |= new
        return np.array(panels or [self.best_panel(np.zeros(len(self.sizes)))])

    def improved(self, panels: Floats, reachable: NDArray[np.bool_]) -> Floats:
        """More panels, until no other could raise the smallest chance."""
        while len(panels) < MOST_PANELS:
            weights, bound = self._prices(panels, reachable)
            panel = self.best_panel(weights)
            if weights @ panel <= bound + CLOSE:
                break
            panels = np.vstack([panels, panel])
        return panels

    def shares(self, panels: Floats, reachable: NDArray[np.bool_]) -> Floats:
        """Of each panel; first the smallest chance is made as large as can be, then the largest as small as can be."""
        chances = (panels / self.sizes)[:, reachable].T
        count = len(panels)
        smallest = self._programme(chances, -1.0, None)
        return self._programme(chances, 1.0, smallest[count])[:count]

    def _programme(self, chances: Floats, sign: float, smallest: float | None) -> Floats:
        """Shares of the panels, and the bound: below all chances (sign -1) or above them, with `smallest` kept."""
        kinds, count = chances.shape
        rows = [np.hstack([sign * chances, np.full((kinds, 1), -sign)])]
        limits = [np.zeros(kinds)]
        if smallest is not None:
            rows.append(np.hstack([-chances, np.zeros((kinds, 1))]))
            limits.append(np.full(kinds, CLOSE - smallest))
        found = linprog(
            np.concatenate([np.zeros(count), [sign]]),
            A_ub=np.vstack(rows),
            b_ub=np.concatenate(limits),
            A_eq=np.concatenate([np.ones(count), [0.0]])[None, :],
            b_eq=[1.0],
            bounds=[(0, None)] * count + [(0, 1)],
            method="highs",
        )
        return np.asarray(found.x, dtype=float)

    def _prices(self, panels: Floats, reachable: NDArray[np.bool_]) -> tuple[Floats, float]:
        """The dual: a value for each place of a type such that every known panel is worth at most the bound."""
        sizes = np.where(reachable, self.sizes, np.inf)
        count = len(self.sizes)
        found = linprog(
            np.concatenate([np.zeros(count), [1.0]]),
            A_ub=np.hstack([panels / sizes, np.full((len(panels), 1), -1.0)]),
            b_ub=np.zeros(len(panels)),
            A_eq=np.concatenate([reachable.astype(float), [0.0]])[None, :],
            b_eq=[1.0],
            bounds=[(0, None)] * (count + 1),
            method="highs",
        )
        return np.asarray(found.x[:count] / sizes, dtype=float), float(found.x[count])
