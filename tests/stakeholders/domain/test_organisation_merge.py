"""Two entries become one: whatever points at the old one follows, whichever app it belongs to."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from measures.models import FormerRater
from stakeholders.domain.organisation import find_or_create, named
from stakeholders.domain.organisation_merge import merge, pointing_fields, what_moves
from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, Mandate, Note, Organisation, OutgoingMail, Tag
from tests.cast import Cast
from tests.factories.concepts import ConceptFactory, PartnerFactory
from tests.factories.contributions import ContributionFactory
from tests.factories.mandates import MandateFactory, MandateRequestFactory
from tests.factories.measures import AssessmentRoundFactory
from tests.factories.stakeholders import OrganisationFactory, StakeholderFactory
from tests.factories.theses import ThesisFactory
from tests.factories.workshops import RegistrationFactory

MAKERS: dict[str, Callable[[Organisation], Any]] = {
    "measures.FormerRater.organisation": lambda row: FormerRater.objects.create(
        round=AssessmentRoundFactory.create(), organisation=row
    ),
    "measures.ImplementationConcept.responsible": lambda row: ConceptFactory.create(responsible=row),
    "measures.Partner.organisation": lambda row: PartnerFactory.create(organisation=row),
    "stakeholders.Stakeholder.organisation": lambda row: StakeholderFactory.create(organisation=row),
    "stakeholders.Mandate.organisation": lambda row: MandateFactory.create(organisation=row),
    "stakeholders.Note.organisation": lambda row: Note.objects.create(organisation=row, text="Ruft gern zurück."),
    "stakeholders.Organisation.merged_into": lambda row: OrganisationFactory.create(merged_into=row),
    "stakeholders.Organisation_tags.organisation": lambda row: row.tags.add(Tag.objects.create(name="Guss")),
    "theses.Contribution.organisation": lambda row: ContributionFactory.create(organisation=row),
    "theses.Thesis.organisation": lambda row: ThesisFactory.create(organisation=row),
    "workshops.Registration.organisation": lambda row: RegistrationFactory.create(organisation=row),
}
"""For every foreign key to an organisation something that makes a row with it."""


def every_key() -> list["models.ForeignKey[models.Model, models.Model]"]:
    """Found by walking through all models, not through the organisation as the merging does; without histories."""
    return [
        field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model is Organisation
        and not model.__name__.endswith("Event")
    ]


def name_of(field: models.Field[Any, Any]) -> str:
    return f"{field.model._meta.label}.{field.name}"


def pointing_at(row: Organisation) -> dict[str, int]:
    counts = {name_of(key): key.model._base_manager.filter(**{key.name: row}).count() for key in every_key()}
    return {name: count for name, count in counts.items() if count}


def test_the_merging_knows_every_key_of_every_app() -> None:
    assert {name_of(key) for key in pointing_fields()} == {name_of(key) for key in every_key()} == set(MAKERS)


def test_nothing_points_at_the_old_entry_afterwards(cast: Cast) -> None:
    source, target = OrganisationFactory.create(), OrganisationFactory.create()
    for make in MAKERS.values():
        make(source)
    assert pointing_at(source) == dict.fromkeys(MAKERS, 1)
    preview = what_moves(source)
    counts = merge(source=source, target=target, actor=cast.project_office)
    source.refresh_from_db()
    assert pointing_at(source) == {}
    assert pointing_at(target) == {**dict.fromkeys(MAKERS, 1), "stakeholders.Organisation.merged_into": 2}
    assert source.merged_into == target
    assert sorted(counts.values()) == sorted(count for _title, count in preview) == [1] * len(MAKERS)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.target) == ("organisation_merged", cast.project_office, target)
    assert entry.facts == {"merged": source.pk, "name": source.name, "moved": counts}


def test_merging_the_same_again_changes_nothing(cast: Cast) -> None:
    source, target = OrganisationFactory.create(), OrganisationFactory.create()
    for _click in range(2):
        merge(source=source, target=target, actor=cast.project_office)
    assert AuditEntry.objects.count() == 1


def test_the_old_name_leads_to_the_entry_that_remains(cast: Cast) -> None:
    first, second, third = (OrganisationFactory.create(name=name) for name in ("Werk A", "Werk B", "Werk C"))
    merge(source=first, target=second, actor=cast.project_office)
    merge(source=second, target=third, actor=cast.project_office)
    assert (named("WERK A"), named("werk b")) == (third, third)
    assert third.group
    assert third.district
    assert find_or_create(name="Werk A", group=third.group, district=third.district) == third
    first.refresh_from_db()
    assert first.merged_into == third


def test_signposts_that_lead_in_a_circle_come_to_an_end(cast: Cast) -> None:
    first, second = OrganisationFactory.create(name="Werk A"), OrganisationFactory.create(name="Werk B")
    Organisation.objects.filter(pk=first.pk).update(merged_into=second)
    Organisation.objects.filter(pk=second.pk).update(merged_into=first)
    assert named("Werk A") in (first, second)


def test_a_tag_of_both_stands_there_once(cast: Cast) -> None:
    source, target = OrganisationFactory.create(), OrganisationFactory.create()
    both, own = Tag.objects.create(name="beide"), Tag.objects.create(name="eigen")
    source.tags.set([both, own])
    target.tags.set([both])
    merge(source=source, target=target, actor=cast.project_office)
    assert (set(target.tags.all()), source.tags.count()) == ({both, own}, 0)


def test_what_the_remaining_entry_does_not_say_is_taken_over(cast: Cast) -> None:
    source = OrganisationFactory.create(kind="union", size_class="small", website="https://alt.example")
    target = OrganisationFactory.create(kind="company", district=None)
    merge(source=source, target=target, actor=cast.project_office)
    target.refresh_from_db()
    assert (target.kind, target.size_class, target.website) == ("company", "small", "https://alt.example")
    assert target.district == source.district


def days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


@pytest.mark.parametrize(
    ("strong", "weak"),
    [
        ({"ends_on": days(20)}, {"ends_on": days(10)}),
        ({"ends_on": days(1)}, {"state": "requested", "starts_on": None, "ends_on": None}),
        (
            {"state": "requested", "starts_on": None, "ends_on": None},
            {"starts_on": days(-9), "ends_on": days(-1)},
        ),
        ({"ends_on": days(10)}, {"ends_on": days(20), "kind": "deputy"}),
    ],
)
@pytest.mark.parametrize("strong_moves", [True, False])
def test_of_two_mandates_the_one_that_reaches_further_stays(
    cast: Cast, strong: dict[str, object], weak: dict[str, object], strong_moves: bool
) -> None:
    source, target = OrganisationFactory.create(), OrganisationFactory.create()
    here, there = (source, target) if strong_moves else (target, source)
    kept = MandateFactory.create(person=cast.outsider, organisation=here, **strong)
    lost = MandateFactory.create(person=cast.outsider, organisation=there, **weak)
    before = kept.state
    merge(source=source, target=target, actor=cast.project_office)
    kept.refresh_from_db()
    lost.refresh_from_db()
    assert (kept.state, kept.organisation, lost.state, lost.organisation) == (before, target, "ended", target)
    assert not OutgoingMail.objects.exists()


def test_old_mandates_and_those_of_different_people_move_as_they_are(cast: Cast) -> None:
    source, target = OrganisationFactory.create(), OrganisationFactory.create()
    MandateFactory.create(person=cast.outsider, organisation=source, state="ended")
    MandateFactory.create(person=cast.outsider, organisation=target)
    MandateRequestFactory.create(person=cast.colleague, organisation=source)
    merge(source=source, target=target, actor=cast.project_office)
    states = Mandate.objects.filter(organisation=target).values_list("state", flat=True)
    assert sorted(states) == ["confirmed", "ended", "requested"]


def test_wrong_pairs_and_others_are_refused(cast: Cast) -> None:
    source, target = OrganisationFactory.create(), OrganisationFactory.create()
    gone = OrganisationFactory.create(merged_into=target)
    with pytest.raises(Refusal, match="zwei verschiedene"):
        merge(source=source, target=source, actor=cast.project_office)
    for pair in ((gone, source), (source, gone)):
        with pytest.raises(Refusal, match="bereits in einer anderen aufgegangen"):
            merge(source=pair[0], target=pair[1], actor=cast.project_office)
    for actor in (cast.stakeholder, cast.ministry):
        with pytest.raises(Refusal, match="Projektbüro"):
            merge(source=source, target=target, actor=actor)
