"""`python -m bench.groups`: opinion groups in the same answers, by the portal and by red-dwarf, each in a process.

Both compute two principal components of the answers, k-means for 2 to 5 groups and the silhouette that chooses their
number; loading of modules and files is not counted. They differ in two points, which the output names: red-dwarf takes
the silhouette of all participants, the portal that of a drawn thousand, and the portal starts k-means ten times, the
peer once. Therefore the smaller size is also measured with the silhouette of all, and the likeness of both results
(adjusted Rand index: 1 for the same groups) stands beside the times.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.peer import peer_python
from embedded.home import ROOT
from theses.domain.clustering import adjusted_rand

Command = Sequence[str | Path]


@dataclass(frozen=True)
class Size:
    """`faster`: how many times as fast as the peer it must be; `megabytes`: the memory of the process at most."""

    people: int
    theses: int
    density: float
    turns: int
    faster: float
    megabytes: float | None


SIZES = (Size(2000, 900, 0.1, 3, 1, None), Size(20_000, 300, 0.17, 1, 5, 500))


def main() -> None:
    peer = peer_python()
    if peer is None:
        print("Der Vergleich mit red-dwarf entfällt: Es ließ sich nicht installieren (vielleicht fehlt das Netz).")
    with tempfile.TemporaryDirectory(prefix="zwi-groups-") as name:
        folder = Path(name)
        print(f"\n{'Meinungsgruppen':<34}{'ms':>9}{'MB':>7}{'Gruppen':>9}")
        for size in SIZES:
            compare(size, folder, peer)


def compare(size: Size, folder: Path, peer: Path | None) -> None:
    answers = folder / f"{size.people}.npz"
    write_answers(size, answers)
    own_command: Command = [sys.executable, "-m", "bench.own_groups", answers]
    peer_command: Command = (
        [] if peer is None else [peer, "-P", "-W", "ignore", ROOT / "bench" / "peer_groups.py", answers]
    )
    name, turns = f"{size.people} × {size.theses}", str(size.turns)
    own = run(own_command, folder, turns)
    heavy = size.megabytes is not None and own["megabytes"] > size.megabytes
    print_row(f"{name}, Portal", own, f"   über {size.megabytes} MB" if heavy else "")
    if size.megabytes is None:
        print_row(f"{name}, Silhouette aller", run(own_command, folder, turns, str(size.people)))
    if not peer_command:
        return
    other = run(peer_command, folder, turns)
    ratio = other["seconds"] / own["seconds"]
    print_row(f"{name}, red-dwarf 0.4.0", other)
    like = adjusted_rand(np.array(own["groups"]), np.array(other["groups"]))
    missed = "" if ratio >= size.faster else "   verfehlt"
    print(
        f"    Das Portal ist {ratio:.1f}-mal so schnell (verlangt: {size.faster}-mal){missed}; Ähnlichkeit {like:.2f}"
    )


def write_answers(size: Size, file: Path) -> None:
    """Three camps that lean differently; everybody answers the same share of the theses."""
    random = np.random.default_rng(1)
    camp = random.integers(3, size=size.people)
    leaning = random.normal(size=(3, size.theses))[camp] + 1.2 * random.normal(size=(size.people, size.theses))
    participant, thesis = np.nonzero(random.random((size.people, size.theses)) < size.density)
    value = np.where(np.abs(leaning) > 0.4, np.sign(leaning), 0).astype(np.int64)[participant, thesis]
    shape = np.array([size.people, size.theses])
    np.savez(file, participant=participant, thesis=thesis, value=value, shape=shape)


def run(command: Command, folder: Path, *arguments: str) -> dict[str, Any]:
    result = folder / "result.json"
    subprocess.run([*command, result, *arguments], cwd=ROOT, check=True)
    told: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return told


def print_row(name: str, told: dict[str, Any], remark: str = "") -> None:
    print(f"{name:<34}{told['seconds'] * 1000:>9.0f}{told['megabytes']:>7.0f}{told['k']:>9}{remark}", flush=True)


if __name__ == "__main__":
    main()
