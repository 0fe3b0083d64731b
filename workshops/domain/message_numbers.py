"""How far the mails of reminders and messages have come."""

from collections import defaultdict
from collections.abc import Collection
from functools import reduce
from operator import or_

from django.db.models import CharField, Count, F, Func, Q, Value

from stakeholders.models import OutgoingMail
from workshops.domain.wave_numbers import Sending
from workshops.models import Reminder
from workshops.reminder_mails import key_stem

State = OutgoingMail.State


def sending_of_reminders(reminders: Collection[Reminder]) -> dict[int, Sending]:
    """By the keys of `workshops.reminder_mails`; one query, however many there are."""
    if not reminders:
        return {}
    own = reduce(or_, (Q(key__startswith=key_stem(reminder)) for reminder in reminders))
    number = Func(F("key"), Value(":"), Value(2), function="split_part", output_field=CharField())
    rows = OutgoingMail.objects.filter(own).order_by().annotate(number=number)
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key, state, count in rows.values_list("number", "state").annotate(count=Count("pk")):
        found[int(key)][state] += count
    return {reminder.pk: _sending(found[reminder.pk]) for reminder in reminders}


def _sending(by_state: dict[str, int]) -> Sending:
    settled = {state: by_state.pop(state, 0) for state in (State.SENT, State.FAILED, State.CANCELLED)}
    return Sending(
        sent=settled[State.SENT],
        waiting=sum(by_state.values()),
        stuck=settled[State.FAILED],
        withdrawn=settled[State.CANCELLED],
    )
