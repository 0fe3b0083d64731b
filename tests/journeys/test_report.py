"""A report from the office's correction to the ministry's comparison, and the figures computed again by anybody."""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from tests.journeys.browser import Visitor
from tests.journeys.people import MINISTRY, OFFICE, signed_in
from tests.journeys.stack import ROOT, Stack

pytestmark = pytest.mark.browser
FIRST = "/berichte/demo-runde-1/1/"


def test_office_corrects_a_report_and_the_ministry_compares_and_recomputes(
    new_visitor: Callable[[], Visitor], stack: Stack, tmp_path: Path
) -> None:
    with closing(psycopg2.connect(stack.database)) as connection, connection.cursor() as cursor:
        cursor.execute("UPDATE measures_assessmentround SET title_en = title_en || ' I' WHERE slug = 'demo-runde-1'")
        connection.commit()
    office = signed_in(new_visitor(), OFFICE)
    office.go("/berichte/demo-runde-1/einfrieren/")
    office.press("Neu einfrieren")
    office.sees("Gegenüber Fassung 1 haben sich")
    office.page.get_by_label("Was sich geändert hat").fill("Der englische Titel war falsch.")
    office.press("Neu einfrieren")
    office.sees("Gegenüber Fassung 1: Der englische Titel war falsch.")
    office.sees("Kein Rang und kein Status einer Maßnahme hat sich dadurch geändert.")

    ministry = signed_in(new_visitor(), MINISTRY)
    ministry.go(FIRST)
    for drawing in ministry.page.locator("main article svg[role=img]").all():
        assert drawing.locator("title").first.text_content()
        assert drawing.locator("desc").text_content()
    with ministry.page.expect_download() as waiting:
        ministry.page.get_by_role("link", name="Anonyme Bewertungen zum Nachrechnen").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    done = subprocess.run(
        [sys.executable, "-B", "manage.py", "rank_data", str(file)], cwd=ROOT, capture_output=True, check=True
    )
    ministry.sees(json.loads(done.stdout)["hash"])

    ministry.go("/berichte/")
    ministry.follow("Zwei Ergebnisse vergleichen")
    ministry.page.get_by_label("Früheres Ergebnis").select_option("demo-runde-1/1")
    ministry.page.get_by_label("Späteres Ergebnis").select_option("demo-runde-1/1")
    ministry.press("Anzeigen")
    ministry.sees("Das ist dasselbe Ergebnis.")
    ministry.page.get_by_label("Späteres Ergebnis").select_option("demo-runde-1/2")
    ministry.press("Anzeigen")
    ministry.sees("Ränge und Status")
