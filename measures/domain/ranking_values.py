"""The result of a prioritisation as plain values; None wherever a figure is not known, never NaN."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from measures.domain.rank_sets import Status
from measures.domain.rating_data import Options


class Reason(StrEnum):
    """Why a measure has no rank; the first that applies."""

    NO_RATINGS = "no_ratings"
    INCOMPLETE_CRITERIA = "incomplete_criteria"
    REQUIRED_GROUP_MISSING = "required_group_missing"
    TOO_FEW_GROUPS = "too_few_groups"


@dataclass(frozen=True)
class Participation:
    """Raters with at least one rating; those without group or district under the key "none"."""

    raters: int
    by_group: Mapping[str, int]
    by_district: Mapping[str, int]


@dataclass(frozen=True)
class GroupShare:
    """`n` raters of the group (organisations under the cap); `weight` and `contribution` are 0 outside E_m."""

    mean: float | None
    n: int
    weight: float
    contribution: float


@dataclass(frozen=True)
class DistrictShare:
    """`n` people of the district rated the measure; the mean counts every person once, whatever the group."""

    mean: float | None
    n: int


@dataclass(frozen=True)
class CriterionShare:
    """`mean` over the groups; None for a criterion without weight, which is ignored."""

    mean: float | None
    contribution: float


@dataclass(frozen=True)
class Gap:
    """`p` is None without uncertainty or where a group is of one mind."""

    value: float
    high: str
    low: str
    p: float | None


@dataclass(frozen=True)
class Acceptability:
    """Rank acceptability under all criteria weights; the central weights are the mean of those that put the measure
    first, None if none does."""

    rank_acceptability: tuple[float, ...]
    expected_rank: float
    p_top: float
    central_weights: Mapping[str, float] | None


@dataclass(frozen=True)
class Sensitivity:
    """Rank of one measure under other rules; None where the rule gives it no rank."""

    per_head: int | None
    criteria_weights: Acceptability
    criterion_alone: Mapping[str, int]
    majority_judgment: int
    leave_one_out: tuple[int, int] | None
    rater_adjusted: int | None
    without_straight_liners: int | None
    first_ratings: int | None


@dataclass(frozen=True)
class Certainty:
    """What can be said about score and rank of one measure beyond the people who took part."""

    standard_error: float
    interval: tuple[float, float]
    rank_set: tuple[int, int]
    status: Status
    p_top: float
    expected_rank: float
    rank_acceptability: tuple[float, ...]


@dataclass(frozen=True)
class RankedMeasure:
    """`leverage` is 100 times weight by raters of the group with most influence (methods 4.9): by so many points one
    rater moves the score at most, as long as the others of the group rate every criterion.
    `stable`: belongs to the best K, or does not, under every rule that could be applied."""

    key: str
    rank: int
    score: float
    score_per_head: float
    rank_per_head: int
    certainty: Certainty | None
    groups: Mapping[str, GroupShare]
    criteria: Mapping[str, CriterionShare]
    districts: Mapping[str, DistrictShare]
    gap: Gap | None
    eta2: float | None
    polarisation: float | None
    missing_groups: tuple[str, ...]
    leverage: float
    sensitivity: Sensitivity
    stable: bool


@dataclass(frozen=True)
class UnrankedMeasure:
    """`missing_groups` are not eligible; `missing_criteria` nobody rated. The per-head figures are given only if no
    measure at all can be ranked by equal voices, as with a single group."""

    key: str
    reason: Reason
    missing_groups: tuple[str, ...]
    missing_criteria: tuple[str, ...]
    score_per_head: float | None
    rank_per_head: int | None


@dataclass(frozen=True)
class Prioritisation:
    """`measures` by rank and then by key; rows and columns of `pairwise` in the same order, None without uncertainty.
    `straight_liners` counts raters who gave one grade throughout."""

    hash: str
    options: Options
    participation: Participation
    measures: tuple[RankedMeasure, ...]
    not_ranked: tuple[UnrankedMeasure, ...]
    pairwise: tuple[tuple[float, ...], ...] | None
    kendall_w: float | None
    straight_liners: int
