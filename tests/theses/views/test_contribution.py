import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.contributions import ContributionFactory
from tests.factories.mandates import MandateFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import ThesisFactory
from theses.domain.contribution import PER_HOUR
from theses.models import Contribution, Thesis

SignIn = Callable[[Stakeholder], Client]
Kind, State = Contribution.Kind, Contribution.State
SENT = {"kind": "pro", "text": "Weil es hilft.", "text_language": "de"}


def to_write(thesis: Thesis) -> str:
    return reverse("theses:contribution_write", args=[thesis.pk, thesis.slug])


def at(name: str, row: Contribution) -> str:
    return reverse(f"theses:contribution_{name}", args=[row.thesis_id, row.thesis.slug, row.pk])


def test_somebody_writes_and_lands_at_their_words(cast: Cast, sign_in: SignIn) -> None:
    thesis = ThesisFactory.create()
    client = sign_in(cast.stakeholder)
    assert f'href="{to_write(thesis)}?art=pro"' in client.get(thesis.get_absolute_url()).content.decode()
    form = client.get(to_write(thesis), {"art": "question"}).content.decode()
    assert re.search(r'<input[^>]*value="question"[^>]*checked', form)
    response = client.post(to_write(thesis), SENT | {"kind": "question"})
    row = Contribution.objects.get()
    assert response["Location"] == f"{thesis.get_absolute_url()}?beitraege=fragen#beitrag-{row.pk}"
    text = client.get(response["Location"]).content.decode()
    assert "Weil es hilft." in text
    assert at("edit", row) in text
    assert at("withdraw", row) in text
    assert at("helpful", row) not in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Bitte schreiben Sie einen Text."),
        ({"text": " \n "}, "Bitte schreiben Sie einen Text."),
        ({"text": "\u200b\u202e"}, "lesbaren Text"),
        ({"text": "x" * 2001}, "höchstens 2000 Zeichen. Es sind jetzt 2001."),
        ({"kind": ""}, "wählen Sie, was Sie beitragen"),
        ({"kind": "answer"}, "wählen Sie, was Sie beitragen"),
        ({"mandate": "4711"}, "Mandat gilt nicht mehr"),
        ({"text_language": "xx"}, "xx"),
    ],
)
def test_bad_input_is_told_and_kept(cast: Cast, sign_in: SignIn, changes: dict[str, str], sentence: str) -> None:
    response = sign_in(cast.stakeholder).post(to_write(ThesisFactory.create()), SENT | changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Contribution.objects.exists()


def test_control_characters_are_not_kept_and_html_is_shown_as_text(cast: Cast, sign_in: SignIn) -> None:
    thesis = ThesisFactory.create()
    client = sign_in(cast.stakeholder)
    client.post(to_write(thesis), SENT | {"text": "Zeile\x00\x07 eins\r\n<script>alert(1)</script>\u202e"})
    assert Contribution.objects.get().text == "Zeile eins\n<script>alert(1)</script>"
    assert "&lt;script&gt;" in client.get(thesis.get_absolute_url()).content.decode()


def test_with_a_mandate_one_speaks_for_an_organisation(cast: Cast, sign_in: SignIn) -> None:
    mandate = MandateFactory.create(person=cast.stakeholder)
    thesis = ThesisFactory.create()
    client = sign_in(cast.stakeholder)
    assert f"für {mandate.organisation}" in client.get(to_write(thesis)).content.decode()
    client.post(to_write(thesis), SENT | {"mandate": str(mandate.pk)})
    assert Contribution.objects.get().organisation == mandate.organisation


def test_a_guest_is_led_to_sign_in_and_a_newcomer_to_the_profile(client: Client, cast: Cast) -> None:
    row = ContributionFactory.create()
    for address in (to_write(row.thesis), at("edit", row), at("withdraw", row)):
        for response in (client.get(address), client.post(address, SENT)):
            assert response["Location"].startswith(f"{reverse('account_login')}?next=")
    for address in (at("detail", row), at("helpful", row)):
        assert client.post(address, SENT)["Location"].startswith(f"{reverse('account_login')}?next=")
    assert "Melden Sie sich an, um zu antworten." in client.get(at("detail", row)).content.decode()
    client.force_login(StakeholderFactory.create(group=None))
    assert client.get(to_write(row.thesis))["Location"].startswith(reverse("stakeholders:profile"))
    assert "ergänzen Sie zuerst Ihr Profil" in client.get(at("detail", row)).content.decode()
    assert client.post(at("detail", row), SENT).status_code == 200
    assert Contribution.objects.get() == row


def test_the_office_and_too_many_words_are_told_on_the_page(cast: Cast, sign_in: SignIn) -> None:
    thesis = ThesisFactory.create()
    text = sign_in(cast.project_office).post(to_write(thesis), SENT).content.decode()
    assert "Das Projektbüro antwortet auf Beiträge und schreibt keine eigenen." in text
    assert SENT["text"] in text
    ContributionFactory.create_batch(PER_HOUR, author=cast.stakeholder)
    response = sign_in(cast.stakeholder).post(to_write(thesis), SENT)
    assert response.status_code == 422
    assert "machen Sie eine Pause" in response.content.decode()


def test_answers_stand_on_the_page_of_the_strand(cast: Cast, sign_in: SignIn) -> None:
    row = ContributionFactory.create(kind=Kind.QUESTION, author=cast.colleague)
    client = sign_in(cast.stakeholder)
    assert client.post(at("detail", row), {"text": "", "text_language": "de"}).status_code == 422
    response = client.post(at("detail", row), {"text": "Meine Antwort.", "text_language": "de"}, follow=True)
    reply = row.answers.get()
    assert response.redirect_chain[0][0] == f"{at('detail', row)}#beitrag-{reply.pk}"
    assert "Meine Antwort." in response.content.decode()
    assert client.get(at("detail", reply)).status_code == 404
    office = sign_in(cast.project_office)
    assert "Für das Projektbüro antworten" in office.get(at("detail", row)).content.decode()
    office.post(at("detail", row), {"text": "Amtliche Antwort.", "text_language": "de"})
    assert row.answers.get(is_official=True).author == cast.project_office


def test_own_words_are_changed_and_both_windows_are_told(cast: Cast, sign_in: SignIn) -> None:
    row = ContributionFactory.create(author=cast.stakeholder)
    client = sign_in(cast.stakeholder)
    assert 'name="seen"' in client.get(at("edit", row)).content.decode()
    sent = {"text": "Neu gefasst.", "text_language": "en", "seen": ""}
    assert client.post(at("edit", row), sent)["Location"] == at("detail", row)
    assert "geändert:" in client.get(at("detail", row)).content.decode()
    late = client.post(at("edit", row), sent | {"text": "Aus dem zweiten Fenster."})
    assert late.status_code == 422
    text = late.content.decode()
    assert "in einem anderen Fenster geändert" in text
    assert "Aus dem zweiten Fenster." in text
    row.refresh_from_db()
    assert row.text == "Neu gefasst."
    for seen in ("gestern", "x" * 99):
        assert client.post(at("edit", row), sent | {"text": "Unsinn", "seen": seen}).status_code == 422


def test_after_half_an_hour_the_page_offers_to_withdraw(cast: Cast, sign_in: SignIn) -> None:
    row = ContributionFactory.create(author=cast.stakeholder, written_at=timezone.now() - timedelta(minutes=31))
    client = sign_in(cast.stakeholder)
    text = client.get(at("detail", row)).content.decode()
    assert at("edit", row) not in text
    assert at("withdraw", row) in text
    refused = client.post(at("edit", row), {"text": "Zu spät.", "text_language": "de"})
    assert "30 Minuten lang" in refused.content.decode()


def test_withdrawing_asks_first(cast: Cast, sign_in: SignIn) -> None:
    row = ContributionFactory.create(author=cast.stakeholder)
    client = sign_in(cast.stakeholder)
    assert row.text in client.get(at("withdraw", row)).content.decode()
    assert Contribution.objects.exists()
    response = client.post(at("withdraw", row), follow=True)
    assert "Ihr Beitrag ist zurückgezogen." in response.content.decode()
    assert client.post(at("withdraw", row)).status_code == 404


def test_helpful_is_one_button_with_and_without_script(cast: Cast, sign_in: SignIn) -> None:
    row = ContributionFactory.create()
    client = sign_in(cast.stakeholder)
    assert 'aria-pressed="false"' in client.get(at("detail", row)).content.decode()
    here = f"{row.thesis.get_absolute_url()}?teil=2"
    response = client.post(at("helpful", row), {"value": "1", "next": here})
    assert response["Location"] == f"{here}#beitrag-{row.pk}"
    away = client.post(at("helpful", row), {"value": "1", "next": "https://anderswo.example/"})
    assert away["Location"] == at("detail", row)
    part = client.post(at("helpful", row), {"value": "0"}, headers={"HX-Request": "true"}).content.decode()
    assert "Hilfreich (0)" in part
    assert "<html" not in part
    row.refresh_from_db()
    assert row.helpful_count == 0
    own = ContributionFactory.create(author=cast.stakeholder)
    assert "Den eigenen Beitrag" in client.post(at("helpful", own), {"value": "1"}, follow=True).content.decode()


def test_wrong_methods_numbers_and_theses_are_refused(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.stakeholder)
    row = ContributionFactory.create(author=cast.stakeholder)
    assert client.get(at("helpful", row)).status_code == 405
    assert client.put(to_write(row.thesis)).status_code == 405
    other = ThesisFactory.create()
    huge = "9" * 30
    for name in ("detail", "edit", "withdraw", "report"):
        for wrong in ([other.pk, other.slug, row.pk], [row.thesis_id, row.thesis.slug, huge], [huge, "x", row.pk]):
            assert client.get(reverse(f"theses:contribution_{name}", args=wrong)).status_code == 404


def test_nobody_touches_what_others_wrote(cast: Cast, sign_in: SignIn) -> None:
    row = ContributionFactory.create(author=cast.stakeholder)
    for person in (cast.colleague, cast.project_office, cast.ministry, cast.outsider):
        client = sign_in(person)
        text = client.get(at("detail", row)).content.decode()
        assert at("edit", row) not in text
        for name in ("edit", "withdraw"):
            assert client.get(at(name, row)).status_code == 404
            assert client.post(at(name, row), {"text": "Fremd.", "text_language": "de"}).status_code == 404
    row.refresh_from_db()
    assert (row.state, row.text.startswith("Beitrag Nummer")) == (State.SHOWN, True)
