from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.contributions import FollowFactory
from tests.factories.measures import fitting_round
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import ThesisFactory
from tests.factories.workshops import RegistrationFactory, WorkshopFactory
from theses.domain.conclusion import conclude
from theses.domain.lineage import look
from theses.models import Thesis
from workshops.models import Invitation, Registration
from workshops.tokens import token_for

SignIn = Callable[[Stakeholder], Client]


def furnish(person: Stakeholder, rows: int) -> None:
    for number in range(rows):
        ThesisFactory.create(author=person, state=Thesis.State.SUBMITTED)
        workshop = WorkshopFactory.create()
        Registration.objects.create(
            workshop=workshop, person=person, state="confirmed", arrival=number + 1, registered_at=workshop.starts_at
        )
        Invitation.objects.create(workshop=WorkshopFactory.create(), person=person)
        FollowFactory.create(person=person)


@pytest.mark.parametrize("rows", [1, 30])
def test_dashboard_asks_the_same_number_of_queries(
    cast: Cast, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    furnish(cast.stakeholder, rows)
    client = sign_in(cast.stakeholder)
    with django_assert_num_queries(12):
        assert client.get(reverse("dashboard")).status_code == 200


def test_dashboard_shows_own_things_only(cast: Cast, sign_in: SignIn) -> None:
    mine = ThesisFactory.create(
        author=cast.stakeholder, sentence="Meine These steht hier.", state=Thesis.State.RETURNED
    )
    page = sign_in(cast.stakeholder).get(reverse("dashboard")).content.decode()
    assert mine.sentence in page
    assert "zur Überarbeitung zurückgegeben" in page
    assert mine.sentence not in sign_in(cast.outsider).get(reverse("dashboard")).content.decode()


def test_dashboard_tells_the_last_step_of_own_theses(cast: Cast, sign_in: SignIn) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder)
    look()
    client = sign_in(cast.stakeholder)
    assert "Die These wurde veröffentlicht." in client.get(reverse("dashboard")).content.decode()
    conclude(thesis=thesis, kind="dissent", text="Darum.", measure=None, actor=cast.project_office)
    page = client.get(reverse("dashboard")).content.decode()
    assert "Fazit des Projektbüros: produktiver Dissens" in page
    assert "Die These wurde veröffentlicht." not in page
    assert "Fazit des" not in sign_in(cast.outsider).get(reverse("dashboard")).content.decode()


@pytest.mark.django_db
def test_dashboard_leads_an_incomplete_profile_to_the_form(sign_in: SignIn) -> None:
    newcomer = StakeholderFactory.create(group=None, last_name="")
    assert sign_in(newcomer).get(reverse("dashboard"))["Location"] == reverse("stakeholders:profile")


def test_dashboard_asks_only_raters_to_rate(cast: Cast, sign_in: SignIn) -> None:
    fitting_round()
    for person, asked in ((cast.stakeholder, True), (cast.project_office, False), (cast.ministry, False)):
        page = sign_in(person).get(reverse("dashboard")).content.decode()
        assert ("Bewerten Sie Maßnahmen bis" in page, "Die Bewertung läuft bis" in page) == (asked, not asked)


def test_dashboard_leads_to_registration_and_ticket_of_each_event(cast: Cast, sign_in: SignIn) -> None:
    held = RegistrationFactory.create(person=cast.stakeholder, workshop__mode="hybrid", kind="online")
    until = timezone.now() + timedelta(hours=5)
    offered = RegistrationFactory.create(person=cast.stakeholder, state="offered", confirm_by=until)
    past = RegistrationFactory.create(
        person=cast.stakeholder,
        workshop__starts_at=timezone.now() - timedelta(days=3),
        workshop__ends_at=timezone.now() - timedelta(days=2),
    )
    page = sign_in(cast.stakeholder).get(reverse("dashboard")).content.decode()
    assert "Angemeldet, online" in page
    assert "Bitte bestätigen Sie den Platz bis" in page
    links = {
        name: [row for row in (held, offered, past) if reverse(f"workshops:{name}", args=[token_for(row)]) in page]
        for name in ("registration_manage", "registration_ticket")
    }
    assert links == {"registration_manage": [held, offered], "registration_ticket": [held]}
    assert token_for(held) not in sign_in(cast.outsider).get(reverse("dashboard")).content.decode()
