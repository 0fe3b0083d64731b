import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.mandates import MandateFactory
from tests.factories.measures import MeasureFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import StanceFactory, ThesisFactory
from theses.domain.stance import take
from theses.models import Stance, Thesis


def page(client: Client, thesis: Thesis) -> str:
    response = client.get(thesis.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_detail_names_author_and_organisation_never_the_address(client: Client, cast: Cast) -> None:
    thesis = ThesisFactory.create(
        author=cast.stakeholder, organisation=cast.stakeholder.organisation, text_language="dsb"
    )
    text = page(client, thesis)
    assert cast.stakeholder.organisation
    link = f'<a href="{cast.stakeholder.organisation.get_absolute_url()}">für {cast.stakeholder.organisation}</a>'
    assert f"{cast.stakeholder.display_name} {link}" in text
    assert f'<h1 class="thesis-sentence" lang="dsb">{thesis.sentence}</h1>' in text
    assert "@" not in text.replace("zukunftswerkstatt@smwa.sachsen.de", "")


def test_detail_marks_what_was_said_under_a_mandate_after_it_has_ended_too(client: Client, cast: Cast) -> None:
    mandate = MandateFactory.create(person=cast.stakeholder, state="ended")
    thesis = ThesisFactory.create(author=cast.stakeholder, organisation=mandate.organisation, mandate=mandate)
    assert f">für {mandate.organisation} (Mandat)</a>" in page(client, thesis)
    assert f"für {mandate.organisation} (Mandat)" in client.get(reverse("theses:thesis_list")).content.decode()


@pytest.mark.django_db
def test_detail_of_a_forgotten_or_nameless_author_tells_no_address(client: Client) -> None:
    nameless = StakeholderFactory.create(first_name="", last_name="")
    former = "ehemalige Teilnehmerin / ehemaliger Teilnehmer"
    for author, shown in ((None, former), (nameless, "Teilnehmerin / Teilnehmer")):
        text = page(client, ThesisFactory.create(author=author))
        assert shown in text
        assert nameless.mail_address not in text


@pytest.mark.django_db
def test_detail_with_another_slug_moves_for_good(client: Client) -> None:
    thesis = ThesisFactory.create()
    moved = client.get(reverse("theses:thesis_detail", args=[thesis.pk, "frueher"]))
    assert (moved.status_code, moved["Location"]) == (301, thesis.get_absolute_url())


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "9" * 5000])
def test_detail_of_an_unknown_number_is_not_found(client: Client, number: str) -> None:
    assert client.get(f"/thesen/{number}-these/").status_code == 404


@pytest.mark.django_db
def test_detail_escapes_the_reason(client: Client) -> None:
    text = page(client, ThesisFactory.create(reason="<img src=x onerror=alert(1)>\n\nZweiter Absatz."))
    assert "&lt;img src=x" in text
    assert "<p>Zweiter Absatz.</p>" in text


@pytest.mark.django_db
def test_detail_asks_a_guest_to_sign_in_and_shows_no_shares(client: Client) -> None:
    thesis = ThesisFactory.create()
    StanceFactory.create_batch(6, thesis=thesis)
    text = page(client, thesis)
    assert f"{reverse('account_login')}?next={thesis.get_absolute_url()}" in text
    assert "Was andere denken" not in text


def test_detail_asks_for_the_profile_before_a_stance(client: Client, cast: Cast) -> None:
    client.force_login(StakeholderFactory.create(group=None))
    text = page(client, ThesisFactory.create())
    assert "Profil ergänzen" in text
    assert "stance__button" not in text


def test_detail_shows_shares_only_after_the_own_stance(client: Client, cast: Cast) -> None:
    thesis = ThesisFactory.create()
    StanceFactory.create_batch(6, thesis=thesis)
    client.force_login(cast.stakeholder)
    before = page(client, thesis)
    assert "Was andere denken" not in before
    assert before.count('aria-pressed="false"') == 4
    StanceFactory.create(thesis=thesis, person=cast.stakeholder)
    after = page(client, thesis)
    assert "7 Personen haben geantwortet; 100\xa0% stimmen zu." in after
    assert after.count('aria-pressed="true"') == 1
    take(thesis=thesis, person=cast.stakeholder, value=Stance.Value.DISAGREE)
    assert "7 Personen haben geantwortet; 86\xa0% stimmen zu." in page(client, thesis)


@pytest.mark.django_db
def test_detail_of_a_closed_thesis_shows_the_result_to_everybody(client: Client) -> None:
    thesis = ThesisFactory.create(state=Thesis.State.CLOSED)
    StanceFactory.create_batch(5, thesis=thesis)
    text = page(client, thesis)
    assert "5 Personen haben geantwortet" in text
    assert "stance__button" not in text


@pytest.mark.django_db
def test_detail_hides_a_small_group(client: Client) -> None:
    thesis = ThesisFactory.create(state=Thesis.State.CLOSED)
    StanceFactory.create_batch(5, thesis=thesis)
    StanceFactory.create_batch(2, thesis=thesis, person__group__key="verbaende")
    text = page(client, thesis)
    assert "Gruppe verbaende" in text
    assert "&lt;5" in text


@pytest.mark.django_db
@pytest.mark.parametrize("published", [True, False])
def test_detail_links_a_measure_that_can_be_read(client: Client, published: bool) -> None:
    measure = MeasureFactory.create(published=published)
    text = page(client, ThesisFactory.create(measure=measure))
    assert measure.title in text
    assert (f'href="{measure.get_absolute_url()}"' in text) is published


def test_detail_says_what_the_project_office_wrote(client: Client, cast: Cast) -> None:
    client.force_login(cast.stakeholder)
    for state in (Thesis.State.RETURNED, Thesis.State.DECLINED):
        thesis = ThesisFactory.create(author=cast.stakeholder, state=state, decision_reason="Zu allgemein.")
        assert "Zu allgemein." in page(client, thesis)


def test_detail_shows_no_old_reason_once_public(client: Client, cast: Cast) -> None:
    client.force_login(cast.project_office)
    assert "Alt." not in page(client, ThesisFactory.create(decision_reason="Alt."))


@pytest.mark.parametrize("number", [1, 30])
def test_detail_costs_the_same_with_one_and_thirty_stances(
    client: Client, cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    thesis = ThesisFactory.create(organisation=cast.stakeholder.organisation)
    StanceFactory.create_batch(number, thesis=thesis)
    StanceFactory.create(thesis=thesis, person=cast.stakeholder)
    client.force_login(cast.stakeholder)
    with django_assert_num_queries(12):  # nothing kept yet
        client.get(thesis.get_absolute_url())


def test_detail_of_a_waiting_thesis_is_hidden_from_others(client: Client, cast: Cast) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder, state=Thesis.State.SUBMITTED)
    client.force_login(cast.outsider)
    assert client.get(thesis.get_absolute_url()).status_code == 404
    assert client.get(reverse("theses:thesis_detail", args=[thesis.pk, "falsch"])).status_code == 404
