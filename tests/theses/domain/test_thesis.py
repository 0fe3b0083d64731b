from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from stakeholders.domain.mandate import end
from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, OutgoingMail
from tests.cast import Cast
from tests.factories.mandates import MandateFactory
from tests.factories.measures import FieldOfActionFactory, MeasureFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import ThesisFactory
from theses.domain.thesis import MOST_WAITING, Draft, decline, publish, return_to_author, revise, submit
from theses.models import Thesis

State = Thesis.State


def draft(**changes: object) -> Draft:
    ready = Draft(sentence="Gründerzentren brauchen Werkstätten.", reason="Weil Ideen an Maschinen entstehen.")
    return replace(ready, **({"field_of_action": FieldOfActionFactory.create()} | changes))  # type: ignore[arg-type]


def verbs(thesis: Thesis) -> list[str]:
    return list(AuditEntry.objects.filter(target_id=thesis.pk).order_by("pk").values_list("verb", flat=True))


def mails(thesis: Thesis) -> list[str]:
    rows = OutgoingMail.objects.filter(person=thesis.author).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def test_submit_waits_is_audited_and_confirmed_to_the_author_alone(cast: Cast) -> None:
    measure = MeasureFactory.create()
    thesis = submit(author=cast.stakeholder, draft=draft(measure=measure, field_of_action=None))
    thesis.refresh_from_db()
    assert (thesis.state, thesis.measure, thesis.slug) == (
        State.SUBMITTED,
        measure,
        "grunderzentren-brauchen-werkstatten",
    )
    assert verbs(thesis) == ["thesis_submitted"]
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.kind) == (cast.stakeholder.email, "thesis_submitted")


def test_submit_twice_gives_the_same_thesis_and_one_mail(cast: Cast) -> None:
    first = submit(author=cast.stakeholder, draft=draft())
    assert submit(author=cast.stakeholder, draft=draft()) == first
    assert (Thesis.objects.count(), OutgoingMail.objects.count()) == (1, 1)


def test_submit_takes_the_same_sentence_of_somebody_else_or_of_another_day(cast: Cast) -> None:
    first = submit(author=cast.stakeholder, draft=draft())
    submit(author=cast.colleague, draft=draft())
    Thesis.objects.filter(pk=first.pk).update(submitted_at=timezone.now() - timedelta(days=1))
    submit(author=cast.stakeholder, draft=draft())
    assert Thesis.objects.count() == 3


def test_submit_under_a_mandate_speaks_for_its_organisation(cast: Cast) -> None:
    mandate = MandateFactory.create(person=cast.stakeholder)
    thesis = submit(author=cast.stakeholder, draft=draft(mandate=mandate))
    assert (thesis.organisation, thesis.mandate) == (mandate.organisation, mandate)
    assert thesis.written_by == f"{cast.stakeholder.display_name} für {mandate.organisation} (Mandat)"


def test_submit_without_a_mandate_is_personal_whatever_the_profile_says(cast: Cast) -> None:
    MandateFactory.create(person=cast.stakeholder, organisation=cast.stakeholder.organisation)
    thesis = submit(author=cast.stakeholder, draft=draft())
    assert (thesis.organisation, thesis.mandate, thesis.speaking_for) == (None, None, "")


@pytest.mark.parametrize(
    "changes",
    [{"state": "ended"}, {"state": "requested"}, {"starts_on": date(2020, 1, 1), "ends_on": date(2020, 12, 31)}],
)
def test_submit_under_a_mandate_that_does_not_speak_is_refused(cast: Cast, changes: dict[str, object]) -> None:
    mandate = MandateFactory.create(person=cast.stakeholder, **changes)
    with pytest.raises(Refusal, match="gilt nicht mehr") as refused:
        submit(author=cast.stakeholder, draft=draft(mandate=mandate))
    assert (refused.value.field, Thesis.objects.count()) == ("mandate", 0)


def test_submit_under_the_mandate_of_somebody_else_is_refused(cast: Cast) -> None:
    mandate = MandateFactory.create(person=cast.colleague, organisation=cast.stakeholder.organisation)
    with pytest.raises(Refusal, match="gilt nicht mehr"):
        submit(author=cast.stakeholder, draft=draft(mandate=mandate))


def test_what_was_said_under_a_mandate_stays_so_until_it_is_said_anew(cast: Cast) -> None:
    mandate = MandateFactory.create(person=cast.stakeholder)
    thesis = submit(author=cast.stakeholder, draft=draft(mandate=mandate))
    end(mandate=mandate, actor=cast.stakeholder)
    thesis = return_to_author(thesis=thesis, actor=cast.project_office, reason="Bitte kürzer.")
    assert (thesis.organisation, thesis.mandate) == (mandate.organisation, mandate)
    with pytest.raises(Refusal, match="gilt nicht mehr"):
        revise(thesis=thesis, author=cast.stakeholder, draft=draft(sentence="Kurz.", mandate=mandate))
    thesis = revise(thesis=thesis, author=cast.stakeholder, draft=draft(sentence="Kurz."))
    assert (thesis.organisation, thesis.mandate) == (None, None)


