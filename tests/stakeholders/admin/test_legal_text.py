from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stakeholders.models import LegalText
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LIST = reverse("admin:stakeholders_legaltext_changelist")
ADD = reverse("admin:stakeholders_legaltext_add")


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.project_office)
    return client


def sent(**changes: Any) -> dict[str, Any]:
    return {"name": "imprint", "language": "de", "title": "Impressum", "body": "## Neu\n\nText", "seen": 0} | changes


def start(name: str, language: str = "de") -> str:
    return f"{ADD}?name={name}&language={language}"


def test_the_list_names_every_text_and_where_to_change_it(desk: Client) -> None:
    page = desk.get(LIST).content.decode()
    assert page.count("Text der Software") == 15
    assert "name=imprint&amp;language=en" in page


@pytest.mark.parametrize("name", LegalText.Name.values)
def test_the_first_version_starts_from_the_text_of_the_software(desk: Client, name: str) -> None:
    form = desk.get(start(name)).context["adminform"].form
    assert len(form["body"].value()) > 60
    assert form["title"].value()
    assert "<" not in form["body"].value()


def test_the_text_of_the_software_comes_as_markdown(desk: Client) -> None:
    form = desk.get(start("imprint")).context["adminform"].form
    assert form["title"].value() == "Impressum"
    assert "## Herausgeber" in form["body"].value()
    assert "[zukunftswerkstatt@smwa.sachsen.de](mailto:zukunftswerkstatt@smwa.sachsen.de)" in form["body"].value()


def test_a_version_is_published_and_the_next_starts_from_it(desk: Client) -> None:
    response = desk.post(ADD, sent(), follow=True)
    assert "Die neue Fassung erscheint innerhalb einer Minute." in response.content.decode()
    form = desk.get(start("imprint")).context["adminform"].form
    assert (form["body"].value(), form["seen"].value()) == ("## Neu\n\nText", 1)


def test_a_row_shows_what_it_changed_and_cannot_be_edited(desk: Client) -> None:
    desk.post(ADD, sent(body="Eins\nZwei"))
    desk.post(ADD, sent(body="Eins\n<b>Drei</b>", seen=1))
    second = LegalText.objects.get(number=2)
    page = desk.get(reverse("admin:stakeholders_legaltext_change", args=[second.pk])).content.decode()
    assert "<del><span>entfernt:</span> Zwei</del>" in page
    assert "<ins><span>neu:</span> &lt;b&gt;Drei&lt;/b&gt;</ins>" in page
    assert 'name="body"' not in page
    assert desk.post(reverse("admin:stakeholders_legaltext_change", args=[second.pk]), sent()).status_code == 403
    assert desk.get(reverse("admin:stakeholders_legaltext_delete", args=[second.pk])).status_code == 403


def test_the_second_who_publishes_is_told_and_keeps_the_text(desk: Client) -> None:
    desk.post(ADD, sent())
    page = desk.post(ADD, sent(body="Anders")).content.decode()
    assert "Inzwischen wurde eine andere Fassung veröffentlicht." in page
    assert "Anders" in page
    assert 'name="seen" value="1"' in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"body": ""}, "schreiben Sie einen Text"),
        ({"body": "\u200b"}, "lesbaren Text"),
        ({"title": "x" * 121}, "120"),
        ({"body": "x" * 100_001}, "höchstens 100000"),
        ({"name": "security", "body": "Contact: niemand"}, "Expires"),
        ({"seen": "x"}, "ganze Zahl"),
    ],
)
def test_bad_input_is_told(desk: Client, changes: dict[str, str], sentence: str) -> None:
    response = desk.post(ADD, sent(**changes))
    assert sentence in response.content.decode()
    assert not LegalText.objects.exists()


@pytest.mark.parametrize("query", ["", "?name=x&language=de", "?name=imprint&language=fr", "?name=imprint"])
def test_who_comes_without_a_text_chooses_first(desk: Client, query: str) -> None:
    assert desk.get(f"{ADD}{query}")["Location"] == LIST


def test_the_desk_is_closed_to_everybody_else(client: Client, cast: Cast) -> None:
    for person in (cast.stakeholder, cast.ministry, cast.outsider):
        client.force_login(person)
        assert client.post(ADD, sent()).status_code == 302
    assert not LegalText.objects.exists()
