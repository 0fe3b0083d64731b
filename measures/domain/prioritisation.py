"""Which measures come first, how certain that is, who carries it and what would change it.

Additive value model with an equal voice per stakeholder group; the definitions are in the methods paper, section 4.
Pure: arrays in, values out; the same data and seed give the same result, whatever the order of the rating rows.
"""

import numpy as np
from numpy.typing import NDArray

from measures.domain.differences import Gaps, Spread, gaps, kendall_w, spread
from measures.domain.district_means import DistrictMeans, district_means
from measures.domain.ranking_basis import Basis, Draws, Variants, covariances, draw, lay_basis, vary
from measures.domain.ranking_values import (
    Acceptability,
    Certainty,
    CriterionShare,
    DistrictShare,
    Gap,
    GroupShare,
    Participation,
    Prioritisation,
    RankedMeasure,
    Reason,
    Sensitivity,
    UnrankedMeasure,
)
from measures.domain.rating_data import NO_ANSWER, Bools, Floats, Ints, RatingData, check, digest, grade_cube
from measures.domain.scoring import ranks


def prioritise(data: RatingData) -> Prioritisation:
    """Rank the measures; raises `RankingDataError` with one sentence for input that no ranking can come from."""
    check(data)
    cube = grade_cube("ratings", data, data.rating)
    first_cube = None if data.first is None else grade_cube("first_ratings", data, data.first)
    basis = lay_basis(data, cube)
    measures, pairwise = _ranked(basis, first_cube, district_means(data, cube)) if basis.ranked.any() else ((), None)
    return Prioritisation(
        hash=digest(data, cube, first_cube),
        options=data.options,
        participation=_participation(data, np.logical_or.reduce(cube, axis=(1, 2))),
        measures=measures,
        not_ranked=_not_ranked(basis),
        pairwise=pairwise,
        kendall_w=kendall_w(basis.group_mean[:, basis.ranked], basis.eligible[:, basis.ranked]),
        straight_liners=int(basis.straight_liner.sum()),
    )


def _ranked(
    basis: Basis, first_cube: NDArray[np.uint8] | None, places: DistrictMeans
) -> tuple[tuple[RankedMeasure, ...], tuple[tuple[float, ...], ...] | None]:
    by_group = covariances(basis)
    drawn = None if by_group is None else draw(basis, by_group)
    variants = vary(basis, drawn, first_cube)
    apart = gaps(basis.group_mean, basis.eligible & basis.ranked, by_group, basis.criteria_weights)
    spreads = spread(basis.ballots, basis.equal.weight, basis.criteria_weights)
    order = _order(basis)
    measures = tuple(_tell(basis, drawn, variants, apart, spreads, places, measure) for measure in order)
    if drawn is None:
        return measures, None
    place = np.searchsorted(np.flatnonzero(basis.ranked), order)
    return measures, tuple(map(tuple, drawn.pairwise[np.ix_(place, place)].tolist()))


def _order(basis: Basis) -> list[int]:
    place = ranks(basis.equal.score)
    return sorted(np.flatnonzero(basis.ranked).tolist(), key=lambda m: (int(place[m]), basis.data.measures[m]))


def _tell(
    basis: Basis,
    drawn: Draws | None,
    variants: Variants,
    apart: Gaps,
    spreads: Spread,
    places: DistrictMeans,
    measure: int,
) -> RankedMeasure:
    data, weight = basis.data, basis.equal.weight[:, measure]
    rank, rank_per_head = int(ranks(basis.equal.score)[measure]), int(ranks(basis.per_head.score)[measure])
    voiced = weight > 0
    sensitivity = _sensitivity(basis, variants, measure, rank_per_head)
    return RankedMeasure(
        key=data.measures[measure],
        rank=rank,
        score=float(basis.equal.score[measure]),
        score_per_head=float(basis.per_head.score[measure]),
        rank_per_head=rank_per_head,
        certainty=None if drawn is None else _certainty(basis, drawn, measure),
        groups=_groups(basis, measure),
        criteria=_criteria(basis, measure),
        districts=_districts(data, places, measure),
        gap=_gap(data, apart, measure),
        eta2=_known(spreads.eta2[measure]),
        polarisation=_known(spreads.polarisation[measure]),
        missing_groups=_missing(data.groups, voiced),
        leverage=float((100 * weight[voiced] / basis.counted.raters[voiced, measure]).max()),
        sensitivity=sensitivity,
        stable=_stable(rank, sensitivity, variants, data.options.top),
    )


def _certainty(basis: Basis, drawn: Draws, measure: int) -> Certainty:
    place, top = int(basis.ranked[:measure].sum()), basis.data.options.top
    score, half_width = float(basis.equal.score[measure]), float(drawn.half_width[place])
    acceptability = drawn.acceptability[place]
    return Certainty(
        standard_error=float(drawn.error[place]),
        interval=(score - half_width, score + half_width),
        rank_set=(int(drawn.sets.best[place]), int(drawn.sets.worst[place])),
        status=drawn.sets.status(place, top),
        p_top=_sum(acceptability[:top]),
        expected_rank=_expected_rank(acceptability),
        rank_acceptability=tuple(acceptability.tolist()),
    )


def _groups(basis: Basis, measure: int) -> dict[str, GroupShare]:
    shares = {}
    for group, key in enumerate(basis.data.groups):
        mean, weight = _known(basis.group_mean[group, measure]), float(basis.equal.weight[group, measure])
        contribution = 0.0 if mean is None else weight * mean
        shares[key] = GroupShare(mean, int(basis.counted.raters[group, measure]), weight, contribution)
    return shares