def test_submit_without_measure_and_field_is_refused(cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        submit(author=cast.stakeholder, draft=draft(field_of_action=None))
    assert refused.value.field == "measure"


@pytest.mark.django_db
def test_submit_with_an_incomplete_profile_is_refused() -> None:
    with pytest.raises(Refusal, match="Profil"):
        submit(author=StakeholderFactory.create(group=None), draft=draft())


def test_submit_is_refused_while_too_many_wait(cast: Cast) -> None:
    ThesisFactory.create_batch(MOST_WAITING, author=cast.stakeholder, state=State.SUBMITTED)
    with pytest.raises(Refusal, match="warten bereits 20 Thesen"):
        submit(author=cast.stakeholder, draft=draft())


def test_publish_makes_public_and_tells_the_author(cast: Cast) -> None:
    thesis = publish(thesis=submit(author=cast.stakeholder, draft=draft()), actor=cast.project_office)
    assert thesis.state == State.PUBLISHED
    assert thesis.published_at == thesis.decided_at
    assert verbs(thesis) == ["thesis_submitted", "thesis_published"]
    assert mails(thesis) == ["thesis_submitted", "thesis_published"]


def test_return_and_revise_may_go_round_more_than_once(cast: Cast) -> None:
    thesis = submit(author=cast.stakeholder, draft=draft())
    for number in (1, 2):
        thesis = return_to_author(thesis=thesis, actor=cast.project_office, reason=f"Bitte kürzer, Runde {number}.")
        assert (thesis.state, thesis.published_at) == (State.RETURNED, None)
        thesis = revise(thesis=thesis, author=cast.stakeholder, draft=draft(sentence=f"Fassung {number}."))
        assert (thesis.state, thesis.slug) == (State.SUBMITTED, f"fassung-{number}")
        assert thesis.decision_reason == f"Bitte kürzer, Runde {number}."
    publish(thesis=thesis, actor=cast.project_office)
    assert verbs(thesis) == [
        "thesis_submitted",
        *["thesis_returned", "thesis_resubmitted"] * 2,
        "thesis_published",
    ]
    assert mails(thesis) == ["thesis_submitted", *["thesis_returned", "thesis_submitted"] * 2, "thesis_published"]
    assert AuditEntry.objects.filter(facts={"reason": "Bitte kürzer, Runde 1."}).count() == 1


def test_revise_twice_is_harmless(cast: Cast) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder, state=State.RETURNED, decision_reason="Bitte kürzer.")
    for _click in range(2):
        revise(thesis=thesis, author=cast.stakeholder, draft=draft(sentence="Kurz."))
    assert verbs(thesis) == ["thesis_resubmitted"]
    assert OutgoingMail.objects.count() == 1


def test_revise_by_somebody_else_is_refused(cast: Cast) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder, state=State.RETURNED)
    with pytest.raises(Refusal, match="Nur die Person"):
        revise(thesis=thesis, author=cast.colleague, draft=draft())


@pytest.mark.parametrize("state", [State.SUBMITTED, State.PUBLISHED, State.DECLINED, State.CLOSED])
def test_revise_is_refused_in_every_other_state(cast: Cast, state: str) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder, state=state)
    with pytest.raises(Refusal):
        revise(thesis=thesis, author=cast.stakeholder, draft=draft(sentence="Anders."))
    thesis.refresh_from_db()
    assert (thesis.state, thesis.sentence != "Anders.") == (state, True)


def test_decline_tells_the_author_why(cast: Cast) -> None:
    thesis = decline(
        thesis=submit(author=cast.stakeholder, draft=draft()), actor=cast.project_office, reason=" Kein Bezug. "
    )
    assert (thesis.state, thesis.decision_reason) == (State.DECLINED, "Kein Bezug.")
    assert "Kein Bezug." in OutgoingMail.objects.get(kind="thesis_declined").text


@pytest.mark.parametrize("reason", ["", " \n\t "])
def test_return_and_decline_need_a_reason(cast: Cast, reason: str) -> None:
    thesis = ThesisFactory.create(state=State.SUBMITTED)
    for verb in (return_to_author, decline):
        with pytest.raises(Refusal, match="begründen"):
            verb(thesis=thesis, actor=cast.project_office, reason=reason)
    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (State.RETURNED, "bereits zur Überarbeitung zurückgegeben"),
        (State.PUBLISHED, "bereits veröffentlicht"),
        (State.DECLINED, "bereits abgelehnt"),
        (State.CLOSED, "bereits abgeschlossen"),
    ],
)
def test_a_decided_thesis_is_not_decided_again(cast: Cast, state: str, sentence: str) -> None:
    thesis = ThesisFactory.create(state=state)
    with pytest.raises(Refusal, match=sentence):
        publish(thesis=thesis, actor=cast.project_office)
    for verb in (return_to_author, decline):
        with pytest.raises(Refusal, match=sentence):
            verb(thesis=thesis, actor=cast.project_office, reason="Darum.")
    thesis.refresh_from_db()
    assert (thesis.state, AuditEntry.objects.count(), OutgoingMail.objects.count()) == (state, 0, 0)


def test_only_the_project_office_decides(cast: Cast) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder, state=State.SUBMITTED)
    for actor in (cast.stakeholder, cast.outsider, cast.ministry):
        with pytest.raises(Refusal, match="Projektbüro"):
            publish(thesis=thesis, actor=actor)


def test_nobody_is_written_to_when_the_author_is_gone(cast: Cast) -> None:
    for author in (None, StakeholderFactory.create(is_active=False)):
        publish(thesis=ThesisFactory.create(state=State.SUBMITTED, author=author), actor=cast.project_office)
    assert OutgoingMail.objects.count() == 0
