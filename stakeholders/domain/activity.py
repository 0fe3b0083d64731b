"""The history of a relationship: what the apps above tell about who was asked, came, contributed and rated."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from stakeholders.models import Activity, Stakeholder

Kind = Activity.Kind


def note_activity(
    *, person: Stakeholder, kind: Kind, key: str, label: str, address: str = "", at: datetime | None = None
) -> None:
    """Called in the transaction of the fact; a fact told again keeps its first time. Costs the same at any size."""
    note_activities(people=[person.pk], kind=kind, key=key, label=label, address=address, at=at)


@transaction.atomic
def note_activities(
    *, people: Iterable[int], kind: Kind, key: str, label: str, address: str = "", at: datetime | None = None
) -> None:
    """The same fact about many people, by their numbers: one insert and one update for all of them.

    `key` names the thing within its app ("thesis:12"), `label` and `address` show it. People are told in the order of
    their numbers, so that two facts about the same people never wait for each other.
    """
    moment = at or timezone.now()
    numbers = sorted(set(people))
    Activity.objects.bulk_create(
        [
            Activity(
                person_id=number,
                kind=kind,
                key=key,
                label=label[:300],
                address=address[:300],
                first_at=moment,
                last_at=moment,
            )
            for number in numbers
        ],
        batch_size=2000,
        update_conflicts=True,
        unique_fields=("person", "kind", "key"),
        update_fields=("label", "address", "last_at"),
    )
    if kind not in Activity.PASSIVE:
        newest = Greatest(models.F("last_active_at"), models.Value(moment))
        Stakeholder.objects.filter(pk__in=numbers).update(last_active_at=newest)


def forget_activity(*, person: Stakeholder, kind: Kind, key: str) -> None:
    """For what was taken back altogether, such as a registration that was cancelled."""
    Activity.objects.filter(person=person, kind=kind, key=key).delete()
