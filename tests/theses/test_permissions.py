"""Who may do what in which state: one row per person and state, read from top to bottom."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from tests.cast import Cast
from tests.factories.theses import ThesisFactory
from theses.models import Thesis
from theses.permissions import may_decide, may_revise, may_see_shares, may_submit, may_take_stance

State = Thesis.State
PEOPLE = ("guest", "stakeholder", "colleague", "outsider", "project_office", "ministry")

# The stakeholder is the author. Letters: s sees it, r revises, d decides, t takes a stance,
# b sees the shares before an own stance, a sees them after one.
MATRIX = {
    State.SUBMITTED: {"stakeholder": "s", "project_office": "sd"},
    State.RETURNED: {"stakeholder": "sr", "project_office": "s"},
    State.DECLINED: {"stakeholder": "s", "project_office": "s"},
    State.PUBLISHED: {
        "guest": "sa",
        "stakeholder": "sta",
        "colleague": "sta",
        "outsider": "sta",
        "project_office": "sba",
        "ministry": "sba",
    },
    State.CLOSED: dict.fromkeys(PEOPLE, "sba"),
    State.MERGED: dict.fromkeys(PEOPLE, "sba"),
}


def allowed(person: str, cast: Cast, thesis: Thesis) -> str:
    user = AnonymousUser() if person == "guest" else getattr(cast, person)
    answers = {
        "s": Thesis.objects.visible_to(user).filter(pk=thesis.pk).exists(),
        "r": may_revise(user, thesis),
        "d": may_decide(user, thesis),
        "t": may_take_stance(user, thesis),
        "b": may_see_shares(user, thesis, has_stance=False),
        "a": may_see_shares(user, thesis, has_stance=True),
    }
    return "".join(letter for letter, answer in answers.items() if answer)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("state", State)
def test_a_person_may_what_the_matrix_says(cast: Cast, state: State, person: str) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder, state=state)
    assert allowed(person, cast, thesis) == MATRIX[state].get(person, "")


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("state", State)
def test_the_page_exists_for_those_who_see_it(client: Client, cast: Cast, state: State, person: str) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder, state=state)
    if person != "guest":
        client.force_login(getattr(cast, person))
    sees = "s" in MATRIX[state].get(person, "")
    assert client.get(thesis.get_absolute_url()).status_code == (200 if sees else 404)


def test_submitting_needs_a_complete_profile(cast: Cast) -> None:
    assert not may_submit(AnonymousUser())
    assert may_submit(cast.stakeholder)
    cast.stakeholder.district = None
    assert not may_submit(cast.stakeholder)
