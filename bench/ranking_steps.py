"""`python -m bench.ranking_steps STEP [FILE]`: one step in a process of its own, so that its memory is its own; prints
its figures as JSON."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django
import numpy as np

TURNS = 2
Figures = dict[str, float]


def timed(action: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the wall clock and of this processor."""
    wall, processor = time.perf_counter(), time.process_time()
    action()
    return time.perf_counter() - wall, time.process_time() - processor


def fastest(action: Callable[[], object]) -> tuple[float, float]:
    return min(timed(action) for _turn in range(TURNS))


def peak() -> float:
    """Megabytes that this process has held at most; what `getrusage` tells includes the process that started it."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(lines["VmHWM"].split()[0]) / 1024


def statistics(slug: str, file: Path) -> Figures:
    """Read the largest round, compute its report, and leave the data and the result for whoever recomputes them."""
    from measures.domain.prioritisation import prioritise
    from measures.domain.ranking_archive import pack
    from measures.domain.ranking_output import ranking_json
    from measures.domain.round_ratings import read_round
    from measures.models import AssessmentRound

    assessment_round = AssessmentRound.objects.get(slug=slug)
    copies, reads = [], []
    for _turn in range(TURNS):
        copies.append(timed(lambda: bare_copy(assessment_round.pk))[0])
        start = time.perf_counter()
        data = read_round(assessment_round).data
        reads.append(time.perf_counter() - start)
    wall, processor = fastest(lambda: prioritise(data))
    highest = peak()
    numbers = np.arange(len(data.rating))
    file.write_bytes(pack(data))
    file.with_suffix(".result").write_text(f"{ranking_json(prioritise(data))}\n", encoding="utf-8")
    return {
        "answers": len(data.rating),
        "raters": len(data.rater_group),
        "copy": min(copies),
        "read": min(reads),
        "wall": wall,
        "processor": processor,
        "plain": fastest(numbers.sum)[0],
        "peak": highest,
    }


def bare_copy(number: int) -> None:
    from django.db import connection

    rows = "SELECT rater_id, measure_id, criterion_id, grade, first_grade FROM measures_assessment WHERE round_id = %d"
    with connection.cursor() as cursor, Path("/dev/null").open("wb") as nowhere:
        cursor.cursor.copy_expert(f"COPY ({rows % number}) TO STDOUT", nowhere)


def download(slug: str, extension: str) -> Figures:
    """The anonymised ratings of a frozen report, as the web server sends them."""
    from django.test import Client
    from django.urls import reverse

    from stakeholders.models import Stakeholder

    client = Client()
    client.force_login(Stakeholder.objects.filter(role=Stakeholder.Role.MINISTRY, is_active=True)[0])
    client.get(reverse("measures:report_list"))
    before, size = peak(), 0

    def fetch() -> None:
        nonlocal size
        response = client.get(reverse("measures:report_ratings", args=[slug, 1, extension]))
        size = sum(map(len, response))

    wall, processor = timed(fetch)
    return {"wall": wall, "processor": processor, "peak": peak(), "more": peak() - before, "size": size}


def main(step: str, slug: str, argument: str) -> None:
    django.setup()
    figures = statistics(slug, Path(argument)) if step == "statistics" else download(slug, argument)
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
