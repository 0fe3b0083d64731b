import pytest
from django.utils import timezone

from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import ThesisFactory
from theses.mails import decision, receipt
from theses.models import Thesis


def waiting(**changes: object) -> Thesis:
    values = {"sentence": "Strom & Stahl <müssen> billiger werden.", "decision_reason": "Bitte mit <Quelle> & Zahl."}
    return ThesisFactory.create(**{**values, "decided_at": timezone.now(), **changes})


@pytest.mark.django_db
def test_the_receipt_says_when_an_answer_comes() -> None:
    thesis = waiting()
    assert thesis.author
    message = receipt(thesis, thesis.author)
    assert (message.recipient, message.person) == (thesis.author.email, thesis.author)
    assert message.subject == "Ihre These ist eingegangen"
    assert "„Strom & Stahl <müssen> billiger werden.“" in message.text
    assert "Strom &amp; Stahl &lt;müssen&gt; billiger werden." in message.html
    assert "innerhalb von 15 Arbeitstagen" in message.text
    assert f"http://127.0.0.1:8000{thesis.get_absolute_url()}" in message.text


@pytest.mark.django_db
@pytest.mark.parametrize("state", [Thesis.State.RETURNED, Thesis.State.DECLINED])
def test_a_refusing_answer_carries_the_reason(state: str) -> None:
    thesis = waiting(state=state)
    assert thesis.author
    message = decision(thesis, thesis.author)
    assert "Bitte mit <Quelle> & Zahl." in message.text
    assert "Bitte mit &lt;Quelle&gt; &amp; Zahl." in message.html


@pytest.mark.django_db
def test_the_returned_mail_leads_to_the_form() -> None:
    thesis = waiting(state=Thesis.State.RETURNED)
    assert thesis.author
    message = decision(thesis, thesis.author)
    assert f"{thesis.get_absolute_url()}ueberarbeiten/" in message.text
    assert f"{thesis.get_absolute_url()}ueberarbeiten/" in message.html


@pytest.mark.django_db
def test_a_mail_speaks_the_language_of_the_author() -> None:
    thesis = waiting(state=Thesis.State.PUBLISHED, author=StakeholderFactory.create(language="en"))
    assert thesis.author
    assert "/en/" in decision(thesis, thesis.author).text


@pytest.mark.django_db
@pytest.mark.parametrize("state", [Thesis.State.PUBLISHED, Thesis.State.RETURNED, Thesis.State.DECLINED])
def test_an_english_mail_quotes_the_english_way(state: str) -> None:
    thesis = waiting(state=state, author=StakeholderFactory.create(language="en"))
    assert thesis.author
    for message in (decision(thesis, thesis.author), receipt(thesis, thesis.author)):
        assert "“Strom & Stahl <müssen> billiger werden.”" in message.text
        assert "„" not in message.text


@pytest.mark.django_db
def test_the_same_fact_has_the_same_key_and_another_fact_another() -> None:
    thesis = waiting(state=Thesis.State.RETURNED)
    assert thesis.author
    first = decision(thesis, thesis.author).key
    assert decision(Thesis.objects.get(), thesis.author).key == first
    thesis.decided_at = timezone.now()
    assert decision(thesis, thesis.author).key != first
    assert receipt(thesis, thesis.author).key != first
