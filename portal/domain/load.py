"""Seeded data for tests of load: invented people and organisations in the numbers of a whole state, all marked demo.

One function per kind of row; each takes the numbers of what it refers to and the source of chance. Names are made of
syllables and belong to nobody; addresses end with @last.example, a name that leads nowhere (RFC 2606).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt
from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.utils import timezone

from portal.domain.copy import copy_links, copy_rows, reserve_numbers
from portal.domain.load_history import History, draw_history
from portal.domain.load_names import COMPANY_FORMS, FUNCTIONS, INDUSTRIES, TAGS, first_name, last_name, name_stem
from stakeholders.domain.consent import PRIVACY_NOTICE_VERSION
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.starting_data import load_groups_and_districts, load_topics
from stakeholders.models import (
    Activity,
    ConsentEvent,
    District,
    LegalBasis,
    Mandate,
    Organisation,
    Stakeholder,
    StakeholderGroup,
    Tag,
    Topic,
)

Numbers = npt.NDArray[np.int64]
Origin = Stakeholder.Origin

DOMAIN = "last.example"
UNUSABLE_PASSWORD = "!" + "x" * 40
PEOPLE_PER_ORGANISATION = 25

GROUP_WEIGHTS = (30, 16, 14, 8, 12, 2, 7, 4, 5, 2)
"""In the order of the groups of the guideline document; those that were added count like the last."""

DISTRICT_WEIGHTS = (25, 32, 30, 22, 30, 56, 30, 25, 24, 24, 62, 26, 20, 8)
"""In the order of the official keys: inhabitants in ten thousands, rounded, and a few people from outside Saxony."""


@dataclass(frozen=True)
class People:
    """Numbers of the people in the database and what later kinds need to know of them; all arrays have one length."""

    numbers: list[int]
    organisations: Numbers
    """Place in the list of organisations, -1 for none."""
    claimed: npt.NDArray[np.bool_]
    reachable: npt.NDArray[np.bool_]
    """By mail."""
    history: History


@transaction.atomic
def load(*, people: int, seed: int, now: datetime | None = None) -> dict[str, int]:
    """Everything at once; returns how many rows of each kind there are now.

    The same seed gives the same rows up to their primary keys; times count back from `now`. Raises Refusal when there
    is load data already: it is removed with the database.
    """
    if Stakeholder.objects.filter(email__endswith=f"@{DOMAIN}").exists():
        raise Refusal("Diese Datenbank enthält schon Lastdaten. Nehmen Sie eine neue Datenbank.")
    load_groups_and_districts()
    load_topics()
    moment = (now or timezone.now()).replace(microsecond=0)
    chance = np.random.default_rng(seed)
    organisations = load_organisations(max(people // PEOPLE_PER_ORGANISATION, 1), moment, chance)
    loaded = load_people(people, organisations, moment, chance)
    counts = {
        "organisations": len(organisations),
        "people": len(loaded.numbers),
        "addresses": load_addresses(loaded),
        "consents": load_consents(loaded, moment),
        "topics": load_interests(loaded, chance),
        "tags": load_tags(loaded, chance),
        "mandates": load_mandates(loaded, organisations, moment, chance),
        "activities": load_activities(loaded),
    }
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return counts


def drawn(weights: Sequence[int], length: int, count: int, chance: np.random.Generator) -> Numbers:
    """`count` places in a list of that length, each as often as its weight says."""
    all_weights = np.array([*weights, *[weights[-1]] * length][:length], dtype=float)
    return chance.choice(length, size=count, p=all_weights / all_weights.sum())


def all_numbers(model: type[StakeholderGroup] | type[District]) -> list[int]:
    """In the order of the model, as the weights are."""
    return list(model._default_manager.values_list("pk", flat=True))


def load_organisations(count: int, now: datetime, chance: np.random.Generator) -> list[int]:
    groups, districts = all_numbers(StakeholderGroup), all_numbers(District)
    numbers = reserve_numbers(Organisation, count)
    rows = zip(
        numbers,
        drawn(GROUP_WEIGHTS, len(groups), count, chance),
        drawn(DISTRICT_WEIGHTS, len(districts), count, chance),
        chance.choice(np.array(Organisation.Kind.values), size=count, p=(0.62, 0.12, 0.04, 0.02, 0.08, 0.06, 0.06)),
        chance.choice(np.array(Organisation.SizeClass.values), size=count, p=(0.4, 0.3, 0.2, 0.1)),
        chance.integers(len(INDUSTRIES) * len(COMPANY_FORMS), size=count),
        strict=True,
    )

    def lines() -> Iterator[tuple[object, ...]]:
        for place, (number, group, district, kind, size, sign) in enumerate(rows):
            stem = name_stem(chance)
            branch, form = INDUSTRIES[sign % len(INDUSTRIES)], COMPANY_FORMS[sign // len(INDUSTRIES)]
            name = f"{stem} {branch} {place + 1} {form}"
            slug = f"last-{place + 1}-{stem.lower()}"
            yield number, slug, name, kind, size, groups[group], districts[district], True, now

    names = ("id", "slug", "name", "kind", "size_class", "group", "district", "demo", "created_at")
    copy_rows(Organisation, names, lines())
    return numbers


def load_people(count: int, organisations: list[int], now: datetime, chance: np.random.Generator) -> People:
    """Most registered themselves; some were recorded by the office, some imported, and not all of these came since."""
    origins = chance.choice(3, size=count, p=(0.72, 0.05, 0.23))
    claimed = (origins == Origin.values.index(Origin.SELF)) | (chance.random(count) < 0.3)
    people = People(
        numbers=reserve_numbers(Stakeholder, count),
        organisations=np.where(chance.random(count) < 0.65, chance.integers(len(organisations), size=count), -1),
        claimed=claimed,
        reachable=claimed | (origins == Origin.values.index(Origin.IMPORT)) | (chance.random(count) < 0.4),
        history=draw_history(count, now, chance),
    )
    groups, districts = all_numbers(StakeholderGroup), all_numbers(District)
    columns = zip(
        drawn(GROUP_WEIGHTS, len(groups), count, chance),
        drawn(DISTRICT_WEIGHTS, len(districts), count, chance),
        chance.integers(len(FUNCTIONS), size=count),
        chance.random((count, 5)),
        strict=True,
    )

    def lines() -> Iterator[tuple[object, ...]]:
        for place, (group, district, function, luck) in enumerate(columns):
            origin, claimed = Origin.values[origins[place]], bool(people.claimed[place])
            joined, active = people.history.joined(place), people.history.last_active(place)
            organisation = people.organisations[place]
            yield (
                people.numbers[place],
                address_of(place) if people.reachable[place] else None,
                UNUSABLE_PASSWORD,
                first_name(chance),
                last_name(chance),
                FUNCTIONS[function] if luck[0] < 0.5 else "",
                groups[group],
                districts[district],
                organisations[organisation] if organisation >= 0 else None,
                claimed and luck[1] < 0.5,
                claimed and luck[2] < 0.6,
                claimed and luck[3] < 0.7,
                "en" if luck[4] < 0.03 else "de",
                origin,
                LegalBasis.PUBLIC_TASK.value,
                "" if origin == Origin.SELF else "Lastdaten",
                joined if claimed and origin != Origin.SELF else None,
                active,
                True,
                joined,
            )

    copy_rows(Stakeholder, PERSON_FIELDS, lines())
    return people


PERSON_FIELDS = (
    *("id", "email", "password", "first_name", "last_name", "function", "group", "district", "organisation"),
    *("wants_theses", "wants_results", "wants_events", "language", "origin", "legal_basis", "source"),
    *("claimed_at", "last_active_at", "demo", "date_joined"),
)


def address_of(place: int) -> str:
    return f"person{place + 1:06d}@{DOMAIN}"


def load_addresses(people: People) -> int:
    """Whoever uses the account has proved the address."""
    rows = (
        (number, address_of(place), bool(people.claimed[place]), True)
        for place, number in enumerate(people.numbers)
        if people.reachable[place]
    )
    return copy_rows(EmailAddress, ("user", "email", "verified", "primary"), rows)


def load_consents(people: People, now: datetime) -> int:
    purpose = ConsentEvent.Purpose.PRIVACY_NOTICE.value
    rows = (
        (number, purpose, PRIVACY_NOTICE_VERSION, True, people.history.joined(place))
        for place, number in enumerate(people.numbers)
        if people.claimed[place]
    )
    return copy_rows(ConsentEvent, ("person", "purpose", "version", "given", "at"), rows)


def load_interests(people: People, chance: np.random.Generator) -> int:
    """Up to four topics of those who use the account; what interests others is not known."""
    topics = list(Topic.objects.values_list("pk", flat=True))
    return copy_links(Stakeholder.topics.through, _links(people.numbers, topics, people.claimed, 4, chance))


def load_tags(people: People, chance: np.random.Generator) -> int:
    tags = [Tag.objects.get_or_create(name=name)[0].pk for name in TAGS]
    chosen = chance.random(len(people.numbers)) < 0.3
    return copy_links(Stakeholder.tags.through, _links(people.numbers, tags, chosen, 2, chance))


def _links(
    numbers: list[int], targets: list[int], chosen: npt.NDArray[np.bool_], most: int, chance: np.random.Generator
) -> Iterator[tuple[int, int]]:
    order = chance.random((len(numbers), len(targets))).argsort(axis=1)[:, :most]
    amounts = chance.integers(most + 1, size=len(numbers))
    for place in np.flatnonzero(chosen):
        for target in order[place, : amounts[place]]:
            yield numbers[place], targets[target]


def load_mandates(people: People, organisations: list[int], now: datetime, chance: np.random.Generator) -> int:
    """About an eighth of those in an organisation speak for it, once spoke, asked, or were refused."""
    states = Mandate.State
    chosen = np.flatnonzero((people.organisations >= 0) & people.claimed & (chance.random(len(people.numbers)) < 0.12))
    drawn_states = chance.choice(
        np.array([states.CONFIRMED, states.REQUESTED, states.REFUSED, states.ENDED]),
        size=len(chosen),
        p=(0.7, 0.08, 0.05, 0.17),
    )
    ages, deputies = chance.integers(30, 700, size=len(chosen)), chance.random(len(chosen)) < 0.2

    def lines() -> Iterator[tuple[object, ...]]:
        for place, state, age, deputy in zip(chosen, drawn_states, ages.tolist(), deputies, strict=True):
            asked = now - timedelta(days=age + 3)
            decided = None if state == states.REQUESTED else now - timedelta(days=age)
            has_days = state in (states.CONFIRMED, states.ENDED)
            start = decided.date() if decided and has_days else None
            end = start + timedelta(days=age - 10 if state == states.ENDED else age + 365) if start else None
            ended = now - timedelta(days=10) if state == states.ENDED else None
            kind = Mandate.Kind.DEPUTY if deputy else Mandate.Kind.SPEAKER
            organisation = organisations[people.organisations[place]]
            yield people.numbers[place], organisation, kind.value, state, asked, decided, start, end, ended

    names = (
        "person",
        "organisation",
        "kind",
        "state",
        "requested_at",
        "decided_at",
        "starts_on",
        "ends_on",
        "ended_at",
    )
    return copy_rows(Mandate, names, lines())


def load_activities(people: People) -> int:
    rows = ((people.numbers[place], *rest) for place, *rest in people.history.rows())
    return copy_rows(Activity, ("person", "kind", "key", "label", "first_at", "last_at"), rows)
