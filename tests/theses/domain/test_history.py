import pytest

from stakeholders.models import Activity
from tests.cast import Cast
from tests.factories.theses import ThesisFactory
from tests.theses.domain.test_thesis import draft
from theses.domain.stance import take
from theses.domain.thesis import decline, publish, submit
from theses.models import Stance, Thesis

pytestmark = pytest.mark.django_db


def test_a_thesis_is_a_contribution_from_the_day_it_was_handed_in(cast: Cast) -> None:
    thesis = submit(author=cast.stakeholder, draft=draft())
    publish(thesis=thesis, actor=cast.project_office)
    row = Activity.objects.get()
    assert (row.person, row.kind, row.key) == (cast.stakeholder, "contributed", f"thesis:{thesis.pk}")
    assert (row.label, row.last_at) == (thesis.sentence, thesis.submitted_at)


def test_publishing_tells_of_a_thesis_handed_in_before(cast: Cast) -> None:
    waiting = {"state": Thesis.State.SUBMITTED, "published_at": None}
    publish(thesis=ThesisFactory.create(author=cast.stakeholder, **waiting), actor=cast.project_office)
    publish(thesis=ThesisFactory.create(author=None, **waiting), actor=cast.project_office)
    decline(thesis=ThesisFactory.create(**waiting), actor=cast.project_office, reason="Schon vorhanden.")
    assert [row.person for row in Activity.objects.all()] == [cast.stakeholder]


def test_a_stance_is_told_but_not_which(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    for value in (Stance.Value.AGREE, Stance.Value.DISAGREE):
        take(thesis=thesis, person=cast.stakeholder, value=value)
    row = Activity.objects.get()
    assert (row.kind, row.key, row.label) == ("took_stance", f"thesis:{thesis.pk}", thesis.sentence)
    assert row.address == thesis.get_absolute_url()
    assert row.last_at == row.first_at
