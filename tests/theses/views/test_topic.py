from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, OutgoingMail, Stakeholder, Topic
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import ThesisFactory
from theses.domain.topic_proposal import accept_topic, decline_topic, propose_topic
from theses.models import Thesis, TopicProposal

SignIn = Callable[[Stakeholder], Client]
LIST = reverse("theses:topic_list")
PROPOSE = reverse("theses:topic_propose")
SENT = {"name": "Wasserstoff in der Gießerei", "explanation": "Weil Gas teuer\r\nwird."}


def change(proposal: TopicProposal) -> str:
    return reverse("admin:theses_topicproposal_change", args=[proposal.pk])


def test_a_topic_is_proposed_accepted_and_offered(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.stakeholder).post(PROPOSE, SENT, follow=True).content.decode()
    assert "Das Projektbüro prüft Ihren Vorschlag" in page
    proposal = TopicProposal.objects.get()
    assert (proposal.author, proposal.explanation) == (cast.stakeholder, "Weil Gas teuer\nwird.")
    office = sign_in(cast.project_office)
    assert SENT["name"] in office.get(reverse("admin:theses_topicproposal_changelist")).content.decode()
    office.post(change(proposal), {"decision": "accept", "answer": "Passt gut."})
    topic = Topic.objects.get()
    assert (topic.name, topic.key) == (SENT["name"], "wasserstoff-in-der-giesserei")
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.subject) == (cast.stakeholder.email, "Ihr Thema ist aufgenommen")
    assert "Passt gut." in mail.text
    assert SENT["name"] in sign_in(cast.stakeholder).get(reverse("theses:thesis_submit")).content.decode()
    assert SENT["name"] not in "".join(AuditEntry.objects.values_list("target_label", flat=True))


def test_a_topic_is_declined_with_a_reason_only(cast: Cast, sign_in: SignIn) -> None:
    proposal = propose_topic(author=cast.stakeholder, name="Zitronen", explanation="Wachsen hier nicht.")
    office = sign_in(cast.project_office)
    assert (
        "Bitte begründen Sie die Ablehnung." in office.post(change(proposal), {"decision": "decline"}).content.decode()
    )
    office.post(change(proposal), {"decision": "decline", "answer": "Gehört nicht zur Industrie."})
    mail = OutgoingMail.objects.get()
    assert mail.subject == "Ihr Thema wird nicht aufgenommen"
    assert "Gehört nicht zur Industrie." in mail.text
    assert not Topic.objects.exists()


def test_the_second_decision_is_told_about_the_first(cast: Cast, sign_in: SignIn) -> None:
    proposal = propose_topic(author=cast.stakeholder, name="Energie", explanation="Fehlt.")
    accept_topic(proposal=proposal, actor=cast.project_office)
    page = sign_in(cast.project_office).post(change(proposal), {"decision": "decline", "answer": "Nein."})
    assert "inzwischen bereits aufgenommen" in page.content.decode()
    with pytest.raises(Refusal, match="bereits aufgenommen"):
        decline_topic(proposal=proposal, actor=cast.project_office, reason="Nein.")
    assert OutgoingMail.objects.count() == 1


def test_only_the_office_decides(cast: Cast) -> None:
    proposal = propose_topic(author=cast.stakeholder, name="Energie", explanation="Fehlt.")
    for person in (cast.stakeholder, cast.outsider, cast.ministry):
        with pytest.raises(Refusal, match="entscheidet das Projektbüro"):
            accept_topic(proposal=proposal, actor=person)


def test_a_name_that_exists_leads_to_no_second_topic(cast: Cast, sign_in: SignIn) -> None:
    first = propose_topic(author=cast.stakeholder, name="Energie", explanation="Fehlt.")
    second = propose_topic(author=cast.outsider, name="energie", explanation="Fehlt auch.")
    topic = accept_topic(proposal=first, actor=cast.project_office)
    assert accept_topic(proposal=second, actor=cast.project_office) == topic
    page = sign_in(cast.stakeholder).post(PROPOSE, {"name": "ENERGIE", "explanation": "x"}).content.decode()
    assert "Dieses Thema gibt es bereits." in page
    other = propose_topic(author=cast.outsider, name="Energie!", explanation="x")
    assert accept_topic(proposal=other, actor=cast.project_office).key == "energie-2"


def test_a_second_click_proposes_nothing_and_five_may_wait(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.stakeholder)
    for name in ("A", "A", "B", "C", "D", "E"):
        assert client.post(PROPOSE, {"name": name, "explanation": "x"}).status_code == 302
    assert TopicProposal.objects.count() == 5
    assert "bereits fünf Vorschläge" in client.post(PROPOSE, {"name": "F", "explanation": "x"}).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Bitte nennen Sie das Thema."),
        ({"name": "\u200b\u202e"}, "Bitte geben Sie einen lesbaren Text ein."),
        ({"name": "x" * 10_000}, "höchstens 120 Zeichen"),
        ({"explanation": ""}, "Bitte sagen Sie, warum"),
        ({"explanation": "x" * 10_000}, "höchstens 2000 Zeichen"),
    ],
)
def test_a_proposal_is_refused_with_a_sentence(
    cast: Cast, sign_in: SignIn, changes: dict[str, str], sentence: str
) -> None:
    response = sign_in(cast.stakeholder).post(PROPOSE, {**SENT, **changes})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not TopicProposal.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 19])
def test_topics_show_how_many_public_theses_they_hold(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for index in range(number):
        topic = Topic.objects.create(key=f"t{index}", name=f"<b>Thema {index}</b>")
    ThesisFactory.create_batch(2, topic=topic)
    ThesisFactory.create(topic=topic, state=Thesis.State.SUBMITTED)
    with django_assert_num_queries(2):
        page = client.get(LIST).content.decode()
    assert "2 Thesen" in page
    assert f"?thema=t{number - 1}" in page
    assert "<b>Thema" not in page
    assert client.get(LIST, {"page": "9" * 500}).status_code == 200
    assert client.post(LIST).status_code == 405


@pytest.mark.django_db
def test_guests_and_incomplete_profiles_propose_nothing(client: Client) -> None:
    assert client.post(PROPOSE, SENT)["Location"].startswith(reverse("account_login"))
    client.force_login(StakeholderFactory.create(group=None))
    assert client.post(PROPOSE, SENT)["Location"].startswith(reverse("stakeholders:profile"))
    assert not TopicProposal.objects.exists()
