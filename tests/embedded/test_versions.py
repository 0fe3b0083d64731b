from pathlib import Path

import psycopg2
import pytest

from embedded.refusal import Refusal
from embedded.servers import Servers
from embedded.versions import refuse_newer_database


def record(servers: Servers, app: str, name: str) -> None:
    connection = psycopg2.connect(servers.database_url)
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS django_migrations (app text, name text)")
        cursor.execute("INSERT INTO django_migrations VALUES (%s, %s)", [app, name])
    connection.close()


def test_database_of_a_newer_portal_is_refused_and_older_or_foreign_is_not(servers: Servers, tmp_path: Path) -> None:
    migrations = tmp_path / "measures" / "migrations"
    migrations.mkdir(parents=True)
    (migrations / "0001_initial.py").touch()
    refuse_newer_database(servers.database_url, tmp_path)
    record(servers, "measures", "0001_initial")
    record(servers, "sessions", "0009_of_another_package")
    refuse_newer_database(servers.database_url, tmp_path)
    record(servers, "measures", "0002_of_tomorrow")
    with pytest.raises(Refusal, match=r"neueren Version des Portals \(unbekannt: measures\.0002_of_tomorrow\);"):
        refuse_newer_database(servers.database_url, tmp_path)
