"""The folder into which a mail server lays what comes back (Maildir): read every minute, each file once."""

from pathlib import Path

import structlog
from django.db import DatabaseError

from stakeholders.domain.bounce import note_reports
from stakeholders.domain.delivery_report import NotAReport, Unreadable, read_reports

LARGEST = 2_000_000
"""Bytes; a report carries at most the message it is about."""
AT_ONCE = 1000
ASIDE = "aside"
log = structlog.get_logger()


def read_folder(folder: Path) -> int:
    """How many files were dealt with. What was read moves to `cur`, what cannot be read to `aside` for a human; neither
    holds up the rest. Two workers at once are harmless, because noting a report twice is."""
    waiting = sorted(path for path in (folder / "new").glob("*") if path.is_file() and not path.is_symlink())
    return sum(_deal_with(folder, path) for path in waiting[:AT_ONCE])


def _deal_with(folder: Path, path: Path) -> bool:
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable("too large")
        note_reports(read_reports(path.read_bytes()))
    except NotAReport:
        log.info("no delivery report", file=path.name)
    except Unreadable as fault:
        log.warning("delivery report not readable", file=path.name, reason=str(fault)[:200])
        return _move(path, folder / ASIDE / path.name)
    except (OSError, DatabaseError) as fault:
        # Stays where it is and is read again in a minute.
        log.warning("delivery report not noted", file=path.name, reason=type(fault).__name__)
        return False
    return _move(path, folder / "cur" / f"{path.name.split(':')[0]}:2,S")


def _move(path: Path, to: Path) -> bool:
    try:
        to.parent.mkdir(mode=0o700, exist_ok=True)
        path.replace(to)
    except FileNotFoundError:
        return False
    except OSError as fault:
        log.warning("delivery report not moved", file=path.name, reason=str(fault))
        return False
    return True
