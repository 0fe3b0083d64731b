import pytest

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, StakeholderGroup, Topic
from tests.cast import Cast
from tests.factories.measures import MeasureFactory
from tests.factories.stakeholders import StakeholderFactory, StakeholderGroupFactory
from tests.factories.theses import StanceFactory, ThesisFactory
from theses.domain.agenda import EACH_KIND, propose_agenda
from theses.models import Agenda, Thesis


def answered(thesis: Thesis, group: StakeholderGroup, *, agree: int, disagree: int) -> None:
    for value, number in ((1, agree), (-1, disagree)):
        for person in StakeholderFactory.create_batch(number, group=group):
            StanceFactory.create(thesis=thesis, person=person, value=value)


def test_what_connects_comes_first_and_then_what_divides(cast: Cast) -> None:
    measure = MeasureFactory.create()
    first, second = (StakeholderGroupFactory.create(key=key, name=key) for key in ("erste", "zweite"))
    bridge, dividing, small = ThesisFactory.create_batch(3, measure=measure)
    answered(bridge, first, agree=12, disagree=0)
    answered(bridge, second, agree=12, disagree=0)
    answered(dividing, first, agree=11, disagree=1)
    answered(dividing, second, agree=1, disagree=11)
    answered(small, first, agree=12, disagree=0)
    answered(small, second, agree=0, disagree=4)
    agenda = propose_agenda(actor=cast.project_office, measure=measure)
    items = list(agenda.items.all())
    assert [(item.thesis, item.position, item.why.split(":")[0]) for item in items] == [
        (bridge, 1, "verbindet"),
        (dividing, 2, "trennt"),
    ]
    assert (items[0].title, agenda.measure) == (bridge.sentence, measure)
    assert AuditEntry.objects.get().facts == {"items": 2}


def test_at_most_three_points_of_each_kind_and_only_open_theses(cast: Cast) -> None:
    topic = Topic.objects.create(key="strom", name="Strom")
    first, second = (StakeholderGroupFactory.create(key=key, name=key) for key in ("erste", "zweite"))
    closed = ThesisFactory.create(topic=topic, state="closed")
    for thesis in (closed, *ThesisFactory.create_batch(EACH_KIND + 1, topic=topic)):
        answered(thesis, first, agree=10, disagree=0)
        answered(thesis, second, agree=10, disagree=0)
    agenda = propose_agenda(actor=cast.project_office, topic=topic)
    assert agenda.items.count() == EACH_KIND
    assert {item.thesis.state for item in agenda.items.all() if item.thesis} == {"published"}


def test_what_cannot_be_proposed(cast: Cast) -> None:
    measure = ThesisFactory.create().measure
    topic = Topic.objects.create(key="strom", name="Strom")
    assert measure
    with pytest.raises(Refusal, match="Projektbüro"):
        propose_agenda(actor=cast.stakeholder, measure=measure)
    with pytest.raises(Refusal, match="ein Thema oder eine Maßnahme"):
        propose_agenda(actor=cast.project_office)
    with pytest.raises(Refusal, match="ein Thema oder eine Maßnahme"):
        propose_agenda(actor=cast.project_office, measure=measure, topic=topic)
    for about in ({"measure": measure}, {"topic": topic}):
        with pytest.raises(Refusal, match="noch keine These mit genügend"):
            propose_agenda(actor=cast.project_office, **about)
    assert not Agenda.objects.exists()
