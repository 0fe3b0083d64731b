from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.factories.workshops import RegistrationFactory, SessionFactory, WorkshopFactory
from workshops.models import PitchVote, Session, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def pitches(cast: Cast) -> list[Session]:
    """Of a slam that has just begun, where the stakeholder has a place."""
    workshop = WorkshopFactory.create(slug="slam", starts_at=timezone.now() - timedelta(minutes=5))
    RegistrationFactory.create(workshop=workshop, person=cast.stakeholder)
    return [SessionFactory.create(workshop=workshop, title=title, is_pitch=True) for title in ("Giga", "Mega")]


def page(client: Client) -> str:
    return client.get("/veranstaltungen/slam/").content.decode()


def vote(client: Client, pitch: object) -> str:
    response = client.post("/veranstaltungen/slam/abstimmen/", {"pitch": str(pitch)}, follow=True)
    assert response.redirect_chain[-1][0] == "/veranstaltungen/slam/#abstimmung"
    return response.content.decode()


def test_audience_votes_changes_its_mind_and_sees_the_result_at_the_end(
    cast: Cast, client: Client, pitches: list[Session]
) -> None:
    client.force_login(cast.stakeholder)
    assert "Welcher Beitrag hat Sie überzeugt?" in page(client)
    assert "Ihre Stimme zählt." in vote(client, pitches[0].pk)
    text = vote(client, pitches[1].pk)
    assert f'value="{pitches[1].pk}" required checked' in text
    assert "Ergebnis der Abstimmung" not in text
    assert PitchVote.objects.get().session == pitches[1]
    Workshop.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    text = page(client)
    assert "1 Stimme wurde abgegeben." in text
    result = text[text.index("Ergebnis der Abstimmung") :]
    assert result.index("Mega") < result.index("Giga")
    assert "Die Abstimmung ist beendet." in vote(client, pitches[0].pk)


@pytest.mark.parametrize("pitch", ["", "x", "²", "0", "9" * 30])
def test_nonsense_is_refused_with_a_sentence(pitch: str, cast: Cast, client: Client, pitches: list[Session]) -> None:
    client.force_login(cast.stakeholder)
    assert "Bitte wählen Sie einen der Beiträge." in vote(client, pitch)
    assert not PitchVote.objects.exists()


def test_event_without_pitches_has_no_vote(client: Client) -> None:
    WorkshopFactory.create(slug="slam")
    assert "Abstimmung" not in page(client)


def test_guests_and_outsiders_watch_the_vote(cast: Cast, client: Client, pitches: list[Session]) -> None:
    assert "Abstimmen kann, wer einen bestätigten Platz hat." in page(client)
    assert client.post("/veranstaltungen/slam/abstimmen/", {"pitch": pitches[0].pk}).status_code == 302
    assert client.get("/veranstaltungen/slam/abstimmen/").status_code == 405
    client.force_login(cast.outsider)
    assert "Welcher Beitrag" not in page(client)
    assert "Abstimmen kann, wer einen bestätigten Platz hat." in vote(client, pitches[0].pk)
    assert not PitchVote.objects.exists()
