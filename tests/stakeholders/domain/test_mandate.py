"""Who may speak for an organisation, who says so, and how it ends."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from stakeholders.domain.mandate import (
    MOST_A_DAY,
    _years_later,
    confirm,
    end,
    latest_end,
    refuse,
    request_mandate,
    usual_end,
)
from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, Mandate, Organisation, OutgoingMail
from tests.cast import Cast
from tests.factories.mandates import MandateFactory, MandateRequestFactory
from tests.factories.stakeholders import OrganisationFactory, StakeholderFactory

State = Mandate.State


def home(cast: Cast) -> Organisation:
    assert cast.stakeholder.organisation
    return cast.stakeholder.organisation


def speaker(cast: Cast, **changes: object) -> Mandate:
    row: Mandate = MandateFactory.create(person=cast.colleague, organisation=home(cast), **changes)
    return row


def asked(cast: Cast, **changes: object) -> Mandate:
    row: Mandate = MandateRequestFactory.create(person=cast.stakeholder, organisation=home(cast), **changes)
    return row


def days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", "recipient"))


def test_request_waits_is_audited_and_told_to_those_who_decide(cast: Cast) -> None:
    speaker(cast)
    MandateFactory.create(organisation=home(cast), kind=Mandate.Kind.DEPUTY)
    MandateFactory.create(organisation=home(cast), starts_on=days(-9), ends_on=days(-1))
    MandateFactory.create(organisation=home(cast), person__is_active=False)
    row = request_mandate(person=cast.stakeholder, organisation=home(cast), reason="Werkleitung")
    assert (row.state, row.kind, row.is_valid) == (State.REQUESTED, Mandate.Kind.SPEAKER, False)
    assert verbs() == ["mandate_requested"]
    assert AuditEntry.objects.get().facts == {"person": cast.stakeholder.pk, "organisation": home(cast).pk}
    assert mails() == [("mandate_requested", "colleague@example.org")]
    assert "Werkleitung" in OutgoingMail.objects.get().text


def test_request_twice_is_one_request(cast: Cast) -> None:
    first = request_mandate(person=cast.stakeholder, organisation=home(cast), reason="Werkleitung")
    assert request_mandate(person=cast.stakeholder, organisation=home(cast), reason="Werkleitung") == first
    assert verbs() == ["mandate_requested"]


def test_request_while_one_waits_or_speaks_is_refused(cast: Cast) -> None:
    asked(cast)
    with pytest.raises(Refusal, match="Es wartet auf Bestätigung") as refused:
        request_mandate(person=cast.stakeholder, organisation=home(cast), reason="Anderes")
    assert refused.value.field == "organisation_name"
    speaker(cast)
    with pytest.raises(Refusal, match="schon ein gültiges Mandat"):
        request_mandate(person=cast.colleague, organisation=home(cast), reason="Anderes")


def test_request_with_an_incomplete_profile_is_refused(cast: Cast) -> None:
    with pytest.raises(Refusal, match="Profil"):
        request_mandate(person=StakeholderFactory.create(group=None), organisation=home(cast), reason="x")


def test_request_for_a_merged_organisation_is_refused(cast: Cast) -> None:
    gone = OrganisationFactory.create(merged_into=home(cast))
    with pytest.raises(Refusal, match="zusammengeführt"):
        request_mandate(person=cast.stakeholder, organisation=gone, reason="x")


def test_request_too_often_on_one_day_is_refused(cast: Cast) -> None:
    MandateRequestFactory.create_batch(MOST_A_DAY, person=cast.stakeholder, state=State.ENDED)
    with pytest.raises(Refusal, match="heute schon 5"):
        request_mandate(person=cast.stakeholder, organisation=home(cast), reason="x")
    Mandate.objects.update(requested_at=timezone.now() - timedelta(days=2))
    assert request_mandate(person=cast.stakeholder, organisation=home(cast), reason="x").state == State.REQUESTED


def test_request_after_the_last_day_is_a_new_one(cast: Cast) -> None:
    old = speaker(cast, starts_on=days(-9), ends_on=days(-1))
    new = request_mandate(person=cast.colleague, organisation=home(cast), reason="weiter")
    old.refresh_from_db()
    assert (old.state, new.state) == (State.ENDED, State.REQUESTED)


@pytest.mark.parametrize("who", ["colleague", "project_office"])
def test_confirm_by_a_mandated_colleague_or_the_office(cast: Cast, who: str) -> None:
    speaker(cast)
    row = confirm(mandate=asked(cast), actor=getattr(cast, who), ends_on=usual_end())
    row.refresh_from_db()
    assert (row.state, row.starts_on, row.ends_on) == (State.CONFIRMED, timezone.localdate(), usual_end())
    assert (row.is_valid, row.decided_by) == (True, getattr(cast, who))
    assert verbs() == ["mandate_confirmed"]
    assert mails() == [("mandate_confirmed", "stakeholder@example.org")]


def test_confirm_twice_is_harmless(cast: Cast) -> None:
    row = asked(cast)
    for _click in range(2):
        confirm(mandate=row, actor=cast.project_office, ends_on=usual_end())
    assert verbs() == ["mandate_confirmed"]
    assert len(mails()) == 1


@pytest.mark.parametrize("who", ["colleague", "outsider", "ministry"])
def test_confirm_by_others_is_refused(cast: Cast, who: str) -> None:
    MandateFactory.create(person=cast.outsider)
    with pytest.raises(Refusal, match="Über ein Mandat entscheidet"):
        confirm(mandate=asked(cast), actor=getattr(cast, who), ends_on=usual_end())


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": Mandate.Kind.DEPUTY},
        {"starts_on": days(-9), "ends_on": days(-1)},
        {"state": State.ENDED},
        {"starts_on": days(1), "ends_on": days(9)},
    ],
)
def test_confirm_by_a_colleague_whose_mandate_does_not_decide_is_refused(
    cast: Cast, changes: dict[str, object]
) -> None:
    speaker(cast, **changes)
    row = asked(cast)
    with pytest.raises(Refusal, match="Über ein Mandat entscheidet"):
        confirm(mandate=row, actor=cast.colleague, ends_on=usual_end())
    with pytest.raises(Refusal, match="Über ein Mandat entscheidet"):
        refuse(mandate=row, actor=cast.colleague, reason="Nein.")


def test_own_request_is_decided_by_somebody_else(cast: Cast) -> None:
    row = MandateRequestFactory.create(person=cast.project_office, organisation=home(cast))
    with pytest.raises(Refusal, match="eigenen Antrag"):
        confirm(mandate=row, actor=cast.project_office, ends_on=usual_end())


@pytest.mark.parametrize("last_day", [days(-1), _years_later(days(0), 2) + timedelta(days=1)])
def test_confirm_with_wrong_dates_is_refused(cast: Cast, last_day: date) -> None:
    with pytest.raises(Refusal, match="frühestens heute und spätestens in zwei Jahren") as refused:
        confirm(mandate=asked(cast), actor=cast.project_office, ends_on=last_day)
    assert refused.value.field == "ends_on"


@pytest.mark.parametrize("last_day", [days(0), latest_end()])
def test_confirm_takes_the_first_and_the_last_possible_day(cast: Cast, last_day: date) -> None:
    assert confirm(mandate=asked(cast), actor=cast.project_office, ends_on=last_day).is_valid


def test_years_are_counted_over_a_leap_day() -> None:
    assert (_years_later(date(2028, 2, 29), 1), _years_later(date(2027, 3, 1), 2)) == (
        date(2029, 2, 28),
        date(2029, 3, 1),
    )


def test_refuse_tells_the_reason(cast: Cast) -> None:
    row = refuse(mandate=asked(cast), actor=cast.project_office, reason=" Bitte zuerst die Werkleitung fragen. ")
    assert (row.state, row.decision_reason) == (State.REFUSED, "Bitte zuerst die Werkleitung fragen.")
    refuse(mandate=row, actor=cast.project_office, reason="Bitte zuerst die Werkleitung fragen.")
    assert verbs() == ["mandate_refused"]
    assert "Bitte zuerst die Werkleitung fragen." in OutgoingMail.objects.get().text


def test_refuse_without_a_reason_is_refused(cast: Cast) -> None:
    with pytest.raises(Refusal, match="begründen") as refused:
        refuse(mandate=asked(cast), actor=cast.project_office, reason="  ")
    assert refused.value.field == "reason"


def test_who_comes_second_is_told_what_was_decided(cast: Cast) -> None:
    speaker(cast)
    row = asked(cast)
    refuse(mandate=row, actor=cast.project_office, reason="Nein.")
    with pytest.raises(Refusal, match="bereits abgelehnt"):
        confirm(mandate=row, actor=cast.colleague, ends_on=usual_end())
    other = MandateRequestFactory.create(organisation=home(cast))
    confirm(mandate=other, actor=cast.colleague, ends_on=usual_end())
    with pytest.raises(Refusal, match="bereits bestätigt"):
        refuse(mandate=other, actor=cast.project_office, reason="Nein.")


@pytest.mark.parametrize("who", ["stakeholder", "colleague", "project_office"])
def test_end_by_the_person_a_colleague_or_the_office(cast: Cast, who: str) -> None:
    speaker(cast)
    row = MandateFactory.create(person=cast.stakeholder, organisation=home(cast))
    end(mandate=row, actor=getattr(cast, who))
    row.refresh_from_db()
    assert (row.state, row.is_valid) == (State.ENDED, False)
    assert AuditEntry.objects.get().actor == getattr(cast, who)
    assert mails() == [("mandate_ended", "stakeholder@example.org")]
    with pytest.raises(Refusal, match="bereits beendet"):
        end(mandate=row, actor=getattr(cast, who))


@pytest.mark.parametrize("who", ["outsider", "ministry"])
def test_end_by_others_is_refused(cast: Cast, who: str) -> None:
    MandateFactory.create(person=cast.outsider)
    with pytest.raises(Refusal, match="Ein Mandat beenden"):
        end(mandate=speaker(cast), actor=getattr(cast, who))


def test_an_own_request_can_be_taken_back_others_are_decided(cast: Cast) -> None:
    row = asked(cast)
    with pytest.raises(Refusal, match="noch nicht entschieden"):
        end(mandate=row, actor=cast.project_office)
    assert end(mandate=row, actor=cast.stakeholder).state == State.ENDED
    assert mails() == []
    with pytest.raises(Refusal, match="bereits beendet"):
        confirm(mandate=row, actor=cast.project_office, ends_on=usual_end())
