"""Whether a database was last used by a newer portal than this code."""

from pathlib import Path

import psycopg2

from embedded.home import ROOT
from embedded.refusal import Refusal


def refuse_newer_database(database_url: str, root: Path = ROOT) -> None:
    """Compares the applied migrations of our apps with the files here; an empty database is fine."""
    unknown = sorted(_applied(database_url, _known(root)))
    if unknown:
        raise Refusal(
            f"Die Datenbank stammt von einer neueren Version des Portals (unbekannt: {', '.join(unknown[:3])}); "
            "bitte das Portal aktualisieren oder mit PORTAL_HOME andere Daten wählen."
        )


def _known(root: Path) -> dict[str, set[str]]:
    """Migration names by app label; the label is the name of the folder."""
    return {
        folder.parent.name: {path.stem for path in folder.glob("[0-9]*.py")} for folder in root.glob("*/migrations")
    }


def _applied(database_url: str, known: dict[str, set[str]]) -> list[str]:
    """Applied migrations that have no file, as `app.name`."""
    try:
        connection = psycopg2.connect(database_url)
    except psycopg2.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise Refusal(f"Die Datenbank aus DATABASE_URL antwortet nicht: {reason}") from None
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('django_migrations')")
            if cursor.fetchone() == (None,):
                return []
            cursor.execute("SELECT app, name FROM django_migrations WHERE app = ANY(%s)", [list(known)])
            return [f"{app}.{name}" for app, name in cursor.fetchall() if name not in known[app]]
    finally:
        connection.close()
