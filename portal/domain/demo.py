"""Demonstration data: invented people, organisations, theses, events and ratings, all marked as demo.

Only `prepare` with PORTAL_DEMO loads them; a production start never does.
"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from measures.models import Measure
from portal.domain.demo_activity import load_demo_activities
from portal.domain.demo_concept import load_demo_concept
from portal.domain.demo_day import working_day
from portal.domain.demo_desk import load_demo_desk
from portal.domain.demo_event import load_demo_events
from portal.domain.demo_fit import load_demo_fits
from portal.domain.demo_mandate import load_demo_mandates
from portal.domain.demo_round import load_demo_rounds
from portal.domain.demo_stances import load_demo_stances
from stakeholders.models import District, Organisation, Stakeholder, StakeholderGroup
from theses.domain.evaluation import refresh_results
from theses.domain.opinion_map import refresh_groups
from theses.domain.version import write_version
from theses.models import Thesis
from workshops.models import Registration, Workshop

SOURCE = Path(__file__).resolve().parent.parent / "demo_data" / "demo.json"
PASSWORD = "demo-passwort-2026"  # noqa: S105  (printed by make run; such accounts exist in demonstrations only)
TOTP_SECRET = "ZUKUNFTSWERKSTATTINDUSTRIEDEMO22"  # noqa: S105  (of demonstrations only, like the password)
"""Of the authenticator app of all who need a second factor, in base 32; the page that asks for it shows the code."""

LOGINS = (
    ("Akteurin", "akteurin@demo.example"),
    ("Akteur", "akteur@demo.example"),
    ("Projektbüro", "projektbuero@demo.example"),
    ("Ministerium", "ministerium@demo.example"),
    ("Technik", "technik@demo.example"),
)
PEOPLE = 160
SPEAKING_FOR_AN_ORGANISATION = 0.4
SEED = 2026


@transaction.atomic
def load_demo() -> None:
    """Loads everything at once or, if it is there already, nothing."""
    if Stakeholder.objects.filter(demo=True).exists():
        return
    data = json.loads(SOURCE.read_text(encoding="utf-8"))
    chance = np.random.default_rng(SEED)
    organisations = load_organisations(data, chance)
    people = load_people(data, organisations, chance)
    staff = load_logins(organisations[0])
    logins = [Stakeholder.objects.get(email=email) for _role, email in LOGINS[:2]]
    load_demo_mandates(people=logins, organisation=organisations[0], office=staff)
    load_theses(data, people, chance)
    refresh_results()
    refresh_groups()
    load_workshops(data, people, chance)
    load_demo_events(people)
    load_demo_rounds(people=people, actor=staff, chance=chance)
    load_demo_activities()
    load_demo_desk(data, actor=staff, chance=chance)
    load_demo_fits(people=people, chance=chance)
    load_demo_concept(organisations=organisations)


def load_organisations(data: dict[str, Any], chance: np.random.Generator) -> list[Organisation]:
    groups = {group.key: group for group in StakeholderGroup.objects.all()}
    districts = list(District.objects.exclude(nuts=""))
    return Organisation.objects.bulk_create(
        Organisation(
            slug=slugify(name),
            name=name,
            group=groups[key],
            district=districts[chance.integers(len(districts))],
            demo=True,
        )
        for name, key in data["organisations"]
    )


def load_people(
    data: dict[str, Any], organisations: list[Organisation], chance: np.random.Generator
) -> list[Stakeholder]:
    first, last = data["first_names"], data["last_names"]
    people: list[Stakeholder] = Stakeholder.objects.bulk_create(
        Stakeholder(
            email=f"person{number:03d}@demo.example",
            password=make_password(None),
            first_name=first[number % len(first)],
            last_name=last[number % len(last)],
            group=organisation.group,
            district=organisation.district,
            organisation=organisation if chance.random() < SPEAKING_FOR_AN_ORGANISATION else None,
            wants_theses=bool(chance.integers(2)),
            wants_results=bool(chance.integers(2)),
            wants_events=bool(chance.integers(4)),
            demo=True,
        )
        for number, organisation in enumerate(organisations[i % len(organisations)] for i in range(PEOPLE))
    )
    verify_addresses(people)
    return people


def load_logins(organisation: Organisation) -> Stakeholder:
    """One account per role; returns the one of the project office."""
    roles = Stakeholder.Role
    common = {"district": organisation.district, "group": organisation.group, "demo": True}
    two = [
        Stakeholder.objects.create_user(
            email,
            PASSWORD,
            first_name=name,
            last_name="Beispiel",
            organisation=organisation,
            wants_theses=True,
            wants_events=True,
            **common,
        )
        for name, (_role, email) in zip(("Andrea", "Andreas"), LOGINS[:2], strict=True)
    ]
    office = Stakeholder.objects.create_user(
        LOGINS[2][1], PASSWORD, first_name="Paula", last_name="Projektbüro", role=roles.PROJECT_OFFICE, **common
    )
    ministry = Stakeholder.objects.create_user(
        LOGINS[3][1], PASSWORD, first_name="Mika", last_name="Ministerium", role=roles.MINISTRY, **common
    )
    technician = Stakeholder.objects.create_superuser(
        LOGINS[4][1], PASSWORD, first_name="Toni", last_name="Technik", **common
    )
    verify_addresses([*two, office, ministry, technician])
    install_second_factor([office, ministry, technician])
    return office


def verify_addresses(people: list[Stakeholder]) -> None:
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people
    )


def install_second_factor(people: list[Stakeholder]) -> None:
    Authenticator.objects.bulk_create(
        Authenticator(user=person, type=Authenticator.Type.TOTP, data={"secret": TOTP_SECRET}) for person in people
    )


def load_theses(data: dict[str, Any], people: list[Stakeholder], chance: np.random.Generator) -> None:
    measures = {measure.slug: measure for measure in Measure.objects.all()}
    now = timezone.now()
    rows = [
        Thesis(
            sentence=sentence,
            slug=Thesis.slug_for(sentence),
            reason=reason,
            measure=measures[slug],
            author=people[chance.integers(len(people))],
            state=state,
            submitted_at=now - timedelta(days=30 - number),
            decided_at=now - timedelta(days=28 - number) if state == Thesis.State.PUBLISHED else None,
            published_at=now - timedelta(days=28 - number) if state == Thesis.State.PUBLISHED else None,
            demo=True,
        )
        for key, state in (("theses", Thesis.State.PUBLISHED), ("waiting_theses", Thesis.State.SUBMITTED))
        for number, (sentence, reason, slug) in enumerate(data[key])
    ]
    theses = Thesis.objects.bulk_create(rows)
    for thesis in theses:
        if thesis.published_at:
            write_version(thesis, at=thesis.published_at)
    load_demo_stances(theses, people)


def load_workshops(data: dict[str, Any], people: list[Stakeholder], chance: np.random.Generator) -> None:
    districts = {district.key: district for district in District.objects.all()}
    today = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    for row in data["workshops"]:
        start = working_day(today + timedelta(days=row.pop("days"))).replace(hour=row.pop("hour"))
        measures = row.pop("measures")
        row["district"] = districts.get(row["district"])
        end = start + timedelta(hours=row.pop("length"))
        workshop = Workshop.objects.create(
            **row, starts_at=start, ends_at=end, state=Workshop.State.PUBLISHED, demo=True
        )
        workshop.measures.set(Measure.objects.filter(slug__in=measures))
        coming = [people[index] for index in chance.choice(len(people), size=16, replace=False)]
        Registration.objects.bulk_create(
            Registration(
                workshop=workshop,
                person=person,
                state=Registration.State.CONFIRMED,
                kind=workshop.kinds[0],
                arrival=arrival,
                registered_at=timezone.now(),
                confirmed_at=timezone.now(),
            )
            for arrival, person in enumerate(coming, start=1)
        )
