"""`make bench`: every public page against the calibration view, in turns within one run, on the server of production;
then the figures on theses for 100,000 people, on events, and opinion groups beside those of another program.

A ratio holds on a noisy machine where a time does not: each turn asks every page once, so all share the noise.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.load import Measurement, take_turn
from bench.server import free_port, running_server
from embedded.environment import portal_environment
from embedded.home import ROOT, open_home
from embedded.servers import shared_servers

CALIBRATION = "/bench/calibration/"
PAGES = {
    "Startseite": "/",
    "Maßnahmen": "/massnahmen/",
    "Maßnahme": "/massnahmen/tgz-4-0/",
    "Thesen": "/thesen/",
    "These": "/thesen/1-technologie-und-grunderzentren-brauchen-offene-werkstatten-mehr-als-weitere-buro/",
    "Themen": "/thesen/themen/",
    "Auswertung": "/thesen/auswertung/",
    "Veranstaltungen": "/veranstaltungen/",
    "Archiv": "/veranstaltungen/?archiv=1",
    "Veranstaltung": "/veranstaltungen/demo-werkstatt-tgz/",
    "Organisation": "/organisationen/beispielwerk-maschinenbau/",
    "Ergebnisse": "/ergebnisse/",
    "Bericht": "/berichte/demo-runde-1/1/",
    "Suche": "/suche/?q=Gr%C3%BCnderzentrum",
    "Mitwirken": "/mitwirken/",
    "Kontakt": "/kontakt/",
    "Rundbrief": "/rundbrief/",
    "Anmelden": "/konto/login/",
}
TARGET = 0.4
TURNS = 8
REQUESTS = 25
CONNECTIONS = 4


def main() -> None:
    with prepared_environment() as env:
        queries = count_queries(env)
        port = free_port()
        with running_server(port, env) as pid:
            figures = measure(port, pid)
        print_table(figures, queries)
        # Events first: those that people register for afterwards would fill the month that is measured.
        for part in ("bench.opinions", "bench.events", "bench.registration", "bench.invitations", "bench.ranking"):
            subprocess.run([sys.executable, "-m", part], cwd=ROOT, env=env, check=True)
    subprocess.run([sys.executable, "-m", "bench.groups"], cwd=ROOT, check=True)


@contextmanager
def prepared_environment() -> Iterator[dict[str, str]]:
    """A fresh portal with demonstration data in a temporary folder, on private servers."""
    with tempfile.TemporaryDirectory(prefix="zwi-bench-") as folder:
        Path(folder).chmod(0o755)
        home = open_home(Path(folder) / "home")
        with shared_servers(home) as servers:
            given = {k: v for k, v in os.environ.items() if k not in {"SITE_URL", "DEBUG"}}
            env = portal_environment(given, home, servers.database_url, servers.redis_url)
            env |= {"DJANGO_SETTINGS_MODULE": "bench.settings", "ALLOWED_HOSTS": "127.0.0.1,testserver"}
            subprocess.run(
                [sys.executable, "manage.py", "prepare"], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL
            )
            yield env


def count_queries(env: dict[str, str]) -> dict[str, int]:
    paths = [CALIBRATION, *PAGES.values()]
    done = subprocess.run(
        [sys.executable, "-m", "bench.queries", *paths], cwd=ROOT, env=env, check=True, capture_output=True, text=True
    )
    return {path: int(count) for path, count in zip(paths, done.stdout.split(), strict=True)}


def measure(port: int, pid: int) -> dict[str, Measurement]:
    figures = {path: Measurement() for path in (CALIBRATION, *PAGES.values())}
    for path in figures:
        take_turn(Measurement(), port=port, pid=pid, path=path, connections=CONNECTIONS, requests=5)
    for _turn in range(TURNS):
        for path, measurement in figures.items():
            take_turn(measurement, port=port, pid=pid, path=path, connections=CONNECTIONS, requests=REQUESTS)
    return figures


def print_table(figures: dict[str, Measurement], queries: dict[str, int]) -> None:
    base = figures[CALIBRATION]
    print(f"{'Seite':<18}{'je s':>8}{'Anteil':>8}{'p95 ms':>9}{'CPU ms':>8}{'Abfragen':>10}{'Bytes':>9}")
    for name, path in {"Eichung": CALIBRATION, **PAGES}.items():
        row = figures[path]
        share = row.rate / base.rate
        print(
            f"{name:<18}{row.rate:>8.0f}{share:>8.2f}{row.p95 * 1000:>9.1f}{row.cpu_per_request * 1000:>8.2f}"
            f"{queries[path]:>10}{row.size:>9}" + ("" if share >= TARGET else f"   unter {TARGET}")
        )


if __name__ == "__main__":
    main()
