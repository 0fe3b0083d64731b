import json

import pytest
from django.test import Client

from publishing.numbers import percent
from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, StakeholderGroup, Topic
from tests.cast import Cast
from tests.factories.measures import MeasureFactory
from tests.factories.stakeholders import StakeholderFactory, StakeholderGroupFactory
from tests.factories.theses import StanceFactory, ThesisFactory
from theses.domain.agenda import EACH_KIND, propose_agenda
from theses.domain.evaluation import refresh_results
from theses.models import Agenda, AgendaItem, OpinionResult, Thesis


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


def test_agenda_says_what_the_evaluation_page_says(client: Client, cast: Cast) -> None:
    """Even while stances have come since: both read what is stored. One topic has a result of its own, one has not."""
    few, many = (Topic.objects.create(key=key, name=key) for key in ("wenige", "viele"))
    first, second = (StakeholderGroupFactory.create(key=key, name=key) for key in ("erste", "zweite"))
    for topic, number in ((few, 1), (many, 3)):
        for place in range(number):
            bridge = ThesisFactory.create(topic=topic, sentence=f"Das {place} wollen alle.", hides_shares=False)
            answered(bridge, first, agree=13 + place, disagree=0)
            answered(bridge, second, agree=14, disagree=2)
    refused, apart = (ThesisFactory.create(topic=many, sentence=text, hides_shares=False) for text in ("Nie.", "Ja."))
    for group, agree in ((first, 12), (second, 1)):
        answered(refused, group, agree=0, disagree=15)
        answered(apart, group, agree=agree, disagree=13 - agree)
    refresh_results()
    assert set(OpinionResult.objects.values_list("scope", flat=True)) == {"all", "topic:viele"}
    answered(refused, first, agree=30, disagree=0)
    for topic, number in ((few, 1), (many, 4)):
        items = propose_agenda(actor=cast.project_office, topic=topic).items.all()
        page = client.get("/thesen/auswertung/auswertung.json", {"thema": topic.key} if topic == many else {})
        tables = json.loads(page.content)["tables"]
        rows = [row for kind in ("bridges", "divides") for row in tables[kind]["rows"]]
        shown = {row["thesis"]: row.get("floor", row.get("between")) for row in rows}
        assert len(items) == number
        for item in items:
            assert percent(shown[item.title], "de", 0) in item.why
    assert "lehnen mindestens" in AgendaItem.objects.filter(thesis=refused).latest("pk").why


def test_agenda_is_computed_at_once_only_while_nothing_is_stored(cast: Cast) -> None:
    topic = Topic.objects.create(key="strom", name="Strom")
    first, second = (StakeholderGroupFactory.create(key=key, name=key) for key in ("erste", "zweite"))
    thesis = ThesisFactory.create(topic=topic)
    refresh_results()
    answered(thesis, first, agree=10, disagree=0)
    answered(thesis, second, agree=10, disagree=0)
    with pytest.raises(Refusal, match="noch keine These mit genügend"):
        propose_agenda(actor=cast.project_office, topic=topic)
    OpinionResult.objects.all().delete()
    assert propose_agenda(actor=cast.project_office, topic=topic).items.get().thesis == thesis


@pytest.mark.django_db
def test_public_agenda_does_not_tell_what_an_open_thesis_hides() -> None:
    agenda = Agenda.objects.create(title="Abend")
    for values, told in (
        ({}, ""),
        ({"hides_shares": False}, "verbindet"),
        ({"state": Thesis.State.CLOSED}, "verbindet"),
    ):
        item = AgendaItem(agenda=agenda, title="Punkt", thesis=ThesisFactory.create(**values), why="verbindet")
        assert item.told_why == told
    assert AgendaItem(agenda=agenda, title="Punkt", why="von Hand").told_why == "von Hand"


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
