"""Measured figures, one line each."""

import time
from collections.abc import Callable


def timed(action: Callable[[], object]) -> float:
    """Seconds by the clock on the wall."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def tell_heading(name: str) -> None:
    print(f"\n{name:<60}{'gemessen':>12}", flush=True)


def tell(what: str, figure: str, holds: bool = True) -> None:
    print(f"{what:<60}{figure:>12}" + ("" if holds else "   verfehlt"), flush=True)
