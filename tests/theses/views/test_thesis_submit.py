import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import OutgoingMail
from tests.cast import Cast
from tests.factories.mandates import MandateFactory
from tests.factories.measures import MeasureFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import ThesisFactory
from tests.theses.answers import answer, strangers
from theses.models import Thesis

URL = reverse("theses:thesis_submit")


def filled(**changes: object) -> dict[str, object]:
    texts = {"sentence": "Werkstätten gehören ins Zentrum.", "reason": "Weil dort\r\nIdeen entstehen."}
    return {**texts, "measure": MeasureFactory.create().pk, "text_language": "de", **changes}


def test_submit_confirms_on_the_page_and_by_mail(client: Client, cast: Cast) -> None:
    client.force_login(cast.stakeholder)
    response = client.post(URL, filled(), follow=True)
    thesis = Thesis.objects.get()
    assert response.redirect_chain == [(thesis.get_absolute_url(), 302)]
    assert "innerhalb von 15 Arbeitstagen" in response.content.decode()
    assert (thesis.author, thesis.reason) == (cast.stakeholder, "Weil dort\nIdeen entstehen.")
    assert OutgoingMail.objects.get().recipient == cast.stakeholder.email


def test_submit_twice_leads_to_the_same_thesis(client: Client, cast: Cast) -> None:
    client.force_login(cast.stakeholder)
    sent = filled()
    assert client.post(URL, sent)["Location"] == client.post(URL, sent)["Location"]
    assert Thesis.objects.count() == 1


def test_submit_is_prefilled_from_the_address(client: Client, cast: Cast) -> None:
    measure = MeasureFactory.create()
    client.force_login(cast.stakeholder)
    form = client.get(URL, {"massnahme": measure.slug, "handlungsfeld": "fehlt"}).context["form"]
    assert (form.initial["measure"], form.initial["field_of_action"]) == (measure, None)
    assert client.get(URL, {"massnahme": "\x00"}).status_code == 200


def test_submit_offers_to_speak_for_organisations_with_a_valid_mandate_only(client: Client, cast: Cast) -> None:
    mandate = MandateFactory.create(person=cast.stakeholder)
    over = MandateFactory.create(person=cast.stakeholder, state="ended")
    client.force_login(cast.stakeholder)
    page = client.get(URL).content.decode()
    assert f"für {mandate.organisation}" in page
    assert f"für {over.organisation}" not in page
    client.post(URL, filled(mandate=mandate.pk))
    assert Thesis.objects.get().mandate == mandate
    client.force_login(cast.outsider)
    assert "Ich spreche" not in client.get(URL).content.decode()


