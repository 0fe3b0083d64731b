from typing import Any

import pytest

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, OutgoingMail
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import StanceFactory, ThesisFactory
from theses.domain.assignment import assign
from theses.domain.merging import Part, merge, split
from theses.domain.stance import take
from theses.models import Stance, Thesis, ThesisVersion

PARTS = [Part("Erstens.", "Darum."), Part("Zweitens.", "Deshalb.")]


def told() -> dict[str, int]:
    keys = [str(mail.person_id) for mail in OutgoingMail.objects.all()]
    return {key: keys.count(key) for key in keys}


def test_a_merged_thesis_leads_on_and_keeps_its_stances(cast: Cast) -> None:
    source, target = ThesisFactory.create_batch(2)
    StanceFactory.create(thesis=source)
    merge(source=source, target=target, actor=cast.project_office, reason=" Beide sagen dasselbe. ")
    source.refresh_from_db()
    assert (source.state, source.merged_into, source.decision_reason) == ("merged", target, "Beide sagen dasselbe.")
    assert (source.stances.count(), target.stances.count()) == (1, 0)
    assert list(Thesis.objects.published()) == [target]
    assert AuditEntry.objects.get().facts == {"into": target.pk}
    with pytest.raises(Refusal, match="zusammengeführt"):
        take(thesis=source, person=cast.stakeholder, value=Stance.Value.AGREE)


def test_authors_and_those_who_agree_are_told_once_each(cast: Cast) -> None:
    source, target = ThesisFactory.create_batch(2)
    both, against, first, second = StakeholderFactory.create_batch(4)
    for thesis, person in ((source, both), (target, both), (source, first), (target, second)):
        StanceFactory.create(thesis=thesis, person=person)
    StanceFactory.create(thesis=source, person=against, value=Stance.Value.DISAGREE)
    merge(source=source, target=target, actor=cast.project_office, reason="Dasselbe.")
    people = (source.author, target.author, both, first, second)
    assert told() == {str(person.pk): 1 for person in people if person}
    assert "Dasselbe." in OutgoingMail.objects.get(person=first).text


def test_what_cannot_be_merged(cast: Cast) -> None:
    source, target = ThesisFactory.create_batch(2)
    for person in (cast.stakeholder, cast.ministry):
        with pytest.raises(Refusal, match="entscheidet das Projektbüro"):
            merge(source=source, target=target, actor=person, reason="Dasselbe.")
    with pytest.raises(Refusal, match="begründen"):
        merge(source=source, target=target, actor=cast.project_office, reason=" \n")
    with pytest.raises(Refusal, match="verschiedene"):
        merge(source=source, target=source, actor=cast.project_office, reason="Dasselbe.")
    closed = ThesisFactory.create(state="closed")
    with pytest.raises(Refusal, match="nicht mehr offen"):
        merge(source=source, target=closed, actor=cast.project_office, reason="Dasselbe.")
    assert not AuditEntry.objects.exists()


def test_the_second_of_two_who_merge_is_told(cast: Cast) -> None:
    source, target, other = ThesisFactory.create_batch(3)
    merge(source=source, target=target, actor=cast.project_office, reason="Dasselbe.")
    with pytest.raises(Refusal, match="bereits mit einer anderen zusammengeführt"):
        merge(source=source, target=other, actor=cast.project_office, reason="Dasselbe.")
    with pytest.raises(Refusal, match="nicht mehr offen"):
        merge(source=target, target=source, actor=cast.project_office, reason="Dasselbe.")


@pytest.mark.parametrize(("closes", "state"), [(True, "closed"), (False, "published")])
def test_a_split_thesis_has_published_parts_of_the_same_author(cast: Cast, closes: bool, state: str) -> None:
    thesis = ThesisFactory.create()
    fan = StanceFactory.create(thesis=thesis).person
    made = split(thesis=thesis, parts=PARTS, actor=cast.project_office, reason="Zwei Fragen.", closes=closes)
    thesis.refresh_from_db()
    assert [(part.sentence, part.author, part.split_from, part.state) for part in made] == [
        (sentence, thesis.author, thesis, "published") for sentence in ("Erstens.", "Zweitens.")
    ]
    assert (thesis.state, thesis.stances.count(), ThesisVersion.objects.count()) == (state, 1, 2)
    assert set(told()) == {str(fan.pk), str(thesis.author and thesis.author.pk)}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"parts": PARTS[:1]}, "mindestens zwei"),
        ({"parts": [PARTS[0], PARTS[0]]}, "mindestens zwei"),
        ({"parts": []}, "mindestens zwei"),
        ({"reason": ""}, "begründen"),
    ],
)
def test_what_cannot_be_split(cast: Cast, changes: dict[str, Any], words: str) -> None:
    values = {"parts": PARTS, "reason": "Zwei Fragen.", "closes": False, "actor": cast.project_office, **changes}
    with pytest.raises(Refusal, match=words):
        split(thesis=ThesisFactory.create(), **values)
    assert Thesis.objects.count() == 1


def test_only_an_open_thesis_is_split_once_and_by_the_office(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    with pytest.raises(Refusal, match="Projektbüro"):
        split(thesis=thesis, parts=PARTS, actor=cast.stakeholder, reason="Zwei Fragen.", closes=False)
    split(thesis=thesis, parts=PARTS, actor=cast.project_office, reason="Zwei Fragen.", closes=False)
    with pytest.raises(Refusal, match="bereits aufgeteilt"):
        split(thesis=thesis, parts=PARTS, actor=cast.project_office, reason="Zwei Fragen.", closes=False)
    declined = ThesisFactory.create(state="declined")
    with pytest.raises(Refusal, match="bereits abgelehnt"):
        split(thesis=declined, parts=PARTS, actor=cast.project_office, reason="Zwei Fragen.", closes=False)


def test_a_thesis_is_assigned_to_the_office_only(cast: Cast) -> None:
    thesis = ThesisFactory.create(state="submitted")
    with pytest.raises(Refusal, match="Projektbüro"):
        assign(thesis=thesis, staff=cast.project_office, actor=cast.stakeholder)
    for wrong in (cast.stakeholder, cast.ministry):
        with pytest.raises(Refusal, match="nur Personen im Projektbüro"):
            assign(thesis=thesis, staff=wrong, actor=cast.project_office)
    assign(thesis=thesis, staff=cast.project_office, actor=cast.project_office)
    assign(thesis=thesis, staff=cast.project_office, actor=cast.project_office)
    thesis.refresh_from_db()
    assert thesis.assigned_to == cast.project_office
    assign(thesis=thesis, staff=None, actor=cast.project_office)
    assert Thesis.objects.get().assigned_to is None
    assert AuditEntry.objects.count() == 2
