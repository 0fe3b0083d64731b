"""`python -m bench.registration`: registering for an event beside a view that inserts the same row and does nothing
else, in turns within one run; then many people at once for few places, in a test database.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from statistics import median
from threading import Barrier

import django

from bench.browser import Browser
from bench.figures import tell, tell_heading, timed
from bench.server import free_port, running_server

CLIENTS, TURNS, REQUESTS = 8, 6, 20
STORED = 200_000
RACERS, PLACES = 1_000, 20
INSERT = "/bench/insert/{event}/"
REGISTER = "/veranstaltungen/{event}/anmelden/"


def main() -> None:
    django.setup()
    from bench.registrations import events, fill_registrations, people, sessions

    everybody = sessions(people(2 * CLIENTS * TURNS * REQUESTS))
    few, many, [wanted] = events(2), events(2), events(1)
    port = free_port()
    with running_server(port, dict(os.environ)):
        tell_heading("Anmeldung")
        rounds = [everybody[: CLIENTS * TURNS * REQUESTS], everybody[CLIENTS * TURNS * REQUESTS :]]
        first = throughput(port, few, rounds[0])
        fill_registrations(STORED)
        second = throughput(port, many, rounds[1])
        tell_throughput("mit wenigen gespeicherten", first)
        tell_throughput(f"mit {STORED} gespeicherten", second)
        ratio = (second[1] / second[0]) / (first[1] / first[0])
        tell("  Anteil mit vielen je Anteil mit wenigen", f"{ratio:.2f}", ratio >= 0.9)
        tell_race(port, wanted, everybody[:RACERS])


def throughput(port: int, pair: list[str], own: list[str]) -> tuple[float, float]:
    """Requests per second of the bare view and of registering, each at an event of its own; everybody asks both."""
    paths = [pattern.format(event=event) for pattern, event in zip((INSERT, REGISTER), pair, strict=True)]
    spent = dict.fromkeys(paths, 0.0)
    for turn in range(TURNS):
        turn_of = own[turn * CLIENTS * REQUESTS : (turn + 1) * CLIENTS * REQUESTS]
        lines = [turn_of[client::CLIENTS] for client in range(CLIENTS)]
        for path in paths:
            spent[path] += timed(partial(all_clients, port, path, lines))
    bare, registered = (len(own) / seconds for seconds in spent.values())
    return bare, registered


def all_clients(port: int, path: str, lines: list[list[str]]) -> None:
    with ThreadPoolExecutor(len(lines)) as pool:
        list(pool.map(partial(one_client, port, path), lines))


def one_client(port: int, path: str, sessions: list[str]) -> None:
    """One connection, on which one person after the other asks."""
    with Browser(port) as browser:
        for session in sessions:
            browser.post(path, session)


def tell_throughput(name: str, figures: tuple[float, float]) -> None:
    bare, registered = figures
    tell(f"{name}: bloßes Einfügen", f"{bare:.0f}/s")
    tell(f"{name}: Anmelden", f"{registered:.0f}/s")
    tell("  Anteil", f"{registered / bare:.2f}", registered >= 0.5 * bare)


def tell_race(port: int, event: str, sessions: list[str]) -> None:
    """The bare view is asked by as many first: it tells what this machine takes to answer them at all."""
    from workshops.models import Registration

    bare = race(port, INSERT.format(event=event), sessions)
    Registration.objects.filter(workshop__slug=event).delete()
    seconds = race(port, REGISTER.format(event=event), sessions)
    rows = list(Registration.objects.filter(workshop__slug=event).order_by("arrival").values_list("state", "arrival"))
    exact = rows == [("confirmed" if number <= PLACES else "waiting", number) for number in range(1, RACERS + 1)]
    tell(f"{RACERS} zugleich um {PLACES} Plätze: {PLACES} angemeldet, Rest in Reihe", "ja" if exact else "nein", exact)
    tell("  Median der Antwort", f"{median(seconds):.2f} s", median(seconds) <= 1)
    tell("  längste Antwort", f"{max(seconds):.2f} s")
    tell("  Median und längste Antwort beim bloßen Einfügen", f"{median(bare):.2f} / {max(bare):.2f} s")


def race(port: int, path: str, sessions: list[str]) -> list[float]:
    """Everybody has a connection of their own and presses the button at the same moment; how long each waited."""
    ready = Barrier(len(sessions))

    def press(session: str) -> float:
        with Browser(port) as browser:
            ready.wait(timeout=60)
            return timed(partial(browser.post, path, session))

    with ThreadPoolExecutor(len(sessions)) as pool:
        return list(pool.map(press, sessions))


if __name__ == "__main__":
    main()