def test_submit_never_makes_personal_what_was_meant_for_an_organisation(client: Client, cast: Cast) -> None:
    """The mandate ended, or belongs to somebody else, while the form was open."""
    client.force_login(cast.stakeholder)
    for mandate in (MandateFactory.create(person=cast.stakeholder, state="ended"), MandateFactory.create()):
        response = client.post(URL, filled(mandate=mandate.pk))
        assert response.status_code == 422
        assert "Dieses Mandat gilt nicht mehr." in response.content.decode()
    assert client.post(URL, filled(mandate="x\x00")).status_code == 422
    assert Thesis.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sentence": ""}, "Bitte schreiben Sie Ihre These in einem Satz."),
        ({"sentence": " \n\t "}, "Bitte schreiben Sie Ihre These in einem Satz."),
        ({"sentence": "\u200b\u2060\ufeff"}, "Bitte geben Sie einen lesbaren Text ein."),
        ({"sentence": "\x00"}, "Bitte schreiben Sie Ihre These in einem Satz."),
        ({"sentence": "a" * 281}, "Bitte kürzen Sie den Text auf höchstens 280 Zeichen. Es sind jetzt 281."),
        ({"sentence": "b" * 10_000}, "Es sind jetzt 10000."),
        ({"reason": ""}, "Bitte begründen Sie Ihre These."),
        ({"reason": "\u200b\u200b"}, "Bitte geben Sie einen lesbaren Text ein."),
        ({"reason": "c" * 10_000}, "Bitte kürzen Sie den Text auf höchstens 4000 Zeichen."),
        ({"measure": ""}, "Wählen Sie eine Maßnahme oder ein Handlungsfeld."),
        ({"measure": "99999999999999999999999"}, "Dies ist keine gültige Auswahl"),
        ({"text_language": "tlh"}, "tlh ist keine gültige Auswahl"),
    ],
)
def test_submit_refuses_with_a_sentence_and_keeps_the_text(
    client: Client, cast: Cast, changes: dict[str, object], sentence: str
) -> None:
    client.force_login(cast.stakeholder)
    sent = filled(**changes)
    response = client.post(URL, sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert Thesis.objects.count() == 0
    kept = response.context["form"]
    assert {name: kept[name].value() for name in ("sentence", "reason")} == {
        name: sent[name] for name in ("sentence", "reason")
    }


def test_submit_of_nothing_says_what_is_missing(client: Client, cast: Cast) -> None:
    client.force_login(cast.stakeholder)
    response = client.post(URL)
    assert response.status_code == 422
    assert "Bitte begründen Sie Ihre These." in response.content.decode()


def test_submit_takes_280_characters_and_strips_what_cannot_be_seen(client: Client, cast: Cast) -> None:
    client.force_login(cast.stakeholder)
    client.post(URL, filled(sentence="ä" * 280))
    assert Thesis.objects.get().sentence == "ä" * 280
    Thesis.objects.all().delete()
    client.post(
        URL, filled(sentence="Ein\u202e Satz\x07\nin\u200b zwei\x00 Zeilen.", reason="Weil\x00 \x1bdarum\u202e.")
    )
    thesis = Thesis.objects.get()
    assert (thesis.sentence, thesis.reason) == ("Ein Satz in zwei Zeilen.", "Weil darum.")


def test_submit_counts_a_line_end_as_one_character(client: Client, cast: Cast) -> None:
    client.force_login(cast.stakeholder)
    assert client.post(URL, filled(reason="a\r\n" * 1999 + "ab")).status_code == 302


def test_submit_does_not_offer_hidden_measures(client: Client, cast: Cast) -> None:
    hidden = MeasureFactory.create(published=False)
    client.force_login(cast.stakeholder)
    assert client.post(URL, filled(measure=hidden.pk)).status_code == 422


def test_submit_tells_the_browser_no_limit(client: Client, cast: Cast) -> None:
    client.force_login(cast.stakeholder)
    page = client.get(URL).content.decode()
    assert "maxlength" not in page
    assert "höchstens 280 Zeichen" in page


@pytest.mark.django_db
def test_submit_leads_an_incomplete_profile_there_and_back(client: Client) -> None:
    client.force_login(StakeholderFactory.create(group=None))
    address = client.get(URL, {"massnahme": "x"})["Location"]
    assert address.startswith(reverse("stakeholders:profile"))
    assert "massnahme" in address


@pytest.mark.parametrize("number", [1, 30])
def test_submit_costs_the_same_with_one_and_thirty_measures(
    client: Client, cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    MeasureFactory.create_batch(number)
    client.force_login(cast.stakeholder)
    with django_assert_num_queries(8):
        client.get(URL)


@pytest.mark.parametrize("number", [10, 300])
def test_submitting_costs_the_same_beside_ten_and_three_hundred_stances(
    client: Client, cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    answer(ThesisFactory.create(), strangers(number), agree=number // 2)
    client.force_login(cast.stakeholder)
    client.post(URL, filled())
    second = filled(sentence="Werkstätten brauchen Zeit.")
    with django_assert_num_queries(17):
        assert client.post(URL, second).status_code == 302
    assert Thesis.objects.filter(author=cast.stakeholder).count() == 2


@pytest.mark.django_db
def test_submit_leads_a_guest_to_sign_in(client: Client) -> None:
    for response in (client.get(URL), client.post(URL, filled())):
        assert response["Location"] == f"{reverse('account_login')}?next={URL}"
    assert Thesis.objects.count() == 0
