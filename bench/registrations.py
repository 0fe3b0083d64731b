"""People who are signed in, events, and very many registrations, for measuring."""

from collections.abc import Iterable
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import F
from django.utils import timezone

if TYPE_CHECKING:
    from stakeholders.models import Stakeholder

PEOPLE_PER_EVENT = 200
UNUSABLE = make_password(None)


def people(number: int, name: str = "anmeldung") -> list["Stakeholder"]:
    """So many with a complete profile and an address that begins with `name`."""
    from stakeholders.models import District, Stakeholder, StakeholderGroup

    group, district = StakeholderGroup.objects.first(), District.objects.first()
    rows = (
        Stakeholder(
            email=f"{name}-{place}@example.org",
            first_name="Kim",
            last_name=f"Beispiel {place}",
            group=group,
            district=district,
            password=UNUSABLE,
        )
        for place in range(number)
    )
    return list(Stakeholder.objects.bulk_create(rows, batch_size=1000))


def sessions(rows: Iterable["Stakeholder"]) -> list[str]:
    """Each is signed in; the keys of their sessions."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    keys = []
    for row in rows:
        session = store()
        session[SESSION_KEY] = str(row.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = row.get_session_auth_hash()
        session.create()
        keys.append(str(session.session_key))
    return keys


def events(number: int, *, capacity: int = 20) -> list[str]:
    """So many published ones; their addresses."""
    from workshops.models import Workshop

    start = timezone.now() + timedelta(days=30)
    first = Workshop.objects.count()
    rows = Workshop.objects.bulk_create(
        Workshop(
            slug=f"anmeldung-{first + place}",
            title=f"Last {first + place}",
            summary="Last",
            place="Halle",
            starts_at=start + timedelta(hours=place),
            ends_at=start + timedelta(hours=place + 2),
            capacity=capacity,
            state=Workshop.State.PUBLISHED,
        )
        for place in range(number)
    )
    return [row.slug for row in rows]


def fill_registrations(number: int) -> None:
    """Over as many events as it takes with so many people each, half of them over; then the database is tidied up as
    it does by itself in time."""
    from workshops.models import Workshop

    slugs = events(number // PEOPLE_PER_EVENT, capacity=PEOPLE_PER_EVENT // 2)
    with connection.cursor() as cursor:
        cursor.execute(FILL, [slugs, PEOPLE_PER_EVENT])
    past = Workshop.objects.filter(slug__in=slugs[::2])
    past.update(starts_at=F("starts_at") - timedelta(days=365), ends_at=F("ends_at") - timedelta(days=365))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


FILL = """
    WITH person AS (
        SELECT id, row_number() OVER (ORDER BY id) AS number FROM stakeholders_stakeholder
        WHERE email LIKE 'anmeldung-%%@example.org'
    )
    INSERT INTO workshops_registration (workshop_id, person_id, state, refusal_reason, is_entitled, kind, companions,
        arrival, registered_at, confirmed_at, channel, calendar_sequence, entry_changed_at)
    SELECT workshop.id, person.id, CASE WHEN person.number <= capacity THEN 'confirmed' ELSE 'waiting' END, '', false,
        'on_site', 0, person.number, now(), now(), 'web', 0, now()
    FROM workshops_workshop AS workshop, person
    WHERE workshop.slug = ANY(%s) AND person.number <= %s
"""
