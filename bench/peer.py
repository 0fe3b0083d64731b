"""The library that opinion groups are measured against, in an environment of its own: no part of the portal."""

import hashlib
import subprocess
import sys
from pathlib import Path

from embedded.home import ROOT

FOLDER = ROOT / ".local" / "peer"
LOCK = ROOT / "requirements" / "peer.txt"
PYTHON = FOLDER / "bin" / "python"
STAMP = FOLDER / "installed"
OPTIONS = ("-qq", "--no-input", "--disable-pip-version-check", "--retries", "1", "--require-hashes")


def peer_python() -> Path | None:
    """Its Python, installed on first use; None where that is impossible, for example without a network."""
    wanted = f"{sys.version_info[:2]} {hashlib.sha256(LOCK.read_bytes()).hexdigest()}"
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return PYTHON
    print("red-dwarf wird zum Vergleich nach .local/peer installiert (einmalig, 383 MB) …", flush=True)
    commands = (
        [sys.executable, "-m", "venv", "--clear", str(FOLDER)],
        [str(PYTHON), "-m", "pip", "install", *OPTIONS, "-r", str(LOCK)],
    )
    for command in commands:
        if subprocess.run(command, capture_output=True, check=False).returncode:
            return None
    STAMP.write_text(wanted, encoding="utf-8")
    return PYTHON
