import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import AuditEntry, Selection
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LIST = reverse("stakeholders:selection_list")


def verbs() -> list[str]:
    rows = AuditEntry.objects.filter(verb__startswith="selection_").order_by("pk")
    return list(rows.values_list("verb", flat=True))


def test_criteria_are_saved_listed_and_opened(cast: Cast, office: Client) -> None:
    query = "?gruppe=industrie&aktiv=nein&page=3"
    for _click in range(2):
        response = office.post(f"{LIST}{query}", {"name": " Stille  Industrie "}, follow=True)
    selection = Selection.objects.get()
    assert (selection.name, selection.created_by) == ("Stille Industrie", cast.project_office)
    assert selection.criteria == {"gruppe": ["industrie"], "aktiv": ["nein"]}
    text = response.content.decode()
    assert "Akteursgruppe: Gruppe industrie · Aktiv in den letzten zwölf Monaten: nein" in text
    opened = office.get(reverse("stakeholders:selection_use", args=[selection.pk]))
    assert opened["Location"] == "/akteure/?gruppe=industrie&aktiv=nein"
    assert "3 Personen" in office.get(opened["Location"]).content.decode()
    assert verbs() == ["selection_saved"]


@pytest.mark.parametrize(
    ("query", "name", "sentence"),
    [
        ("?gruppe=industrie", "", "Bitte geben Sie der Auswahl einen Namen."),
        ("?gruppe=industrie", "\u200b", "lesbaren Text"),
        ("?gruppe=industrie", "a\x00b", "Name der Auswahl"),
        ("?gruppe=industrie", "x" * 121, "120"),
        ("?gruppe=industrie", "Vorhanden", "gibt es schon"),
        ("", "Alle", "Bitte filtern Sie zuerst."),
    ],
)
def test_a_selection_that_cannot_be_saved_says_why(office: Client, query: str, name: str, sentence: str) -> None:
    Selection.objects.create(name="Vorhanden", criteria={"aktiv": ["ja"]})
    response = office.post(f"{LIST}{query}", {"name": name})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Selection.objects.count() == 1


def test_what_is_gone_stands_in_the_list_as_it_was_and_opens_with_a_sentence(office: Client) -> None:
    selection = Selection.objects.create(name="Alt", criteria={"gruppe": ["abgeschafft"]})
    assert "Akteursgruppe: abgeschafft" in office.get(LIST).content.decode()
    response = office.get(reverse("stakeholders:selection_use", args=[selection.pk]), follow=True)
    assert "„abgeschafft“ gibt es bei „Akteursgruppe“ nicht oder nicht mehr." in response.content.decode()


def test_a_selection_is_renamed_unless_somebody_was_faster(office: Client) -> None:
    selection = Selection.objects.create(name="Alt", criteria={"aktiv": ["ja"]})
    Selection.objects.create(name="Belegt", criteria={"aktiv": ["ja"]})
    address = reverse("stakeholders:selection_rename", args=[selection.pk])
    assert 'name="before" value="Alt"' in office.get(address).content.decode()
    taken = office.post(address, {"name": "Belegt", "before": "Alt"})
    assert "gibt es schon" in taken.content.decode()
    for _click in range(2):
        assert office.post(address, {"name": "Neu", "before": "Alt"}).status_code == 302
    stale = office.post(address, {"name": "Anders", "before": "Alt"})
    assert stale.status_code == 422
    assert "inzwischen in „Neu“ umbenannt" in stale.content.decode()
    assert 'value="Anders"' in stale.content.decode()
    assert office.post(address, {"name": "Anders", "before": "Neu"}).status_code == 302
    selection.refresh_from_db()
    assert selection.name == "Anders"
    assert verbs() == ["selection_renamed"] * 2


def test_a_selection_is_deleted_after_a_question(office: Client) -> None:
    selection = Selection.objects.create(name="Alt", criteria={"aktiv": ["ja"]})
    address = reverse("stakeholders:selection_delete", args=[selection.pk])
    assert "Möchten Sie die Auswahl „Alt“ löschen?" in office.get(address).content.decode()
    for _click in range(2):
        assert office.post(address).status_code == 302
    assert not Selection.objects.exists()
    assert verbs() == ["selection_deleted"]
    assert office.get(address).status_code == 404
    assert office.get(f"/akteure/auswahlen/{10**30}/").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_the_same_queries_at_any_size(
    cast: Cast, office: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        Selection.objects.create(name=str(place), criteria={"gruppe": ["industrie"]}, created_by=cast.project_office)
    office.get(LIST)
    with django_assert_num_queries(9):
        office.get(LIST)


def test_selections_are_for_the_project_office_alone(cast: Cast, client: Client) -> None:
    selection = Selection.objects.create(name="Alt", criteria={"aktiv": ["ja"]})
    names = ("use", "rename", "delete")
    addresses = [LIST, *(reverse(f"stakeholders:selection_{name}", args=[selection.pk]) for name in names)]
    for person in (cast.ministry, cast.outsider):
        client.force_login(person)
        assert [client.get(address).status_code for address in addresses] == [404] * 4
        client.post(addresses[3])
        client.post(f"{LIST}?aktiv=ja", {"name": "x"})
    assert list(Selection.objects.all()) == [selection]
