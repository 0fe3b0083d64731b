"""A deputy says yes while the person they stand in for changes their mind: real connections, real transactions."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.at_once import tried_at_once
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import InvitationFactory, WorkshopFactory
from workshops.domain.deputy import Deputy, name_deputy, withdraw_deputy
from workshops.domain.invitation import answer
from workshops.domain.registration import cancel, register
from workshops.models import Invitation, Registration

ROUNDS = 12
Answer, State = Invitation.Answer, Registration.State


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", ["cancels", "withdraws", "declines"])
def test_the_place_is_given_once_whoever_comes_first(change: str) -> None:
    outcomes = set()
    for turn in range(ROUNDS):
        workshop = WorkshopFactory.create(capacity=1)
        invited = InvitationFactory.create(workshop=workshop)
        held = answer(invitation=invited, accept=True)
        assert held
        waiting = StakeholderFactory.create()
        register(workshop=workshop, person=waiting, actor=waiting)
        row = name_deputy(invitation=invited, deputy=Deputy("Ruth", "Beispiel", f"ruth{turn}@example.org"))
        steps: dict[str, Callable[[], object]] = {
            "cancels": partial(cancel, registration=held, actor=held.person),
            "withdraws": partial(withdraw_deputy, invitation=invited),
            "declines": partial(answer, invitation=invited, accept=False),
        }
        order: list[Callable[[], object]] = [partial(answer, invitation=row, accept=True), steps[change]]
        tried_at_once(*(order if turn % 2 else reversed(order)))
        invited.refresh_from_db()
        row.refresh_from_db()
        rows = Registration.objects.filter(workshop=workshop)
        holders = [registration.person for registration in rows.holding()]
        assert len(holders) == 1
        answers = (invited.answer, row.answer)
        outcomes.add(answers)
        if answers == (Answer.DEPUTISED, Answer.ACCEPTED):
            assert holders == [row.person]
        elif change == "withdraws":
            assert (answers, holders) == ((Answer.ACCEPTED, Answer.WITHDRAWN), [invited.person])
        else:
            assert (answers, holders) == ((Answer.DECLINED, Answer.WITHDRAWN), [waiting])
        arrivals = list(rows.order_by("arrival").values_list("arrival", flat=True))
        assert len(set(arrivals)) == len(arrivals)
    assert outcomes
