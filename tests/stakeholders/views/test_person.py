import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.activity import Kind, note_activity
from stakeholders.domain.outbox import post
from stakeholders.domain.tag import MOST_TAGS, add_tag
from stakeholders.mails import Message
from stakeholders.models import AuditEntry, ConsentEvent, Note, Organisation, Stakeholder, Tag
from tests.cast import Cast
from tests.factories.stakeholders import OrganisationFactory, StakeholderFactory

pytestmark = pytest.mark.django_db


def address(about: Stakeholder | Organisation, what: str = "") -> str:
    if isinstance(about, Organisation):
        return reverse(f"stakeholders:organisation_{what or 'history'}", args=[about.slug])
    return reverse(f"stakeholders:person_{what or 'detail'}", args=[about.pk])


def test_person_page_shows_the_whole_relationship(cast: Cast, office: Client) -> None:
    person = cast.stakeholder
    note_activity(person=person, kind=Kind.INVITED, key="workshop:1", label="Werkstatt Robotik", address="/v/w/")
    ConsentEvent.objects.create(person=person, purpose="visibility", version="1", given=True)
    ConsentEvent.objects.create(person=person, purpose="newsletter", version="1", given=True)
    ConsentEvent.objects.create(person=person, purpose="newsletter", version="1", given=False)
    post(Message("k", "invitation", person.mail_address, "Einladung Robotik", "…", person=person))
    Note.objects.create(person=person, text="Ruft zurück.", author=cast.project_office)
    text = office.get(address(person)).content.decode()
    assert '<a href="/v/w/">Werkstatt Robotik</a>' in text
    assert "Angaben für andere sichtbar (1," in text
    assert "Rundbrief (1," not in text
    assert "Einladung Robotik" in text
    assert "Ruft zurück." in text
    assert "noch nie genutzt" not in text
    assert reverse("admin:stakeholders_stakeholder_change", args=[person.pk]) in text


def test_an_imported_person_is_plainly_marked(office: Client) -> None:
    person = StakeholderFactory.create(origin=Stakeholder.Origin.IMPORT, email=None, group=None, source="Messe 2026")
    text = office.get(address(person)).content.decode()
    assert "Diese Person hat das Portal noch nie genutzt." in text
    assert "aus einer Liste übernommen: Messe 2026" in text
    assert "keine: bitte auf anderem Weg ansprechen" in text