def _criteria(basis: Basis, measure: int) -> dict[str, CriterionShare]:
    shares = {key: CriterionShare(mean=None, contribution=0.0) for key in basis.data.criteria}
    for key, weight, mean in zip(
        _used_criteria(basis.data), basis.criteria_weights.tolist(), basis.equal.cells[measure].tolist(), strict=True
    ):
        shares[key] = CriterionShare(mean=mean, contribution=weight * mean)
    return shares


def _districts(data: RatingData, places: DistrictMeans, measure: int) -> dict[str, DistrictShare]:
    keys = (*data.districts, NO_ANSWER)
    columns = zip(keys, places.mean[:, measure].tolist(), places.people[:, measure].tolist(), strict=True)
    return {key: DistrictShare(_known(mean), people) for key, mean, people in columns}


def _gap(data: RatingData, apart: Gaps, measure: int) -> Gap | None:
    if np.isnan(apart.value[measure]):
        return None
    high, low = data.groups[apart.high[measure]], data.groups[apart.low[measure]]
    return Gap(value=float(apart.value[measure]), high=high, low=low, p=_known(apart.p[measure]))


def _sensitivity(basis: Basis, variants: Variants, measure: int, rank_per_head: int) -> Sensitivity:
    used, place, top = _used_criteria(basis.data), int(basis.ranked[:measure].sum()), basis.data.options.top
    acceptability, central = variants.all_weights.acceptability[place], variants.all_weights.central_weights[place]
    lowest, highest = (int(limit[measure]) for limit in variants.leave_one_out)
    return Sensitivity(
        per_head=rank_per_head,
        criteria_weights=Acceptability(
            rank_acceptability=tuple(acceptability.tolist()),
            expected_rank=_expected_rank(acceptability),
            p_top=_sum(acceptability[:top]),
            central_weights=None if np.isnan(central).any() else dict(zip(used, central.tolist(), strict=True)),
        ),
        criterion_alone=dict(zip(used, variants.criterion_alone[measure].tolist(), strict=True)),
        majority_judgment=int(variants.majority_judgment[measure]),
        leave_one_out=(lowest, highest) if lowest else None,
        rater_adjusted=_rank_under(variants.rater_adjusted, measure),
        without_straight_liners=_rank_under(variants.without_straight_liners, measure),
        first_ratings=_rank_under(variants.first_ratings, measure),
    )


def _stable(rank: int, sensitivity: Sensitivity, variants: Variants, top: int) -> bool:
    """A measure that loses its rank under a rule that ranks others is not stable."""
    others = [sensitivity.per_head, sensitivity.majority_judgment, sensitivity.without_straight_liners]
    others += sensitivity.leave_one_out or ()
    if variants.rater_adjusted is not None:
        others.append(sensitivity.rater_adjusted)
    return all(other is not None and (other <= top) == (rank <= top) for other in others)


def _not_ranked(basis: Basis) -> tuple[UnrankedMeasure, ...]:
    """In the order of the input, where per-head ranks exist only if nothing is ranked by equal voices."""
    places = ranks(basis.per_head.score)
    found = []
    for measure in np.flatnonzero(~basis.ranked).tolist():
        place = int(places[measure]) or None
        unrated: Bools = basis.counted.answers[:, measure].sum(axis=0) == 0
        found.append(
            UnrankedMeasure(
                key=basis.data.measures[measure],
                reason=_reason(basis, measure, unrated),
                missing_groups=_missing(basis.data.groups, basis.eligible[:, measure]),
                missing_criteria=tuple(
                    key for key, none in zip(_used_criteria(basis.data), unrated, strict=True) if none
                ),
                score_per_head=None if place is None else float(basis.per_head.score[measure]),
                rank_per_head=place,
            )
        )
    return tuple(found)


def _reason(basis: Basis, measure: int, unrated: Bools) -> Reason:
    if unrated.all():
        return Reason.NO_RATINGS
    if unrated.any():
        return Reason.INCOMPLETE_CRITERIA
    missing = _missing(basis.data.groups, basis.eligible[:, measure])
    if set(missing) & set(basis.data.options.required_groups):
        return Reason.REQUIRED_GROUP_MISSING
    return Reason.TOO_FEW_GROUPS


def _participation(data: RatingData, took_part: Bools) -> Participation:
    return Participation(
        raters=int(took_part.sum()),
        by_group=_heads(data.groups, data.rater_group[took_part]),
        by_district=_heads(data.districts, data.rater_district[took_part]),
    )


def _heads(keys: tuple[str, ...], column: Ints) -> dict[str, int]:
    counts = np.bincount(column + 1, minlength=len(keys) + 1).tolist()
    return dict(zip((*keys, NO_ANSWER), (*counts[1:], counts[0]), strict=True))


def _used_criteria(data: RatingData) -> list[str]:
    return [key for key, weight in zip(data.criteria, data.weights, strict=True) if weight > 0]


def _missing(keys: tuple[str, ...], present: Bools) -> tuple[str, ...]:
    return tuple(key for key, here in zip(keys, present, strict=True) if not here)


def _rank_under(place: Ints | None, measure: int) -> int | None:
    return None if place is None else int(place[measure]) or None


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _sum(shares: Floats) -> float:
    """At most 1, which the last digit of a sum of rank shares may exceed."""
    return min(1.0, float(shares.sum()))


def _expected_rank(acceptability: Floats) -> float:
    return float(np.einsum("r,r->", acceptability, np.arange(1, len(acceptability) + 1)))
