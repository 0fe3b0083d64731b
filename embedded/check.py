"""`make check` and `make test`: the checks that need no database, then the tests."""

import os
import subprocess
import sys
import time

from embedded.browser import ensure_browser
from embedded.environment import given_servers, placeholders
from embedded.home import ROOT
from embedded.refusal import Refusal

FAST_TESTS = "tests/architecture"
CHECKS = {
    "Formatierung": ["ruff", "format", "--check", "--quiet"],
    "Stil": ["ruff", "check", "--quiet"],
    "Typen": ["mypy", "."],
    "Importe": ["lint-imports"],
    "Vorlagen": ["djade", "--check", "--target-version", "5.2"],
    # Asks the database for its history too, and would warn that there is none here.
    "Migrationen": ["python", "-W", "ignore::RuntimeWarning", "manage.py", "makemigrations", "--check", "--dry-run"],
}


def main() -> None:
    scope = sys.argv[1]
    given_servers(os.environ)
    for name, command in CHECKS.items():
        run_check(name, command)
    if scope == "all":
        browser = ensure_browser()
        if browser:
            os.environ["CHROMIUM"] = browser
        elif os.environ.get("CI"):
            raise Refusal("In der CI ist ein fehlender Browser ein Fehler.")
    sys.stdout.flush()
    # Two processes; the tests of a file stay together and in order, because journeys build on one another's portal.
    tests = ["-n", "2", "--dist", "loadfile"] if scope == "all" else [FAST_TESTS]
    os.execv(sys.executable, [sys.executable, "-m", "pytest", "-q", *tests])  # noqa: S606 - no shell is wanted


def run_check(name: str, command: list[str]) -> None:
    """Silent but for one line when it passes; raises Refusal after the tool's own words when it fails."""
    program = ROOT / ".venv" / "bin" / command[0]
    arguments = command[1:] + (_templates() if command[0] == "djade" else [])
    start = time.monotonic()
    done = subprocess.run(
        [str(program), *arguments],
        cwd=ROOT,
        env={**os.environ, **placeholders()},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout + done.stderr)
        raise Refusal(f"Prüfung »{name}« nicht bestanden.")
    print(f"{name}: in Ordnung ({time.monotonic() - start:.1f} s)".replace(".", ","), flush=True)


def _templates() -> list[str]:
    return [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]


if __name__ == "__main__":
    try:
        main()
    except Refusal as refusal:
        sys.exit(str(refusal))
