"""The office chooses a wave by lot or whole, looks it through, sends it, reminds, hands out the protocol."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import OutgoingMail, Selection, Stakeholder, Tag
from tests.cast import Cast
from tests.factories.stakeholders import DistrictFactory, StakeholderFactory, StakeholderGroupFactory
from tests.factories.workshops import InvitationFactory, InvitationWaveFactory, WorkshopFactory
from tests.workshops.post import kinds
from workshops.domain.draw_protocol import replay
from workshops.domain.invitation import answer
from workshops.domain.registration import register
from workshops.models import Invitation, InvitationWave, Workshop

pytestmark = pytest.mark.django_db


def desk(workshop: Workshop, query: str = "?vorschau=1") -> str:
    return f"{reverse('admin:workshops_workshop_invite', args=[workshop.pk])}{query}"


def page(wave: InvitationWave) -> str:
    return reverse("admin:workshops_wave", args=[wave.workshop_id, wave.number])


def step(wave: InvitationWave, name: str) -> str:
    return reverse("admin:workshops_wave_step", args=[wave.workshop_id, wave.number, name])


def protocol(wave: InvitationWave) -> str:
    return reverse("admin:workshops_wave_protocol", args=[wave.workshop_id, wave.number])


def two_groups() -> str:
    """Twelve people of one group, four of another, all of one district; the choice of both in the address."""
    district = DistrictFactory.create(key="14713000")
    pks = []
    for key, size in (("forschung", 12), ("kammern", 4)):
        group = StakeholderGroupFactory.create(key=key)
        StakeholderFactory.create_batch(size, group=group, district=district)
        pks.append(group.pk)
    return "?" + "&".join(f"groups={pk}" for pk in pks)


def draw_request(**fields: Any) -> dict[str, Any]:
    return {"action": "draw", "places": 6, "seed": 42, **{name.replace("_", "-"): fields[name] for name in fields}}


def test_the_desk_offers_a_draw_with_a_seed_of_chance_and_a_line_per_group_and_district(office: Client) -> None:
    workshop = WorkshopFactory.create(capacity=5)
    query = two_groups()
    texts = [office.get(desk(workshop, query)).content.decode() for _look in range(3)]
    assert 'aria-label="Mindestens aus: Gruppe forschung"' in texts[0]
    assert 'aria-label="Höchstens aus: Kreis 14713000"' in texts[0]
    assert re.search(r'name="places" value="5"', texts[0])
    assert len({re.findall(r'name="seed" value="(\d+)"', text)[0] for text in texts}) > 1


def test_a_draw_makes_a_draft_that_meets_the_quotas_and_tells_nobody(office: Client) -> None:
    workshop = WorkshopFactory.create()
    data = draw_request(low_group_kammern=2, high_group_kammern=3, high_district_14713000="")
    response = office.post(desk(workshop, two_groups()), data)
    wave = InvitationWave.objects.get()
    assert response.headers["Location"] == page(wave)
    drawn = list(wave.invitations.values_list("person__group__key", flat=True))
    assert len(drawn) == 6
    assert drawn.count("kammern") in (2, 3)
    assert (wave.seed, wave.places) == (42, 6)
    assert wave.quotas == [{"category": "group", "value": "kammern", "low": 2, "high": 3}]
    assert not OutgoingMail.objects.exists()
    text = office.get(page(wave)).content.decode()
    assert "Entwurf: Niemand hat bisher davon erfahren." in text
    assert "Zur Auswahl standen 16 Personen. Startwert der Auslosung: 42." in text
    assert '<tr><th scope="row">Gruppe kammern</th><td>2</td><td>3</td></tr>' in text


def test_a_smallest_number_alone_leaves_all_places_as_the_largest(office: Client) -> None:
    workshop = WorkshopFactory.create()
    office.post(desk(workshop, two_groups()), draw_request(low_group_kammern=4))
    assert InvitationWave.objects.get().quotas == [{"category": "group", "value": "kammern", "low": 4, "high": 6}]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"low_group_kammern": 5}, "Gruppe kammern: mindestens 4, höchstens 6 statt mindestens 5, höchstens 6"),
        ({"low_group_kammern": 3, "high_group_kammern": 2}, "Die Höchstzahl darf nicht kleiner als die Mindestzahl"),
        ({"places": 17}, "Zur Auswahl stehen nur 16 Personen."),
        ({"places": 0}, "größer oder gleich 1 sein"),
        ({"places": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"places": "9" * 5000}, "Bitte eine ganze Zahl eingeben."),
        ({"seed": 2**31}, "kleiner oder gleich 2147483647 sein"),
        ({"seed": "\x00"}, "Bitte eine ganze Zahl eingeben."),
        ({"high_district_14713000": -1}, "größer oder gleich 0 sein"),
    ],
)
def test_a_refusal_stands_at_the_form_and_nothing_typed_is_lost(
    office: Client, fields: dict[str, Any], sentence: str
) -> None:
    workshop = WorkshopFactory.create()
    response = office.post(desk(workshop, two_groups()), draw_request(**{"high_group_forschung": 11, **fields}))
    assert response.status_code == 422
    text = response.content.decode()
    assert sentence in text
    assert re.search(r'name="high-group-forschung" value="11"', text)
    assert not InvitationWave.objects.exists()


def test_people_without_a_group_can_have_a_quota_too(office: Client) -> None:
    workshop = WorkshopFactory.create()
    tag = Tag.objects.create(name="Auftakt")
    for person in [*StakeholderFactory.create_batch(3, group=None), *StakeholderFactory.create_batch(2)]:
        person.tags.add(tag)
    selection = Selection.objects.create(name="Auftakt", criteria={"schlagwort": ["Auftakt"]})
    office.post(desk(workshop, f"?selection={selection.pk}"), draw_request(places=3, high_group_none=1))
    drawn = Invitation.objects.filter(is_draft=True)
    assert (drawn.count(), drawn.filter(person__group=None).count()) == (3, 1)


def test_everybody_as_a_draft_is_sent_after_a_question_and_only_once(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create()
    office.post(desk(workshop), {"action": "draft"})
    wave = InvitationWave.objects.get()
    assert wave.invitations.count() == 3
    assert "3 Nachrichten gehen sofort hinaus" in office.get(step(wave, "senden")).content.decode()
    assert kinds(cast.stakeholder) == []
    assert "3 Personen sind eingeladen." in office.post(step(wave, "senden"), follow=True).content.decode()
    again = office.post(step(wave, "senden"), follow=True).content.decode()
    assert "Diese Welle ist schon verschickt." in again
    assert kinds(cast.stakeholder) == ["invitation"]
    assert "0 von 3 Nachrichten gesendet." in again
    assert '<th scope="row">Text wird noch geschrieben</th><td>3</td>' in again


def test_the_question_counts_nobody_who_has_registered_meanwhile(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create()
    office.post(desk(workshop), {"action": "draft"})
    wave = InvitationWave.objects.get()
    register(workshop=workshop, person=cast.outsider, actor=cast.outsider)
    assert "2 Nachrichten gehen sofort hinaus" in office.get(step(wave, "senden")).content.decode()
    office.post(step(wave, "senden"))
    assert "invitation" not in kinds(cast.outsider)


def test_nobody_left_is_said_at_the_desk(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create()
    for _click in range(2):
        response = office.post(desk(workshop), {"action": "draft"}, follow=True)
    assert "Niemand ist neu einzuladen." in response.content.decode()
    assert InvitationWave.objects.count() == 1


def test_a_draft_can_be_discarded_and_a_sent_wave_cannot(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create()
    office.post(desk(workshop), {"action": "draft"})
    wave = InvitationWave.objects.get()
    assert "Es geht keine Nachricht hinaus." in office.get(step(wave, "verwerfen")).content.decode()
    assert "Der Entwurf ist verworfen." in office.post(step(wave, "verwerfen"), follow=True).content.decode()
    assert "Diese Welle gibt es nicht mehr." in office.post(step(wave, "verwerfen"), follow=True).content.decode()
    assert not Invitation.objects.exists()
    office.post(desk(workshop), {"action": "draft"})
    sent = InvitationWave.objects.get()
    office.post(step(sent, "senden"))
    assert "schon verschickt" in office.post(step(sent, "verwerfen"), follow=True).content.decode()
    assert Invitation.objects.count() == 3


def test_who_has_not_answered_is_reminded_once(cast: Cast, office: Client) -> None:
    office.post(desk(WorkshopFactory.create()), {"action": "draft"})
    wave = InvitationWave.objects.get()
    assert "noch nicht verschickt" in office.post(step(wave, "erinnern"), follow=True).content.decode()
    office.post(step(wave, "senden"))
    answer(invitation=wave.invitations.get(person=cast.stakeholder), accept=True)
    assert "An offene Antworten erinnern" in office.get(page(wave)).content.decode()
    assert "2 Nachrichten gehen sofort hinaus" in office.get(step(wave, "erinnern")).content.decode()
    text = office.post(step(wave, "erinnern"), follow=True).content.decode()
    assert "2 Personen werden erinnert." in text
    assert "An offene Antworten erinnern" not in text
    assert "nur einmal erinnert" in office.post(step(wave, "erinnern"), follow=True).content.decode()
    assert kinds(cast.outsider) == ["invitation", "invitation_reminder"]
    assert "invitation_reminder" not in kinds(cast.stakeholder)


def test_the_next_wave_is_suggested_as_large_as_was_declined_or_not_answered(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create()
    office.post(desk(workshop), {"action": "draft"})
    wave = InvitationWave.objects.get()
    office.post(step(wave, "senden"))
    answer(invitation=wave.invitations.get(person=cast.stakeholder), accept=True)
    answer(invitation=wave.invitations.get(person=cast.colleague), accept=False)
    StakeholderFactory.create_batch(2)
    assert "Nächste Welle vorbereiten (2 Plätze vorgeschlagen)" in office.get(page(wave)).content.decode()
    assert 'name="places" value="2"' in office.get(desk(workshop)).content.decode()
    office.post(desk(workshop), {"action": "draft"})
    assert "vorgeschlagen" not in office.get(page(wave)).content.decode()


def test_the_protocol_of_a_drawn_wave_draws_the_same(office: Client) -> None:
    workshop = WorkshopFactory.create(slug="lausitz")
    office.post(desk(workshop, two_groups()), draw_request(low_group_kammern=2))
    wave = InvitationWave.objects.get()
    response = office.get(protocol(wave))
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Content-Disposition"] == f'attachment; filename="lausitz-welle-{wave.number}.json"'
    given = json.loads(response.content)
    assert replay(given) == given["drawn"]
    assert not any(person.last_name in response.content.decode() for person in Stakeholder.objects.all())


def test_a_wave_that_was_not_drawn_has_no_protocol(cast: Cast, office: Client) -> None:
    office.post(desk(WorkshopFactory.create()), {"action": "draft"})
    wave = InvitationWave.objects.get()
    assert office.get(protocol(wave)).status_code == 404
    assert "Protokoll der Auslosung" not in office.get(page(wave)).content.decode()


def test_the_page_of_the_event_lists_its_waves(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create()
    change = reverse("admin:workshops_workshop_change", args=[workshop.pk])
    assert "Noch keine. Unter „Einladen“" in office.get(change).content.decode()
    office.post(desk(workshop), {"action": "draft"})
    wave = InvitationWave.objects.get()
    text = office.get(change).content.decode()
    assert f'<a href="{page(wave)}">Welle 1</a>' in text
    assert "<td>Entwurf</td>" in text
    assert "Höchstens je Organisation" in text


def test_pages_take_the_same_queries_for_few_and_many(
    cast: Cast, office: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    workshop = WorkshopFactory.create()
    wave = InvitationWaveFactory.create(workshop=workshop)
    for rows in (1, 29):
        InvitationFactory.create_batch(rows, workshop=workshop, wave=wave, is_draft=True)
        InvitationWaveFactory.create_batch(rows, workshop=workshop)
        StakeholderFactory.create_batch(rows)
        with django_assert_max_num_queries(9):
            office.get(page(wave))
        with django_assert_max_num_queries(12):
            office.get(desk(workshop))
        with django_assert_max_num_queries(23):
            office.get(reverse("admin:workshops_workshop_change", args=[workshop.pk]))
    assert "Seite 2 von 2" in office.get(f"{page(wave)}?page=99").content.decode()


def test_what_there_is_not_is_not_found(office: Client) -> None:
    wave = InvitationWaveFactory.create()
    assert office.get(step(wave, "loeschen")).status_code == 404
    assert office.get(page(wave).replace(f"/{wave.number}/", "/99999999999999999999/")).status_code == 404
    assert office.post(page(wave)).status_code == 405
    assert office.delete(step(wave, "senden")).status_code == 405
    other = WorkshopFactory.create()
    assert office.get(reverse("admin:workshops_wave", args=[other.pk, wave.number])).status_code == 404


def test_waves_are_closed_to_outsiders(cast: Cast, client: Client) -> None:
    wave = InvitationWaveFactory.create()
    InvitationFactory.create(workshop=wave.workshop, wave=wave, is_draft=True, person=cast.outsider)
    for person in (cast.ministry, cast.outsider):
        client.force_login(person)
        for address in (page(wave), protocol(wave), step(wave, "senden")):
            assert client.get(address).status_code == 302
        for name in ("senden", "verwerfen", "erinnern"):
            assert client.post(step(wave, name)).status_code == 302
        assert client.post(desk(wave.workshop), {"action": "draft"}).status_code == 302
    wave.refresh_from_db()
    assert (wave.sent_at, InvitationWave.objects.count()) == (None, 1)
