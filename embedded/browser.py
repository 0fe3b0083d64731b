"""Finding or installing the headless Chromium for the browser tests."""

import os
import shutil
import subprocess
from pathlib import Path

from embedded.install import PYTHON, apt_install, is_root

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
DOWNLOADED = ("chromium-*/chrome-linux*/chrome", "chromium_headless_shell-*/chrome-*/*headless?shell")


def find_browser() -> str | None:
    """The path of a Chromium that starts: CHROMIUM, then the usual names, then one Playwright has downloaded."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return chosen if _starts(chosen) else None
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    downloaded = [str(path) for pattern in DOWNLOADED for path in sorted(cache.glob(pattern), reverse=True)]
    named = [path for path in map(shutil.which, NAMES) if path]
    return next((path for path in (*named, *downloaded) if _starts(path)), None)


def ensure_browser() -> str | None:
    """Finds a Chromium or, as root, installs one; says so and returns None when there is none in the end."""
    found = find_browser()
    if found is None and is_root() and not os.environ.get("CHROMIUM"):
        found = _installed()
    if found is None:
        print("Kein Chromium gefunden: Browsertests brauchen das Paket chromium (als root: »apt-get install chromium«)")
        print("oder den Pfad eines Browsers in CHROMIUM.", flush=True)
    return found


def _installed() -> str | None:
    apt_install("chromium")
    found = find_browser()
    if found is None and shutil.which("chromium-browser"):
        # Ubuntu's package is only a pointer to a snap, which servers and containers cannot run.
        print("Das Paket chromium enthält hier keinen Browser (nur einen Verweis auf ein Snap) …", flush=True)
    if found is None:
        print("Chromium wird über Playwright geladen …", flush=True)
        command = [str(PYTHON), "-m", "playwright", "install", "--with-deps", "chromium"]
        subprocess.run(command, capture_output=True, check=False)
        found = find_browser()
    return found


def _starts(program: str) -> bool:
    """Asks for the version, because a snap pointer without snap is a program that cannot start."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and b"snap" not in done.stdout + done.stderr
