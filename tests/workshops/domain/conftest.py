import pytest

from tests.cast import Cast
from tests.factories.workshops import InvitationFactory
from workshops.models import Invitation


@pytest.fixture
def invited(cast: Cast) -> Invitation:
    """Of the stakeholder, to an event with one place, unanswered."""
    row: Invitation = InvitationFactory.create(person=cast.stakeholder, workshop__capacity=1)
    return row
