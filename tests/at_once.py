"""Several people, workers or beats at the same moment: real threads, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

from stakeholders.domain.refusal import Refusal

Result = TypeVar("Result")


def at_once(*acts: Callable[[], Result]) -> list[Result]:
    """What each act returned, in the order of the acts, all started together; what one raises is raised."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], Result]) -> Result:
        try:
            connection.ensure_connection()
            ready.wait(timeout=30)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result(timeout=120) for done in [pool.submit(run, act) for act in acts]]


def tried_at_once(*acts: Callable[[], Result]) -> list[Result | Refusal]:
    """The same, where a refusal is an answer too."""

    def tried(act: Callable[[], Result]) -> Callable[[], Result | Refusal]:
        def run() -> Result | Refusal:
            try:
                return act()
            except Refusal as refusal:
                return refusal

        return run

    return at_once(*map(tried, acts))


def refused_at_once(*acts: Callable[[], object]) -> list[str]:
    """The sentences of those that were refused."""
    return [answer.sentence for answer in tried_at_once(*acts) if isinstance(answer, Refusal)]
