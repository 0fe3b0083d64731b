from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.contributions import ContributionFactory
from tests.factories.mandates import MandateFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import StanceFactory, ThesisFactory
from theses.models import Contribution, Thesis

Kind, State = Contribution.Kind, Contribution.State


def page(client: Client, thesis: Thesis, query: str = "") -> str:
    response = client.get(f"{thesis.get_absolute_url()}{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
def test_a_guest_reads_both_sides_and_is_led_to_sign_in(client: Client) -> None:
    thesis = ThesisFactory.create()
    for kind, text in ((Kind.PRO, "Das spricht dafür."), (Kind.CONTRA, "Das spricht dagegen.")):
        ContributionFactory.create(thesis=thesis, kind=kind, text=text, text_language="dsb")
    text = page(client, thesis)
    assert text.index("Das spricht dafür.") < text.index("Das spricht dagegen.")
    assert '<div lang="dsb"><p>Das spricht dafür.</p></div>' in text
    assert "Anmelden und mitdiskutieren" in text
    assert "csrfmiddlewaretoken" not in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Noch hat niemand etwas geschrieben."),
        ("?beitraege=fragen", "Noch hat niemand etwas gefragt."),
        ("?beitraege=erfahrungen", "Noch hat niemand von eigenen Erfahrungen berichtet."),
        ("?beitraege=fragen&teil=9999999999", "Noch hat niemand etwas gefragt."),
    ],
)
def test_an_empty_discussion_says_what_one_can_do(client: Client, query: str, sentence: str) -> None:
    assert sentence in page(client, ThesisFactory.create(), query)


@pytest.mark.django_db
def test_tabs_hold_questions_and_experiences(client: Client) -> None:
    thesis = ThesisFactory.create()
    ContributionFactory.create(thesis=thesis, kind=Kind.QUESTION, text="Wer zahlt das?")
    ContributionFactory.create(thesis=thesis, kind=Kind.EXPERIENCE, text="Bei uns hat es geholfen.")
    first = page(client, thesis)
    assert "Fragen (1)" in first
    assert "Wer zahlt das?" not in first
    assert "Wer zahlt das?" in page(client, thesis, "?beitraege=fragen")
    assert "Bei uns hat es geholfen." in page(client, thesis, "?beitraege=erfahrungen")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["neu", "alt", "sehr alt"]),
        ("?reihenfolge=hilfreich", ["sehr alt", "neu", "alt"]),
        ("?reihenfolge=unbeantwortet", ["neu", "sehr alt", "alt"]),
        ("?reihenfolge=unsinn&beitraege=x&teil=%00", ["neu", "alt", "sehr alt"]),
    ],
)
def test_the_address_names_the_order(client: Client, query: str, expected: list[str]) -> None:
    thesis = ThesisFactory.create()
    now = timezone.now()
    ContributionFactory.create(
        thesis=thesis, text="Text sehr alt.", written_at=now - timedelta(days=2), helpful_count=3
    )
    old = ContributionFactory.create(
        thesis=thesis, text="Text alt.", written_at=now - timedelta(days=1), answer_count=1
    )
    ContributionFactory.create(thesis=thesis, text="Text neu.")
    ContributionFactory.create(thesis=thesis, parent=old, kind=Kind.ANSWER)
    text = page(client, thesis, query)
    found = sorted((text.index(f"Text {word}."), word) for word in expected)
    assert [word for _place, word in found] == expected


@pytest.mark.django_db
def test_a_long_discussion_comes_in_parts(client: Client) -> None:
    thesis = ThesisFactory.create()
    start = timezone.now() - timedelta(days=1)
    for number in range(45):
        ContributionFactory.create(
            thesis=thesis,
            text=f"Wort-{number:02d}.",
            kind=(Kind.PRO, Kind.CONTRA)[number % 2],
            written_at=start + timedelta(minutes=number),
        )
    first, second, third = (page(client, thesis, query) for query in ("", "?teil=2", "?teil=3"))
    assert [part.count("Wort-") for part in (first, second, third)] == [20, 20, 5]
    assert "?teil=2#diskussion" in first
    assert "Wort-44." in first
    assert "Wort-24." in second
    assert "Weitere Beiträge</a>" not in third
    assert "Hier stehen keine weiteren Beiträge." in page(client, thesis, "?teil=4")


