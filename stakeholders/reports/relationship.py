"""The history of the relationship with one person or one organisation, as the project office reads it on one page."""

from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Q

from stakeholders.models import (
    Activity,
    ConsentEvent,
    Mandate,
    Note,
    Organisation,
    OutgoingMail,
    Stakeholder,
    Tag,
    Topic,
)
from stakeholders.paging import page_of

MOST_MAILS = 20
MOST_PEOPLE = 100


@dataclass(frozen=True, slots=True)
class PersonHistory:
    """`consents` are those in force; `mails` the latest."""

    activities: Page[Activity]
    mandates: list[Mandate]
    consents: list[ConsentEvent]
    mails: list[OutgoingMail]
    notes: list[Note]
    tags: list[Tag]
    topics: list[Topic]


@dataclass(frozen=True, slots=True)
class OrganisationHistory:
    """`activities` are those of its people."""

    activities: Page[Activity]
    mandates: list[Mandate]
    people: list[Stakeholder]
    notes: list[Note]
    tags: list[Tag]


def person_history(person: Stakeholder, page: str | None) -> PersonHistory:
    """Seven queries and one for the number of pages."""
    mails = OutgoingMail.objects.filter(person=person).only("subject", "state", "created_at", "sent_at", "kind")
    newest = ConsentEvent.objects.filter(person=person).order_by("purpose", "-at", "-pk").distinct("purpose")
    return PersonHistory(
        activities=page_of(Activity.objects.filter(person=person), page),
        mandates=list(Mandate.objects.filter(person=person).select_related("organisation")),
        consents=[event for event in newest if event.given],
        mails=list(mails[:MOST_MAILS]),
        notes=list(Note.objects.filter(person=person).select_related("author")),
        tags=list(person.tags.all()),
        topics=list(person.topics.all()),
    )


def organisation_history(organisation: Organisation, page: str | None) -> OrganisationHistory:
    activities = Activity.objects.filter(person__organisation=organisation).select_related("person")
    people = Stakeholder.objects.filter(organisation=organisation, is_active=True).select_related("group", "district")
    open_states = Q(state__in=(Mandate.State.REQUESTED, Mandate.State.CONFIRMED))
    mandates = Mandate.objects.filter(open_states, organisation=organisation).select_related("person")
    return OrganisationHistory(
        activities=page_of(activities, page),
        mandates=list(mandates),
        people=list(people[:MOST_PEOPLE]),
        notes=list(Note.objects.filter(organisation=organisation).select_related("author")),
        tags=list(organisation.tags.all()),
    )
