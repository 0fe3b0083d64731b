"""Asks before an action whose mails cannot be taken back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from stakeholders.permissions import current
from workshops.domain.workshop import cancel_workshop, people_to_tell, postpone_workshop, publish_workshop
from workshops.models import Workshop


@dataclass(frozen=True)
class Step:
    """An action of the list: what it is called, asks and reports. `asks_about`: of which events it asks first."""

    carry_out: Callable[..., Workshop]
    button: Promise
    title: Promise
    question: Promise
    done: Promise
    asks_about: frozenset[str]


STEPS = {
    "publish": Step(
        publish_workshop,
        _("Veröffentlichen"),
        _("Neue Termine bekannt geben"),
        _(
            "Möchten Sie diese verschobenen Veranstaltungen zu diesen Terminen stattfinden lassen? "
            "Die Nachrichten gehen sofort hinaus."
        ),
        _("„%(title)s“ ist veröffentlicht."),
        frozenset({Workshop.State.POSTPONED}),
    ),
    "postpone": Step(
        postpone_workshop,
        _("Verschieben und allen Bescheid geben"),
        _("Veranstaltungen verschieben"),
        _(
            "Möchten Sie diese Veranstaltungen verschieben? Die Nachrichten gehen sofort hinaus. Plätze, Warteliste "
            "und Einladungen bleiben bestehen, bis Sie einen neuen Termin bekannt geben."
        ),
        _("„%(title)s“ ist verschoben. Alle Beteiligten bekommen eine Nachricht."),
        frozenset(Workshop.State.values),
    ),
    "call_off": Step(
        cancel_workshop,
        _("Absagen und allen Bescheid geben"),
        _("Veranstaltungen absagen"),
        _(
            "Möchten Sie diese Veranstaltungen absagen? Die Nachrichten gehen sofort hinaus, "
            "und eine Absage lässt sich nicht zurücknehmen."
        ),
        _("„%(title)s“ ist abgesagt. Alle Beteiligten bekommen eine Nachricht."),
        frozenset(Workshop.State.values),
    ),
}


def take_step(request: HttpRequest, name: str, workshops: QuerySet[Workshop]) -> HttpResponse | None:
    """The page with the question first, where the step asks; then the step, event by event."""
    step = STEPS[name]
    rows = list(workshops)
    if "confirmed" not in request.POST and any(workshop.state in step.asks_about for workshop in rows):
        return ask(request, name, rows)
    for workshop in rows:
        carry_out(request, step, workshop, current(request))
    return None


def carry_out(request: HttpRequest, step: Step, workshop: Workshop, actor: Stakeholder) -> None:
    try:
        step.carry_out(workshop=workshop, actor=actor)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, str(step.done) % {"title": workshop})


def ask(request: HttpRequest, name: str, workshops: Iterable[Workshop]) -> HttpResponse:
    """How many people each event would be told to; the form repeats the action with a confirmation."""
    step = STEPS[name]
    context = {
        **admin.site.each_context(request),
        "title": step.title,
        "opts": Workshop._meta,
        "step": step,
        "name": name,
        "rows": [(row, len(people_to_tell(row)) if row.state in step.asks_about else 0) for row in workshops],
    }
    return render(request, "workshops/admin/workshop_step.html", context)
