from collections.abc import Callable
from contextlib import closing

import psycopg2
import pytest

from tests.journeys.browser import Visitor
from tests.journeys.people import OFFICE, SECOND, STAKEHOLDER, signed_in
from tests.journeys.stack import Stack, plain_text

pytestmark = pytest.mark.browser


def open_thesis(visitor: Visitor) -> str:
    """The first of the list that people still discuss; returns its address."""
    visitor.go("/thesen/")
    rows = visitor.page.locator("main .row-list__item").filter(has_not_text="abgeschlossen")
    rows.last.get_by_role("link").first.click()
    visitor.page.wait_for_load_state()
    return visitor.page.url


def write(author: Visitor, kind: str, text: str) -> None:
    """The form opens on the page of the thesis itself."""
    author.page.get_by_role("link", name="Beitrag schreiben").click()
    author.page.get_by_label(kind, exact=False).check()
    author.page.get_by_label("Ihr Beitrag", exact=True).fill(text)
    author.look()
    author.press("Beitrag veröffentlichen")
    author.sees(text)


def switch_the_summary(person: Visitor) -> None:
    person.follow("Tägliche Zusammenfassung an- oder abschalten")
    person.press("Nicht mehr bekommen")
    person.sees("Sie bekommen die tägliche Zusammenfassung nicht.")
    person.press("Wieder bekommen")


def test_a_thesis_is_discussed_and_the_office_answers(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    author = signed_in(new_visitor(), STAKEHOLDER)
    address = open_thesis(author)
    author.look()
    write(author, "Pro: spricht für die These", "Unsere Lehrlinge fragen genau danach.")
    author.go(address)
    write(author, "Contra: spricht gegen die These", "In kleinen Betrieben fehlt dafür die Zeit.")
    author.go(address)
    write(author, "Frage", "Wer bezahlt die Werkstattleitung?")

    other = signed_in(new_visitor(), SECOND)
    other.go(address)
    other.sees("In kleinen Betrieben fehlt dafür die Zeit.")
    other.press("Dieser These folgen")
    other.page.get_by_role("button", name="Hilfreich (0)").first.click()
    other.page.get_by_role("button", name="Hilfreich (1)").wait_for()
    other.look()
    other.go(f"{address}?beitraege=fragen")
    other.page.locator("main article").get_by_role("link", name="Melden").first.click()
    other.look()
    other.go("/mein/")
    other.sees("Thesen, denen ich folge")
    switch_the_summary(other)

    office = signed_in(new_visitor(), OFFICE)
    office.go(f"{address}?beitraege=fragen")
    office.page.locator("main article").get_by_role("link", name="Antworten").first.click()
    office.page.get_by_label("Ihre Antwort", exact=True).fill("Das Land fördert die Stelle drei Jahre lang.")
    office.press("Antwort veröffentlichen")
    office.sees("Antwort des Projektbüros")
    stack.wait_for_mail(STAKEHOLDER, "geantwortet", "drei Jahre lang")
    told = plain_text(stack.wait_for_mail(SECOND, "Neue Antwort des Projekt", "drei Jahre lang"))
    link = next(word for word in told.split() if "/thesen/nicht-mehr-folgen/" in word)
    guest = new_visitor()
    guest.go(link)
    guest.press("Nicht mehr folgen")
    guest.sees("Sie folgen dieser These nicht")

    author.go(f"{address}?beitraege=fragen")
    author.sees("Das Land fördert die Stelle drei Jahre lang.")
    author.page.locator("main article").get_by_role("link", name="Ändern").first.click()
    author.look()
    author.page.get_by_label("Ihr Text", exact=True).fill("Wer bezahlt die Leitung der Werkstatt?")
    author.press("Änderung speichern")
    author.sees("geändert:")
    author.page.locator("main article").get_by_role("link", name="Zurückziehen").first.click()
    author.look()
    author.press("Beitrag zurückziehen")
    author.go(f"{address}?beitraege=fragen")
    author.sees("Dieser Beitrag wurde zurückgezogen.")


def test_a_guest_reads_and_is_led_to_sign_in(new_visitor: Callable[[], Visitor]) -> None:
    guest = new_visitor()
    address = open_thesis(guest)
    guest.look()
    for group in ("fragen", "erfahrungen"):
        guest.go(f"{address}?beitraege={group}&reihenfolge=hilfreich")
    guest.follow("Anmelden und mitdiskutieren")
    assert "/konto/login" in guest.page.url
    guest.go(address)
    guest.follow("Diese These melden")
    guest.go("/thesen/nicht-mehr-folgen/falsch/")
    guest.sees("Dieser Link gilt nicht")


def test_a_long_discussion_grows_where_one_reads(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    guest = new_visitor()
    address = open_thesis(guest)
    fill(stack, int(address.split("/thesen/")[1].split("-")[0]))
    guest.go(f"{address}?beitraege=erfahrungen")
    for shown in (40, 45):
        guest.page.get_by_role("link", name="Weitere Beiträge").click()
        guest.page.locator("article.contribution").nth(shown - 1).wait_for()
        assert guest.page.locator("article.contribution").count() == shown
        guest.look()
        focused = guest.page.evaluate("document.activeElement.textContent").strip()
        assert focused.startswith("Weitere Beiträge, Teil")
    assert guest.page.get_by_role("link", name="Weitere Beiträge").count() == 0
    assert guest.page.url.endswith("?beitraege=erfahrungen")


def fill(stack: Stack, thesis: int) -> None:
    """More than one person may write in an hour."""
    with closing(psycopg2.connect(stack.database)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO theses_contribution (thesis_id, kind, text, text_language, is_official, state,
                   helpful_count, answer_count, written_at)
               SELECT %s, 'experience', 'Erfahrung ' || number, 'de', false, 'shown', 0, 0,
                   now() - number * interval '1 min'
               FROM generate_series(1, 45) AS number""",
            (thesis,),
        )
