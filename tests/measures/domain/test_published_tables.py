"""Rank sets and acceptabilities against published figures. Data and results are quoted, no code was taken over."""

import numpy as np
import pytest
from numpy.typing import NDArray

from measures.domain.rank_sets import RankSets, rank_sets
from measures.domain.rating_data import Options
from measures.domain.sensitivity import under_all_weights
from measures.domain.uncertainty import difference_variance

# PISA 2018, mathematics: mean score and standard error of the 37 OECD countries (OECD, PISA 2018 Results, volume I,
# table I.B1.5, unrounded from the international database). The results are those published with the package csranks
# by the authors of Mogstad, Romano, Shaikh and Wilhelm (2024), article "Inference for Ranks".
PISA_2018 = {
    "Australia": (491.3600252, 1.939833031),
    "Austria": (498.9423138, 2.970998694),
    "Belgium": (508.0703063, 2.262662011),
    "Canada": (512.0169429, 2.357475749),
    "Chile": (417.4065563, 2.41588757),
    "Colombia": (390.9322732, 2.989559274),
    "Czech Republic": (499.4676508, 2.460661531),
    "Denmark": (509.3983746, 1.735002337),
    "Estonia": (523.4145802, 1.743602224),
    "Finland": (507.3013618, 1.967920411),
    "France": (495.4075794, 2.320214487),
    "Germany": (500.0437805, 2.647083096),
    "Greece": (451.3703438, 3.091228197),
    "Hungary": (481.0826364, 2.319596741),
    "Iceland": (495.1873762, 1.953082603),
    "Ireland": (499.632894, 2.198621128),
    "Israel": (463.0345488, 3.498563228),
    "Italy": (486.5898573, 2.780045867),
    "Japan": (526.9732502, 2.471475318),
    "Korea": (525.933002, 3.121394315),
    "Latvia": (496.1263306, 1.962766789),
    "Lithuania": (481.1911884, 1.953282039),
    "Luxembourg": (483.421485, 1.097632409),
    "Mexico": (408.8014734, 2.493225544),
    "Netherlands": (519.2309824, 2.632277885),
    "New Zealand": (494.489676, 1.705942856),
    "Norway": (500.9637885, 2.219044878),
    "Poland": (515.6478747, 2.602085176),
    "Portugal": (492.4874062, 2.684570081),
    "Slovak Republic": (486.1648542, 2.555595707),
    "Slovenia": (508.8975441, 1.363877596),
    "Spain": (481.3926126, 1.462417763),
    "Sweden": (502.3877022, 2.654250935),
    "Switzerland": (515.3147131, 2.908003898),
    "Turkey": (453.5077774, 2.260406789),
    "United Kingdom": (501.7698992, 2.564428111),
    "United States": (478.2447174, 3.235444099),
}
COUNTRIES = list(PISA_2018)
TOP_FIVE_95 = {
    "Belgium", "Canada", "Denmark", "Estonia", "Finland", "Japan", "Korea", "Netherlands", "Poland", "Slovenia",
    "Sweden", "Switzerland",
}  # fmt: skip


def pisa_sets(confidence: float, *, about: str | None = None) -> RankSets:
    """`about` one country leaves the pairs of all others untested: a set for its rank alone."""
    scores, errors = np.array(list(PISA_2018.values())).T
    deviations = errors[:, None] * np.random.default_rng(1).standard_normal((len(errors), 20_000))
    variance = difference_variance(np.diag(errors**2))
    if about is not None:
        own = np.arange(len(COUNTRIES)) == COUNTRIES.index(about)
        variance = np.where(own[:, None] | own[None, :], variance, 0.0)
    return rank_sets(scores, deviations, variance, confidence)


@pytest.mark.parametrize(("confidence", "possible"), [(0.95, TOP_FIVE_95), (0.9, TOP_FIVE_95 - {"Sweden"})])
def test_possible_top_five_of_pisa_2018_are_the_published_ones(confidence: float, possible: set[str]) -> None:
    """12 countries at 95 %, 11 at 90 %."""
    best = pisa_sets(confidence).best
    assert {country for country, rank in zip(COUNTRIES, best, strict=True) if rank <= 5} == possible


def test_rank_of_the_united_kingdom_in_pisa_2018_lies_in_the_published_set() -> None:
    """7 to 23, narrower than its part in a statement about all countries at once."""
    place = COUNTRIES.index("United Kingdom")
    alone, together = pisa_sets(0.95, about="United Kingdom"), pisa_sets(0.95)
    assert (alone.best[place], alone.worst[place]) == (7, 23)
    assert together.best[place] < 7
    assert together.worst[place] > 23


# Prevention of deep vein thrombosis (Lynd and O'Brien 2004, doi:10.1016/j.jclinepi.2003.12.012): beta distributions of
# the risks after events and non-events of a trial, and the range from worst to best of each criterion. Results:
# R package smaa (van Valkenhoef), example "thrombo", 10,000 draws without preferences among the criteria.
RANGES = np.array([(0.25, 0.0), (0.40, 0.15), (0.10, 0.0)])  # proximal, distal, major bleeding
EVENTS = np.array([[(20, 116), (40, 96), (1, 135)], [(8, 121), (32, 97), (5, 124)]])  # heparin, enoxaparin


def thrombo_values(draws: int) -> NDArray[np.float64]:
    """float64[2, 3, draws] on the scale of 0 to 100."""
    risk = np.random.default_rng(2).beta(EVENTS[..., 0, None], EVENTS[..., 1, None], size=(2, 3, draws))
    worst, best = RANGES.T
    values: NDArray[np.float64] = 100 * (worst[:, None] - risk) / (worst - best)[:, None]
    return values


def test_acceptabilities_of_the_thrombo_example_are_the_published_ones() -> None:
    draws = 200_000
    values = thrombo_values(draws)
    cells = values.mean(axis=2)
    found = under_all_weights(cells, None, values - cells[:, :, None], Options(draws=draws, seed=3))
    # three standard errors of the published run
    np.testing.assert_allclose(found.acceptability, [[0.3504, 0.6496], [0.6496, 0.3504]], atol=0.0143)
    published = [[0.1865097, 0.2772205, 0.5362698], [0.4073100, 0.3641477, 0.2285423]]
    np.testing.assert_allclose(found.central_weights, published, atol=0.012)
