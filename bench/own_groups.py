"""`python -m bench.own_groups ANSWERS RESULT TURNS [SAMPLE]`: our search for opinion groups, alone in its process, so
that its memory can be told. From the list of answers to the group of every participant; without the test against
chance.

SAMPLE: participants among whom separation is measured, instead of those of the portal.
"""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np

from theses.domain import opinion_groups
from theses.domain.opinion_groups import answers_of, enough_answers, group


def main(answers: Path, result: Path, turns: int, sample: int | None = None) -> None:
    if sample:
        vars(opinion_groups)["SAMPLE"] = sample
    with np.load(answers) as file:
        participant, thesis, value = file["participant"], file["thesis"], file["value"]
        people, theses = (int(number) for number in file["shape"])
    times = []
    for _turn in range(turns):
        start = time.perf_counter()
        kept = enough_answers(participant, people, theses)
        found = group(answers_of(kept, participant, thesis, value, theses), np.random.default_rng(1))
        times.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"seconds": min(times), "megabytes": peak, "k": found.k, "groups": found.groups.tolist()}
    result.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))
