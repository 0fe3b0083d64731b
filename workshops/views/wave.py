"""Pages of one wave inside the Django admin: look it through, send it, throw it away, remind, hand out the protocol."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from publishing.json_file import canonical_json
from stakeholders.domain.refusal import Refusal
from stakeholders.models import District, StakeholderGroup
from stakeholders.paging import page_of
from stakeholders.permissions import current
from workshops.domain.wave import DISTRICT, GROUP, ORGANISATION, discard_wave, remind_wave, send_wave
from workshops.domain.wave_numbers import sending_of, suggested_places, with_answers
from workshops.models import Invitation, InvitationWave, Registration, Workshop
from workshops.views.registration import PAGE_METHODS

SEND, DISCARD, REMIND = "senden", "verwerfen", "erinnern"


def wave_or_404(pk: int, number: int) -> Any:
    """With its event and the numbers of its answers."""
    waves = with_answers(InvitationWave.objects.select_related("workshop"))
    return get_object_or_404(waves, workshop=pk, number=number)


@require_safe
def wave_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    wave = wave_or_404(pk, number)
    invited = wave.invitations.select_related("person__group", "person__district", "person__organisation")
    sending = sending_of(wave) if wave.sent_at else None
    reminding = sending_of(wave, "invitation_reminder") if wave.reminded_at else None
    context = {
        **admin.site.each_context(request),
        "title": _("Welle %(number)d") % {"number": number},
        "opts": Workshop._meta,
        "wave": wave,
        "page_obj": page_of(invited.order_by("person__last_name", "person__first_name", "pk"), request.GET.get("page")),
        "without_mail": wave.invitations.filter(person__email__isnull=True).count(),
        "sending": sending,
        "reminding": reminding,
        "is_working": any(part and part.under_way for part in (sending, reminding)),
        "may_remind": wave.sent_at and not wave.reminded_at and wave.unanswered and wave.workshop.registration_is_open,
        "draw": draw_of(wave),
        "suggested": suggested_places(wave.workshop) if wave.sent_at else None,
    }
    return render(request, "workshops/admin/wave.html", context)


def draw_of(wave: InvitationWave) -> dict[str, Any] | None:
    """What a draw was made of: quotas with names, size of the pool, the smallest and the largest chance above none."""
    if wave.protocol is None:
        return None
    names = {(GROUP, row.key): str(row) for row in StakeholderGroup.objects.all()}
    names |= {(DISTRICT, row.key): str(row) for row in District.objects.all()}
    chances = [row["chance"] for row in wave.protocol["pool"]]
    some = [chance for chance in chances if chance > 0]
    return {
        "pool": len(chances),
        "smallest": 100 * min(some, default=0),
        "largest": 100 * max(some, default=0),
        "without_chance": len(chances) - len(some),
        "organisations": any(row["category"] == ORGANISATION for row in wave.protocol["quotas"]),
        "quotas": [
            (names.get((row["category"], row["value"]), _("ohne Angabe")), row["low"], row["high"])
            for row in wave.quotas
        ],
    }


@require_http_methods(PAGE_METHODS)
def wave_step(request: HttpRequest, pk: int, number: int, step: str) -> HttpResponse:
    """Asks before anything is sent or thrown away; a wave that is gone already leads back to its event."""
    if step not in STEPS:
        raise Http404
    if request.method == "POST" and not InvitationWave.objects.filter(workshop=pk, number=number).exists():
        messages.info(request, _("Diese Welle gibt es nicht mehr."))
        return redirect("admin:workshops_workshop_change", get_object_or_404(Workshop, pk=pk).pk)
    wave = wave_or_404(pk, number)
    if request.method == "POST":
        return carry_out(request, wave, step)
    context = {
        **admin.site.each_context(request),
        "title": _("Welle %(number)d") % {"number": number},
        "opts": Workshop._meta,
        "wave": wave,
        "step": step,
        "mails": recipients(wave, step).count(),
    }
    return render(request, "workshops/admin/wave_step.html", context)


def recipients(wave: InvitationWave, step: str) -> QuerySet[Invitation]:
    """Who would get a mail; who has registered while the wave was a draft gets none."""
    with_mail: QuerySet[Invitation] = wave.invitations.filter(person__email__isnull=False)
    if step == REMIND:
        return with_mail.filter(answer=Invitation.Answer.OPEN)
    registered = Registration.objects.filter(workshop=wave.workshop_id).current()
    return with_mail.exclude(person__in=registered.values("person"))


def carry_out(request: HttpRequest, wave: InvitationWave, step: str) -> HttpResponse:
    address = ("admin:workshops_wave", wave.workshop_id, wave.number)
    try:
        messages.success(request, STEPS[step](request, wave))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(*address)
    return redirect("admin:workshops_workshop_change", wave.workshop_id) if step == DISCARD else redirect(*address)


def send(request: HttpRequest, wave: InvitationWave) -> str:
    number = send_wave(wave=wave, actor=current(request))
    if not number:
        return _("Diese Welle ist schon verschickt. Es ging nichts doppelt hinaus.")
    return ngettext("%(n)d Person ist eingeladen.", "%(n)d Personen sind eingeladen.", number) % {"n": number}


def discard(request: HttpRequest, wave: InvitationWave) -> str:
    discard_wave(wave=wave, actor=current(request))
    return _("Der Entwurf ist verworfen. Niemand hat davon erfahren.")


def remind(request: HttpRequest, wave: InvitationWave) -> str:
    number = remind_wave(wave=wave, actor=current(request))
    if not number:
        return _("Es ist niemand mehr zu erinnern. An eine Welle wird nur einmal erinnert.")
    return ngettext("%(n)d Person wird erinnert.", "%(n)d Personen werden erinnert.", number) % {"n": number}


STEPS: dict[str, Callable[[HttpRequest, InvitationWave], str]] = {SEND: send, DISCARD: discard, REMIND: remind}


@require_safe
def wave_protocol(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Without names; only of a wave that was drawn."""
    drawn = InvitationWave.objects.filter(protocol__isnull=False).select_related("workshop")
    wave = get_object_or_404(drawn, workshop=pk, number=number)
    headers = {"Content-Disposition": f'attachment; filename="{wave.workshop.slug}-welle-{number}.json"'}
    return HttpResponse(canonical_json(wave.protocol), content_type="application/json", headers=headers)
