import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories.theses import ThesisFactory
from theses.models import Thesis


@pytest.fixture
def returned(cast: Cast) -> Thesis:
    return ThesisFactory.create(
        author=cast.stakeholder, state=Thesis.State.RETURNED, decision_reason="Bitte nur einen Satz."
    )


def address(thesis: Thesis) -> str:
    return reverse("theses:thesis_revise", args=[thesis.pk, thesis.slug])


def filled(thesis: Thesis, **changes: object) -> dict[str, object]:
    return {
        "sentence": thesis.sentence,
        "reason": thesis.reason,
        "measure": thesis.measure_id,
        "text_language": "de",
        **changes,
    }


def test_revise_shows_the_reason_on_top_and_the_text(client: Client, cast: Cast, returned: Thesis) -> None:
    client.force_login(cast.stakeholder)
    page = client.get(address(returned)).content.decode()
    assert page.index("Bitte nur einen Satz.") < page.index(returned.reason)


def test_revise_submits_again_and_moves_the_address(client: Client, cast: Cast, returned: Thesis) -> None:
    client.force_login(cast.stakeholder)
    before = returned.get_absolute_url()
    response = client.post(address(returned), filled(returned, sentence="Nur ein Satz."), follow=True)
    returned.refresh_from_db()
    assert returned.state == Thesis.State.SUBMITTED
    assert "15 Arbeitstagen" in response.content.decode()
    moved = client.get(before)
    assert (moved.status_code, moved["Location"]) == (301, returned.get_absolute_url())


def test_revise_keeps_the_text_when_something_is_missing(client: Client, cast: Cast, returned: Thesis) -> None:
    client.force_login(cast.stakeholder)
    response = client.post(address(returned), filled(returned, sentence="Lang.", reason=" "))
    assert response.status_code == 422
    assert "Lang." in response.content.decode()


def test_revise_tells_when_the_project_office_was_faster(client: Client, cast: Cast, returned: Thesis) -> None:
    Thesis.objects.update(state=Thesis.State.DECLINED)
    client.force_login(cast.stakeholder)
    assert client.get(address(returned))["Location"] == returned.get_absolute_url()
    page = client.post(address(returned), filled(returned, sentence="Mühsam geändert.")).content.decode()
    assert "inzwischen bereits abgelehnt" in page
    assert "Mühsam geändert." in page


def test_revise_is_for_the_author_only(client: Client, cast: Cast, returned: Thesis) -> None:
    for person in (cast.colleague, cast.project_office, cast.ministry, cast.outsider):
        client.force_login(person)
        assert client.get(address(returned)).status_code == 404
        assert client.post(address(returned), filled(returned)).status_code == 404
    client.logout()
    assert client.get(address(returned))["Location"].startswith(reverse("account_login"))
