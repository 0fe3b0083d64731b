"""`python -m bench.ranking`: a report on 14 million answers, its files, and a single answer beside them, in a test
database.

The time to read the answers stands beside that of a bare COPY of the same rows, in turns within one run.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import django

from bench.answers import MEASURES, PEOPLE, fill_measures, fill_people, fill_round
from bench.figures import tell, tell_heading, timed
from embedded.home import ROOT

if TYPE_CHECKING:
    from measures.models import AssessmentRound
    from stakeholders.models import Stakeholder

SMALL, MIDDLE = 1_000, 7_150  # the second one for a million answers
MANY_MEASURES = 1_000


def main() -> None:
    django.setup()
    tell_heading("Priorisierung")
    catalogue()
    fill_people(PEOPLE)
    fill_measures(MEASURES)
    fill_round("last-klein", SMALL)
    answer("last-klein")
    report_of_a_thousand()
    seconds = timed(lambda: fill_round("last-mittel", MIDDLE)) + timed(lambda: fill_round("last-gross", PEOPLE))
    tell("Füllen der Datenbank", f"{seconds:.0f} s")
    answer("last-gross")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "daten.json.gz"
        statistics(file)
        recompute(file)
    downloads()
    fill_measures(MANY_MEASURES)
    catalogue()


def statistics(file: Path) -> None:
    found = step("statistics", "last-gross", str(file))
    print(f"{found['raters']:.0f} Bewertende, {found['answers']:.0f} Antworten")
    tell("Lesen aus PostgreSQL", f"{found['read']:.1f} s")
    tell("  je COPY derselben Zeilen", f"{found['read'] / found['copy']:.1f}", found["read"] <= 4 * found["copy"])
    tell("Auswerten", f"{found['wall']:.2f} s")
    # one thread that waits for nothing: on a machine of its own the wall clock shows the same
    tell("  davon Rechenzeit", f"{found['processor']:.2f} s", found["processor"] <= 2)
    tell("  je Summe", f"{found['wall'] / found['plain']:.0f}")
    tell("  Speicher höchstens, mit Lesen", f"{found['peak']:.0f} MB", found["peak"] <= 1024)


def recompute(file: Path) -> None:
    """With another hash seed and another locale than this process, compared byte by byte."""
    out = file.with_suffix(".again")
    surroundings = {"PYTHONHASHSEED": "4711", "LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
    command = [sys.executable, "manage.py", "rank_data", str(file), "--out", str(out)]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | surroundings)
    _pid, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    expect(process.returncode == 0, "rank_data")
    same = out.read_bytes() == file.with_suffix(".result").read_bytes()
    tell("rank_data, 100.000 Bewertende", f"{wall:.1f} s", wall <= 30)
    tell("  davon Rechenzeit", f"{usage.ru_utime + usage.ru_stime:.1f} s")
    tell("  Speicher höchstens", f"{usage.ru_maxrss / 1024:.0f} MB")
    tell("  Zahlen und Prüfsumme", "gleich" if same else "verschieden", same)


def downloads() -> None:
    from measures.domain.ranking import freeze

    freeze(assessment_round=ended("last-mittel"), actor=staff("project_office"))
    for extension in ("csv", "xlsx"):
        found = step("download", "last-mittel", extension)
        tell(f"1.000.000 Antworten als {extension.upper()}", f"{found['wall']:.1f} s")
        tell("  davon Rechenzeit", f"{found['processor']:.1f} s")
        tell("  Größe", f"{found['size'] / 1024**2:.1f} MB")
        tell("  Speicher höchstens", f"{found['peak']:.0f} MB")
        tell("  davon für diese Datei", f"{found['more']:.0f} MB", found["more"] <= 150)


def report_of_a_thousand() -> None:
    from django.test import Client
    from django.urls import reverse

    from measures.domain.ranking import freeze

    client = Client()
    client.force_login(staff("ministry"))
    row, office = ended("last-klein"), staff("project_office")
    client.get(reverse("measures:report_download", args=["demo-runde-1", 1, "pdf"]))  # a server is warm
    processor = time.process_time()
    frozen = timed(lambda: freeze(assessment_round=row, actor=office))
    where = reverse("measures:report_download", args=["last-klein", 1, "pdf"])
    drawn = timed(lambda: expect(client.get(where).content.startswith(b"%PDF"), where))
    tell("Bericht von 1.000: Einfrieren und PDF", f"{frozen:.2f} + {drawn:.2f} s", frozen + drawn <= 3)
    tell("  davon Rechenzeit", f"{time.process_time() - processor:.2f} s")


def answer(slug: str) -> None:
    """One grade of somebody who has not rated in this round, chosen twice, as the sheet saves it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from measures.models import AssessmentRound
    from stakeholders.models import Stakeholder

    assessment_round = AssessmentRound.objects.get(slug=slug)
    measure, criterion = assessment_round.measures.all()[0], assessment_round.criteria.all()[0]
    people = Stakeholder.objects.taking_part().exclude(email=None).exclude(group=None).exclude(district=None)
    client = Client()
    client.force_login(people[0])
    where = reverse("measures:answer_save", args=[slug, measure.slug, criterion.key])
    client.post(where, {criterion.key: 2})
    with CaptureQueriesContext(connection) as captured:
        seconds = timed(lambda: client.post(where, {criterion.key: 3}))
    queries = sum(query["sql"] not in {"BEGIN", "COMMIT"} for query in captured)
    expect(assessment_round.assessments.get(rater=people[0]).grade == 3, where)
    tell(f"Eine Antwort speichern, {slug}", f"{queries} Abfragen", queries <= 6)
    tell("  Dauer", f"{seconds * 1000:.0f} ms")


def catalogue() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from measures.models import Measure

    client, number = Client(), Measure.objects.count()
    for when in ("zuerst", "danach"):
        with CaptureQueriesContext(connection) as captured:
            seconds = timed(lambda: client.get(reverse("measures:measure_list")))
        tell(f"Maßnahmen, Liste von {number}, {when}", f"{len(captured)} Abfragen", len(captured) <= 8)
        tell("  Dauer", f"{seconds * 1000:.0f} ms")


def ended(slug: str) -> "AssessmentRound":
    from measures.models import AssessmentRound

    AssessmentRound.objects.filter(slug=slug).update(state=AssessmentRound.State.CLOSED)
    return AssessmentRound.objects.get(slug=slug)


def staff(role: str) -> "Stakeholder":
    from stakeholders.models import Stakeholder

    person: Stakeholder = Stakeholder.objects.filter(role=role, is_active=True)[0]
    return person


def step(*arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.ranking_steps", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def expect(found: bool, where: str) -> None:
    if not found:
        raise RuntimeError(f"{where} did not do what was measured.")


if __name__ == "__main__":
    main()
