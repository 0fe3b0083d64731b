"""A small load generator: keep-alive connections that ask one page after another, and the server's own CPU time."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Measurement:
    """All requests to one page over all turns: seconds of each, wall seconds and CPU seconds of the server."""

    times: list[float] = field(default_factory=list)
    wall: float = 0.0
    cpu: float = 0.0
    size: int = 0

    @property
    def rate(self) -> float:
        return len(self.times) / self.wall

    @property
    def p95(self) -> float:
        return sorted(self.times)[int(len(self.times) * 0.95)]

    @property
    def cpu_per_request(self) -> float:
        return self.cpu / len(self.times)


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and of everything it started."""
    total = 0.0
    for process in [pid, *descendants(pid)]:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def descendants(pid: int) -> list[int]:
    children = [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]
    return [process for child in children for process in (child, *descendants(child))]


def ask(port: int, path: str, times: int) -> tuple[list[float], int]:
    """Seconds of each of `times` requests over one connection, and the bytes of the last answer.

    Raises RuntimeError on any answer but 200.
    """
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    seconds, size = [], 0
    for _turn in range(times):
        start = time.perf_counter()
        connection.request("GET", path)
        response = connection.getresponse()
        size = len(response.read())
        seconds.append(time.perf_counter() - start)
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}.")
    connection.close()
    return seconds, size


def take_turn(measurement: Measurement, *, port: int, pid: int, path: str, connections: int, requests: int) -> None:
    """Ask `requests` times over each of `connections` connections at once and add it to the measurement."""
    cpu, wall = cpu_seconds(pid), time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        answers = list(pool.map(lambda _number: ask(port, path, requests), range(connections)))
    measurement.wall += time.perf_counter() - wall
    measurement.cpu += cpu_seconds(pid) - cpu
    for seconds, size in answers:
        measurement.times += seconds
        measurement.size = size
