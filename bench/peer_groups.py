"""Run by the Python of the peer's own environment: red-dwarf's search for opinion groups in the same answers.

From its matrix of votes, in which NaN stands for none, to the group of every participant: two principal components,
k-means for 2 to 5 groups, the number of groups by the silhouette of all participants.
"""

import json
import resource
import sys
import time
import warnings
from pathlib import Path

import numpy as np
from reddwarf.utils.clusterer.base import run_clusterer  # type: ignore[import-not-found]
from reddwarf.utils.reducer.base import run_reducer  # type: ignore[import-not-found]


def main(answers: Path, result: Path, turns: int) -> None:
    warnings.simplefilter("ignore")
    with np.load(answers) as file:
        matrix = np.full(tuple(file["shape"]), np.nan)
        matrix[file["participant"], file["thesis"]] = file["value"]
    times = []
    for _turn in range(turns):
        start = time.perf_counter()
        places, _statements, _model = run_reducer(vote_matrix=matrix, reducer="pca", random_state=1)
        found = run_clusterer(clusterer="kmeans", X_participants_clusterable=places, max_group_count=5, random_state=1)
        times.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    groups = [int(number) for number in found.labels_]
    told = {"seconds": min(times), "megabytes": peak, "k": len(set(groups)), "groups": groups}
    result.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