@pytest.mark.django_db
def test_only_the_first_answers_stand_under_a_strand_official_ones_on_top(client: Client, cast: Cast) -> None:
    strand = ContributionFactory.create(answer_count=5)
    for number in range(4):
        ContributionFactory.create(thesis=strand.thesis, parent=strand, kind=Kind.ANSWER, text=f"Antwort {number}.")
    ContributionFactory.create(
        thesis=strand.thesis,
        parent=strand,
        kind=Kind.ANSWER,
        text="Antwort amtlich.",
        is_official=True,
        author=cast.project_office,
    )
    text = page(client, strand.thesis)
    assert text.index("Antwort amtlich.") < text.index("Antwort 0.")
    assert "Antwort des Projektbüros" in text
    assert "Antwort 2." not in text
    assert "Alle 5 Antworten ansehen" in text
    everything = client.get(strand.get_absolute_url()).content.decode()
    assert "Antwort 3." in everything


@pytest.mark.django_db
def test_authors_show_what_they_allow_and_for_whom_they_speak(client: Client) -> None:
    mandate = MandateFactory.create(person__function="Werkleiterin", person__shows_function=True)
    row = ContributionFactory.create(author=mandate.person, mandate=mandate, organisation=mandate.organisation)
    text = page(client, row.thesis)
    assert mandate.person.display_name in text
    assert f"für {mandate.organisation} (Mandat)</a>" in text
    assert "Werkleiterin" in text
    assert mandate.person.mail_address not in text


@pytest.mark.django_db
def test_what_was_taken_out_keeps_its_place_only_with_answers(client: Client) -> None:
    thesis = ThesisFactory.create()
    for state, words in ((State.REMOVED, "nach einer Meldung entfernt"), (State.WITHDRAWN, "wurde zurückgezogen")):
        row = ContributionFactory.create(thesis=thesis, state=state, text="Geheimes Wort.")
        assert words not in page(client, thesis)
        Contribution.objects.filter(pk=row.pk).update(answer_count=1)
        text = page(client, thesis)
        assert words in text
        assert "Geheimes Wort." not in text
        assert "Geheimes Wort." not in client.get(row.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_erased_authors_are_former_and_text_is_escaped(client: Client) -> None:
    row = ContributionFactory.create(author=None, text="<img src=x onerror=alert(1)>")
    text = page(client, row.thesis)
    assert "ehemalige Teilnehmerin / ehemaliger Teilnehmer" in text
    assert "&lt;img src=x" in text


@pytest.mark.parametrize("number", [3, 200])
def test_the_page_costs_the_same_with_three_and_two_hundred_contributions(
    client: Client, cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    thesis = ThesisFactory.create(organisation=cast.stakeholder.organisation)
    author = StakeholderFactory.create(organisation=cast.colleague.organisation, shows_organisation=True)
    mandate = MandateFactory.create(person=author)
    rows = ContributionFactory.create_batch(
        number, thesis=thesis, author=author, mandate=mandate, organisation=mandate.organisation, answer_count=2
    )
    for row in rows[-20:]:
        ContributionFactory.create_batch(2, thesis=thesis, parent=row, kind=Kind.ANSWER, author=author)
    StanceFactory.create(thesis=thesis, person=cast.stakeholder)
    client.force_login(cast.stakeholder)
    with django_assert_num_queries(14):  # nothing kept yet
        client.get(thesis.get_absolute_url())


@pytest.mark.parametrize("number", [1, 30])
def test_a_strand_costs_the_same_with_one_and_thirty_answers(
    client: Client, cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    strand = ContributionFactory.create(answer_count=number)
    ContributionFactory.create_batch(number, thesis=strand.thesis, parent=strand, kind=Kind.ANSWER)
    client.force_login(cast.stakeholder)
    with django_assert_num_queries(6):
        client.get(strand.get_absolute_url())


def test_a_waiting_thesis_has_no_discussion(client: Client, cast: Cast) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder, state=Thesis.State.SUBMITTED)
    row = ContributionFactory.create(thesis=thesis)
    client.force_login(cast.stakeholder)
    assert "Diskussion" not in client.get(thesis.get_absolute_url()).content.decode().split("<main")[1]
    client.force_login(cast.outsider)
    assert client.get(thesis.get_absolute_url()).status_code == 404
    assert client.get(row.get_absolute_url()).status_code == 404
