import pytest
from django.test import Client
from django.urls import reverse

from stakeholders.models import Topic
from tests.cast import Cast
from tests.factories.measures import MeasureFactory
from tests.factories.theses import ThesisFactory
from theses.models import Thesis, ThesisDraft

SUBMIT = reverse("theses:thesis_submit")
SAVE = reverse("theses:draft_save")
DISCARD = reverse("theses:draft_discard")
SIMILAR = reverse("theses:thesis_similar")
SENTENCE = "Gründerzentren brauchen mehr Werkstattplätze für junge Betriebe."


def filled(**changes: object) -> dict[str, object]:
    texts = {"sentence": SENTENCE, "reason": "Weil dort Ideen entstehen.", "text_language": "de"}
    return {**texts, "measure": MeasureFactory.create().pk, **changes}


def test_draft_is_saved_while_typing_and_back_when_the_form_is_opened(client: Client, cast: Cast) -> None:
    client.force_login(cast.stakeholder)
    sent = filled(reason="", topic=Topic.objects.create(key="energie", name="Energie").pk)
    saved = client.post(SAVE, sent, headers={"HX-Request": "true"})
    assert "Entwurf gespeichert um" in saved.content.decode()
    assert "<html" not in saved.content.decode()
    response = client.get(SUBMIT)
    assert "Ihr Entwurf vom" in response.content.decode()
    form = response.context["form"]
    assert {name: str(form[name].value()) for name in ("sentence", "measure", "topic")} == {
        name: str(sent[name]) for name in ("sentence", "measure", "topic")
    }
    assert SENTENCE in client.get(reverse("dashboard")).content.decode()


def test_draft_is_saved_and_thrown_away_by_buttons(client: Client, cast: Cast) -> None:
    client.force_login(cast.stakeholder)
    assert "Ihr Entwurf ist gespeichert." in client.post(SAVE, filled(), follow=True).content.decode()
    page = client.post(DISCARD, follow=True).content.decode()
    assert "Ihr Entwurf ist verworfen." in page
    assert "Ihr Entwurf vom" not in page
    assert client.post(DISCARD).status_code == 302
    assert not ThesisDraft.objects.exists()


def test_draft_there_is_one_and_the_last_save_counts(client: Client, cast: Cast) -> None:
    client.force_login(cast.stakeholder)
    client.post(SAVE, filled(sentence="Erster Versuch."))
    client.post(SAVE, filled(sentence="Zweiter Versuch."))
    assert ThesisDraft.objects.get().fields["sentence"] == "Zweiter Versuch."


def test_draft_of_nothing_is_not_saved(client: Client, cast: Cast) -> None:
    client.force_login(cast.stakeholder)
    assert (
        "noch nichts zu speichern" in client.post(SAVE, {"sentence": " ", "measure": "3"}, follow=True).content.decode()
    )
    assert not ThesisDraft.objects.exists()


def test_draft_bears_whatever_is_typed(client: Client, cast: Cast) -> None:
    client.force_login(cast.stakeholder)
    odd = filled(sentence="<script>\x00\u202e" + "x" * 30_000, measure="9" * 60, topic="\x00", mandate="x", demo="1")
    assert client.post(SAVE, odd).status_code == 302
    fields = ThesisDraft.objects.get().fields
    assert len(fields["sentence"]) == 20_000
    assert "demo" not in fields
    response = client.get(SUBMIT)
    assert response.status_code == 200
    assert "<script>\u202e" not in response.content.decode()


def test_draft_goes_with_the_thesis_and_does_not_come_back_by_a_late_save(client: Client, cast: Cast) -> None:
    client.force_login(cast.stakeholder)
    sent = filled(sentence=f" {SENTENCE} ")
    client.post(SAVE, sent)
    client.post(SUBMIT, sent)
    assert Thesis.objects.get().sentence == SENTENCE
    client.post(SAVE, sent)
    assert not ThesisDraft.objects.exists()


def test_draft_is_seen_by_nobody_else(client: Client, cast: Cast) -> None:
    client.force_login(cast.stakeholder)
    client.post(SAVE, filled())
    client.force_login(cast.outsider)
    assert SENTENCE not in client.get(SUBMIT).content.decode()
    client.post(DISCARD)
    assert ThesisDraft.objects.get().author == cast.stakeholder


def test_submit_asks_once_when_a_published_thesis_says_nearly_the_same(client: Client, cast: Cast) -> None:
    there = ThesisFactory.create(sentence=SENTENCE)
    client.force_login(cast.stakeholder)
    sent = filled()
    asked = client.post(SUBMIT, sent)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "fast wörtlich schon" in page
    assert f"{there.get_absolute_url()}#haltung" in page
    assert asked.context["form"]["reason"].value() == sent["reason"]
    assert ThesisDraft.objects.get().fields["reason"] == sent["reason"]
    assert Thesis.objects.get() == there
    assert 'name="asked" value="1"' in page
    again = client.post(SUBMIT, {**sent, "asked": "1", "reason": ""})
    assert 'name="asked" value="1"' in again.content.decode()
    assert client.post(SUBMIT, {**sent, "asked": "1"}).status_code == 302
    assert Thesis.objects.count() == 2
    assert not ThesisDraft.objects.exists()


def test_similar_theses_are_linked_where_a_stance_is_taken(client: Client, cast: Cast) -> None:
    there = ThesisFactory.create(sentence=SENTENCE + " <b>", text_language="hsb")
    client.force_login(cast.stakeholder)
    page = client.get(SIMILAR, {"sentence": "Mehr Werkstattplätze in Gründerzentren"}).content.decode()
    assert f'href="{there.get_absolute_url()}#haltung"' in page
    assert 'lang="hsb">' in page
    assert "<b>" not in page
    assert client.get(SIMILAR, {"sentence": "Zitronen aus Kamenz sind gelb."}).content.decode().strip() == ""
    assert client.get(SIMILAR).content.decode().strip() == ""
    assert client.get(SIMILAR, {"sentence": "\x00" + "ä" * 10_000}).status_code == 200
    assert client.post(SIMILAR).status_code == 405


@pytest.mark.django_db
def test_drafts_and_hints_lead_a_guest_to_sign_in(client: Client) -> None:
    for response in (client.post(SAVE, filled()), client.post(DISCARD), client.get(SIMILAR)):
        assert response["Location"].startswith(reverse("account_login"))
    assert not ThesisDraft.objects.exists()
