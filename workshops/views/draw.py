"""The part of the desk that chooses a wave: everybody as a draft, or some of them by lot."""

import secrets
from collections import Counter

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from stakeholders.permissions import current
from workshops.domain.invitation import not_reached_yet
from workshops.domain.wave import DISTRICT, GROUP, draft_wave
from workshops.domain.wave_numbers import suggested_places
from workshops.forms.draw import DrawForm, Stratum
from workshops.models import InvitationWave, Workshop

DRAW, DRAFT = "draw", "draft"
SEEDS = 1_000_000


def draw_form_for(request: HttpRequest, workshop: Workshop, people: QuerySet[Stakeholder]) -> DrawForm:
    """Bound when a draw was sent, else with a suggestion and a seed of chance."""
    rows = strata(people, workshop)
    if request.method == "POST" and request.POST.get("action") == DRAW:
        return DrawForm(rows, request.POST)
    return DrawForm(rows, initial={"places": suggested_places(workshop), "seed": 1 + secrets.randbelow(SEEDS)})


def strata(people: QuerySet[Stakeholder], workshop: Workshop) -> list[Stratum]:
    """Groups and districts of those who are new, in the usual order; who has declared none comes last."""
    names = [f"{category}__{name}" for category in (GROUP, DISTRICT) for name in ("position", "key", "name")]
    cells = not_reached_yet(people, workshop).order_by().values_list(*names).annotate(number=Count("pk", distinct=True))
    found: list[Stratum] = []
    rows = [(row[:3], row[3:6], row[6]) for row in cells]
    for place, category in enumerate((GROUP, DISTRICT)):
        counted: Counter[tuple[int | None, str | None, str | None]] = Counter()
        for row in rows:
            counted[row[place]] += row[2]
        ordered = sorted(counted, key=lambda value: (value[1] is None, value[0] or 0, value[2] or ""))
        found += [
            Stratum(category, key or "", name or _("ohne Angabe"), counted[position, key, name])
            for position, key, name in ordered
        ]
    return found


def draft(
    request: HttpRequest, workshop: Workshop, people: QuerySet[Stakeholder], form: DrawForm
) -> HttpResponse | None:
    """Where the new draft can be looked through; None when the form, or a message, says why there is none."""
    try:
        if not form.is_bound:
            wave = draft_wave(workshop=workshop, people=people, actor=current(request))
        elif form.is_valid():
            wave = drawn(request, workshop, people, form)
        else:
            return None
    except Refusal as refusal:
        if form.is_bound:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.error(request, refusal.sentence)
        return None
    return redirect("admin:workshops_wave", workshop.pk, wave.number)


def drawn(request: HttpRequest, workshop: Workshop, people: QuerySet[Stakeholder], form: DrawForm) -> InvitationWave:
    return draft_wave(
        workshop=workshop,
        people=people,
        actor=current(request),
        places=form.cleaned_data["places"],
        quotas=form.quotas(),
        seed=form.cleaned_data["seed"],
    )
