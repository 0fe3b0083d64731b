"""Writing the rows of a checked list of contacts: every kind of row at once, in the transaction of the import."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.text import slugify

from stakeholders.domain.claim import unproved_address
from stakeholders.domain.contact_check import FILLED, Outcome, Plan, needs_organisation
from stakeholders.domain.contact_words import INTERESTS, NEWSLETTER
from stakeholders.domain.organisation import RESERVED
from stakeholders.models import (
    Channel,
    ConsentEvent,
    ContactImport,
    LegalBasis,
    Organisation,
    Stakeholder,
    Subscription,
    Tag,
)

BATCH = 2000
CONSENT_VERSION = "list"
"""The words somebody agreed to stand in the list's source, not on a page of the portal; `scope` has the day."""


def write_plans(plans: list[Plan], contact_import: ContactImport) -> None:
    """Whatever a plan refuses is left out; every person of a plan must be locked."""
    used = [plan for plan in plans if plan.outcome in (Outcome.CREATED, Outcome.MATCHED)]
    _create_organisations(used)
    created = [plan for plan in used if plan.outcome == Outcome.CREATED]
    _create_people(created, contact_import)
    matched = [plan for plan in used if plan.outcome == Outcome.MATCHED]
    _fill_people(matched)
    _link_tags([plan for plan in used if plan.outcome == Outcome.CREATED or "tags" in plan.fills])
    _link_topics([plan for plan in used if plan.outcome == Outcome.CREATED or "topics" in plan.fills])
    agreed = [plan for plan in used if plan.outcome == Outcome.CREATED or {"topics", "interests"} & {*plan.fills}]
    _note_consents([plan for plan in agreed if plan.consent_on and contact_import.legal_basis == LegalBasis.CONSENT])


def _create_organisations(plans: list[Plan]) -> None:
    """Each new name once, with the group and district of the first row that names it."""
    first: dict[str, Plan] = {}
    for plan in plans:
        if needs_organisation(plan):
            first.setdefault(plan.organisation_name.lower(), plan)
    if not first:
        return
    slugs = _free_slugs([plan.organisation_name for plan in first.values()])
    rows = Organisation.objects.bulk_create(
        [
            Organisation(slug=slug, name=plan.organisation_name, group_id=plan.group, district_id=plan.district)
            for slug, plan in zip(slugs, first.values(), strict=True)
        ],
        batch_size=BATCH,
    )
    numbers = {name: row.pk for name, row in zip(first, rows, strict=True)}
    for plan in plans:
        if plan.organisation is None:
            plan.organisation = numbers.get(plan.organisation_name.lower())


def _free_slugs(names: Iterable[str]) -> list[str]:
    taken = {*RESERVED, *Organisation.objects.values_list("slug", flat=True)}
    slugs = []
    for name in names:
        stem = slugify(name)[:150] or "organisation"
        number, slug = 1, stem
        while slug in taken:
            number += 1
            slug = f"{stem}-{number}"
        taken.add(slug)
        slugs.append(slug)
    return slugs


def _create_people(plans: list[Plan], contact_import: ContactImport) -> None:
    people = Stakeholder.objects.bulk_create(
        [
            Stakeholder(
                email=plan.email,
                password=make_password(None),
                **plan.texts,
                organisation_id=plan.organisation,
                group_id=plan.group,
                district_id=plan.district,
                language=plan.language,
                **{name: name in plan.interests for name in INTERESTS.values()},
                origin=Stakeholder.Origin.IMPORT,
                legal_basis=contact_import.legal_basis,
                source=contact_import.source,
            )
            for plan in plans
        ],
        batch_size=BATCH,
    )
    for plan, person in zip(plans, people, strict=True):
        plan.person = person
    EmailAddress.objects.bulk_create([unproved_address(person) for person in people], batch_size=BATCH)


def _fill_people(plans: list[Plan]) -> None:
    people = []
    for plan in plans:
        person = _person(plan)
        for key in plan.fills:
            if key in plan.texts:
                setattr(person, key, plan.texts[key])
            elif key in ("organisation", "group", "district"):
                setattr(person, f"{key}_id", getattr(plan, key))
            elif key == "interests":
                for name in INTERESTS.values():
                    setattr(person, name, getattr(person, name) or name in plan.interests)
        if {"topics", "interests"} & {*plan.fills}:
            person.legal_basis = LegalBasis.CONSENT
        person.profile_version += 1
        people.append(person)
    # Ten times as fast as `bulk_update`; the rows are there and locked, so that none is inserted.
    Stakeholder.objects.bulk_create(
        people,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=("id",),
        update_fields=(*FILLED, *INTERESTS.values(), "legal_basis", "profile_version"),
    )


def _link_tags(plans: list[Plan]) -> None:
    names = {name for plan in plans for name in plan.tags}
    Tag.objects.bulk_create([Tag(name=name) for name in sorted(names)], ignore_conflicts=True)
    numbers = dict(Tag.objects.filter(name__in=names).values_list("name", "pk"))
    through = Stakeholder.tags.through
    through.objects.bulk_create(
        [through(stakeholder_id=_person(plan).pk, tag_id=numbers[name]) for plan in plans for name in plan.tags],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _link_topics(plans: list[Plan]) -> None:
    through = Stakeholder.topics.through
    through.objects.bulk_create(
        [through(stakeholder_id=_person(plan).pk, topic_id=number) for plan in plans for number in plan.topics],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _note_consents(plans: list[Plan]) -> None:
    """That somebody agreed, and when; who wants the newsletter also subscribes, unless they have ended it before."""
    wanting = [plan for plan in plans if NEWSLETTER in plan.interests]
    now = timezone.now()
    Subscription.objects.bulk_create(
        [
            Subscription(
                email=plan.email,
                person=plan.person,
                language=plan.language,
                state=Subscription.State.CONFIRMED,
                requested_at=now,
                confirmed_at=now,
            )
            for plan in wanting
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    emails = [plan.email for plan in wanting]
    rows = Subscription.objects.alias(lower=Lower("email")).filter(lower__in=emails, requested_at=now)
    subscriptions = {row.email.lower(): row for row in rows}
    events = [_consent(plan, ConsentEvent.Purpose.CONTACT, None) for plan in plans]
    events += [
        _consent(plan, ConsentEvent.Purpose.NEWSLETTER, subscriptions[plan.email])
        for plan in wanting
        if plan.email in subscriptions
    ]
    ConsentEvent.objects.bulk_create(events, batch_size=BATCH)


def _consent(plan: Plan, purpose: str, subscription: Subscription | None) -> ConsentEvent:
    return ConsentEvent(
        person=plan.person,
        subscription=subscription,
        purpose=purpose,
        version=CONSENT_VERSION,
        scope=plan.consent_on.isoformat() if plan.consent_on else "",
        given=True,
        channel=Channel.IMPORT,
    )


def _person(plan: Plan) -> Stakeholder:
    assert plan.person is not None  # noqa: S101  (tells the type: written plans have one)
    return plan.person
