"""Invitation, reminder and rules of a round at the desk of the project office."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.models import AssessmentRound
from stakeholders.models import Selection, StakeholderGroup
from tests.cast import Cast
from tests.factories.measures import MeasureFactory, fitting_round
from tests.factories.stakeholders import StakeholderFactory, StakeholderGroupFactory
from tests.measures.test_admin import form

ADD = "admin:measures_assessmentround_add"


@pytest.fixture
def kammern(db: None) -> Selection:
    StakeholderFactory.create_batch(2, group=StakeholderGroupFactory.create(key="kammern"))
    StakeholderFactory.create(group=StakeholderGroup.objects.get(key="kammern"), email=None, origin="office")
    return Selection.objects.create(name="Kammern", criteria={"gruppe": ["kammern"]})


def typed(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def change(row: AssessmentRound) -> str:
    return reverse("admin:measures_assessmentround_change", args=[row.pk])


def test_a_new_round_is_given_its_invitation_and_reminder(office: Client, kammern: Selection) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    values = {"audience": kammern.pk, "remind_at": typed(tomorrow), "shows_aggregates": "on"}
    response = office.post(reverse(ADD), form(MeasureFactory.create_batch(1), **values))
    assert response.status_code == 302
    created = AssessmentRound.objects.get(slug="neue-runde")
    assert (created.audience, created.shows_aggregates) == (kammern, True)
    assert created.remind_at
    assert typed(created.remind_at) == typed(tomorrow)
    assert "3 Personen, davon 2 mit E-Mail-Adresse" in office.get(change(created)).content.decode()


@pytest.mark.parametrize("days", [-1, 8, 4000])
def test_a_reminder_outside_the_round_is_refused_at_its_field(office: Client, kammern: Selection, days: int) -> None:
    values = {"audience": kammern.pk, "remind_at": typed(timezone.now() + timedelta(days=days))}
    page = office.post(reverse(ADD), form(MeasureFactory.create_batch(1), **values)).content.decode()
    assert "solange die Runde läuft" in page
    assert not AssessmentRound.objects.exists()


def test_a_reminder_to_nobody_is_refused_at_its_field(office: Client) -> None:
    values = {"remind_at": typed(timezone.now() + timedelta(days=1))}
    page = office.post(reverse(ADD), form(MeasureFactory.create_batch(1), **values)).content.decode()
    assert "wer erinnert werden soll" in page
    assert not AssessmentRound.objects.exists()


@pytest.mark.parametrize("moment", ["2027-03-28T02:30", "2027-10-31T02:30"])
def test_a_time_that_the_change_of_clocks_skips_or_doubles_is_refused(
    office: Client, kammern: Selection, moment: str
) -> None:
    values = {"opens_at": "2027-03-01T10:00", "closes_at": "2027-12-01T10:00"}
    values |= {"audience": str(kammern.pk), "remind_at": moment}
    page = office.post(reverse(ADD), form(MeasureFactory.create_batch(1), **values)).content.decode()
    assert "Zeitzone" in page
    assert not AssessmentRound.objects.exists()


def test_a_published_round_keeps_its_rules_and_takes_a_later_reminder(office: Client, kammern: Selection) -> None:
    row = fitting_round()
    page = office.get(change(row)).content.decode()
    for name in ("shows_aggregates", "cap_organisations", "min_raters", "required_groups", "seed"):
        assert f'name="{name}"' not in page
    tomorrow = timezone.now() + timedelta(days=1)
    values: dict[str, Any] = {"audience": kammern.pk, "remind_at": typed(tomorrow), "shows_aggregates": "on"}
    assert office.post(change(row), form([], **values)).status_code == 302
    again = AssessmentRound.objects.get(pk=row.pk)
    assert (again.audience, again.shows_aggregates) == (kammern, False)
    late = {"audience": kammern.pk, "remind_at": typed(row.closes_at + timedelta(days=1))}
    assert "solange die Runde läuft" in office.post(change(row), form([], **late)).content.decode()


def test_who_was_told_and_reminded_stands(office: Client, kammern: Selection) -> None:
    now = timezone.now()
    row = fitting_round(audience=kammern, remind_at=now, announced_at=now, reminded_at=now)
    page = office.get(change(row)).content.decode()
    assert 'name="audience"' not in page
    assert 'name="remind_at"' not in page
    assert "Eröffnung mitgeteilt am" in page


def test_a_selection_that_no_longer_holds_says_so(office: Client, kammern: Selection) -> None:
    row = fitting_round(audience=kammern)
    Selection.objects.filter(pk=kammern.pk).update(criteria={"gruppe": ["aufgeloest"]})
    assert "„aufgeloest“ gibt es bei „Akteursgruppe“ nicht" in office.get(change(row)).content.decode()


def test_a_group_that_must_not_be_missing_does_not_vanish(office: Client) -> None:
    required, unused = (StakeholderGroupFactory.create(key=key) for key in ("kammern", "gewerkschaften"))
    fitting_round().required_groups.add(required)
    for group, status in ((required, 403), (unused, 302)):
        where = reverse("admin:stakeholders_stakeholdergroup_delete", args=[group.pk])
        assert office.post(where, {"post": "yes"}).status_code == status
    where = reverse("admin:stakeholders_stakeholdergroup_changelist")
    data = {"action": "delete_selected", "_selected_action": [required.pk], "post": "yes"}
    office.post(where, data, follow=True)
    assert list(AssessmentRound.objects.get().required_groups.all()) == [required]
    assert not StakeholderGroup.objects.filter(pk=unused.pk).exists()


def test_a_round_is_the_offices_to_change(cast: Cast, client: Client) -> None:
    row = fitting_round()
    for person in (cast.ministry, cast.stakeholder, cast.outsider):
        client.force_login(person)
        assert client.get(change(row)).status_code == 302