@pytest.mark.parametrize("number", [1, 30])
def test_person_page_takes_the_same_queries_at_any_size(
    cast: Cast, office: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        note_activity(person=cast.stakeholder, kind=Kind.INVITED, key=f"workshop:{place}", label="Werkstatt")
        Note.objects.create(person=cast.stakeholder, text=str(place), author=cast.project_office)
    office.get(address(cast.stakeholder))
    with django_assert_num_queries(13):
        office.get(address(cast.stakeholder))


def test_organisation_page_shows_people_and_what_they_did(cast: Cast, office: Client) -> None:
    note_activity(person=cast.stakeholder, kind=Kind.CONTRIBUTED, key="thesis:1", label="Mehr Werkbänke")
    organisation = cast.stakeholder.organisation
    assert organisation
    text = office.get(address(organisation)).content.decode()
    assert "Mehr Werkbänke" in text
    assert address(cast.stakeholder) in text
    assert address(cast.colleague) in text
    assert address(cast.outsider) not in text


def test_an_organisation_that_was_merged_leads_to_the_other(office: Client) -> None:
    kept = OrganisationFactory.create()
    old = OrganisationFactory.create(merged_into=kept)
    assert office.get(address(old))["Location"] == address(kept)


@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_a_note_is_written_once_and_deleted_by_its_author_alone(cast: Cast, client: Client, kind: str) -> None:
    about: Stakeholder | Organisation = cast.stakeholder if kind == "person" else OrganisationFactory.create()
    other = StakeholderFactory.create(role=Stakeholder.Role.PROJECT_OFFICE)
    client.force_login(cast.project_office)
    for _click in range(2):
        response = client.post(address(about, "note"), {"text": "Erste Zeile\x00\r\n<b>zweite</b>"}, follow=True)
    note = Note.objects.get()
    assert (note.text, note.author) == ("Erste Zeile\n<b>zweite</b>", cast.project_office)
    assert "&lt;b&gt;zweite&lt;/b&gt;" in response.content.decode()
    delete = reverse("stakeholders:note_delete", args=[note.pk])
    client.force_login(other)
    assert delete not in client.get(address(about)).content.decode()
    assert "Eine Notiz löscht, wer sie geschrieben hat." in client.post(delete, follow=True).content.decode()
    client.force_login(cast.project_office)
    assert "Die Notiz ist gelöscht." in client.post(delete, follow=True).content.decode()
    assert client.post(delete).status_code == 404
    verbs = AuditEntry.objects.filter(verb__startswith="note_").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["note_written", "note_deleted"]


@pytest.mark.parametrize("text", ["", "   ", "\x00", "\u200b", "x" * 2001])
def test_a_note_without_words_or_too_long_is_refused_and_stays_typed(cast: Cast, office: Client, text: str) -> None:
    response = office.post(address(cast.stakeholder, "note"), {"text": text})
    assert response.status_code == 422
    assert text.strip("\x00") in response.content.decode()
    assert not Note.objects.exists()


def test_tags_are_added_once_and_taken_off(cast: Cast, office: Client) -> None:
    Tag.objects.create(name="Beirat")
    for name in ("beirat", " Beirat ", "Presse"):
        assert office.post(address(cast.stakeholder, "tags"), {"name": name}).status_code == 302
    assert {tag.name for tag in cast.stakeholder.tags.all()} == {"Beirat", "Presse"}
    for _click in range(2):
        office.post(address(cast.stakeholder, "tags"), {"remove": "Beirat"})
    assert {tag.name for tag in cast.stakeholder.tags.all()} == {"Presse"}
    assert Tag.objects.filter(name="Beirat").exists()
    assert AuditEntry.objects.filter(verb="tags_changed").count() == 3


@pytest.mark.parametrize("name", ["", "\x00", "x" * 61])
def test_a_tag_that_is_no_word_is_refused(cast: Cast, office: Client, name: str) -> None:
    assert office.post(address(cast.stakeholder, "tags"), {"name": name}).status_code == 422
    assert office.post(address(cast.stakeholder, "tags"), {"remove": f"{name}?"}).status_code == 302
    assert not Tag.objects.exists()


def test_too_many_tags_are_refused(cast: Cast, office: Client) -> None:
    for number in range(MOST_TAGS):
        add_tag(about=cast.stakeholder, name=f"Wort {number}", actor=cast.project_office)
    response = office.post(address(cast.stakeholder, "tags"), {"name": "eins zu viel"})
    assert response.status_code == 422
    assert cast.stakeholder.tags.count() == MOST_TAGS


def test_pages_of_nobody_are_not_found(office: Client) -> None:
    for number in (0, 10**30):
        assert office.get(f"/akteure/{number}/").status_code == 404
        assert office.post(f"/akteure/{number}/notizen/", {"text": "x"}).status_code == 404
        assert office.post(f"/akteure/notizen/{number}/loeschen/").status_code == 404
    assert office.get("/akteure/organisationen/gibt-es-nicht/").status_code == 404


def test_pages_are_for_the_project_office_alone(cast: Cast, client: Client) -> None:
    organisation = OrganisationFactory.create()
    for person in (cast.stakeholder, cast.ministry, cast.outsider):
        client.force_login(person)
        for about in (cast.stakeholder, organisation):
            assert client.get(address(about)).status_code == 404
            assert client.post(address(about, "note"), {"text": "x"}).status_code == 404
            assert client.post(address(about, "tags"), {"name": "x"}).status_code == 404
    assert not Note.objects.exists()
    assert not Tag.objects.exists()
