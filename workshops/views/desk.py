"""Pages of the project office inside the Django admin; `admin.py` wraps each into the admin's own permission."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from stakeholders.permissions import current
from workshops import permissions
from workshops.domain.gap import gaps_for
from workshops.domain.invitation import audience, invite, not_reached_yet
from workshops.domain.registration import cancel
from workshops.forms.draw import DrawForm
from workshops.forms.invitation import AudienceForm
from workshops.models import Registration, Workshop
from workshops.views import draw
from workshops.views.registration import PAGE_METHODS


@dataclass(frozen=True)
class Preview:
    """Who would be invited: `matching` people counted by group and district, `new` of them not reached yet, and how
    many of these have no e-mail address and get no message."""

    matching: int
    new: int
    without_mail: int
    groups: list[tuple[str, int]]
    districts: list[tuple[str, int]]


def preview(people: QuerySet[Stakeholder], workshop: Workshop, *, only_new: bool) -> Preview:
    unreached = not_reached_yet(people, workshop)
    shown = unreached if only_new else people
    rows = list(shown.values_list("group__name", "district__name", "group__position", "district__position"))
    return Preview(
        matching=people.count(),
        **unreached.aggregate(new=Count("pk"), without_mail=Count("pk", filter=Q(email__isnull=True))),
        groups=in_order(Counter((position, name) for name, _district, position, _order in rows)),
        districts=in_order(Counter((position, name) for _group, name, _order, position in rows)),
    )


def in_order(counted: Counter[tuple[int | None, str | None]]) -> list[tuple[str, int]]:
    """In the order in which groups and districts stand everywhere; who has declared none comes last."""
    rows = sorted(counted.items(), key=lambda item: (item[0][0] is None, item[0][0] or 0, item[0][1] or ""))
    return [(name or _("ohne Angabe"), number) for (_position, name), number in rows]


@require_http_methods(PAGE_METHODS)
def invitation_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """First the choice stands in the address and only counts; the buttons below the numbers invite, draft or draw."""
    workshop = get_object_or_404(Workshop, pk=pk)
    form = AudienceForm(request.GET or None)
    people = chosen_audience(request, form) if form.is_valid() else None
    draw_form = None if people is None else draw.draw_form_for(request, workshop, people)
    if request.method == "POST" and people is not None and draw_form is not None:
        answer = carry_out(request, workshop, people, draw_form)
        if answer is not None:
            return answer
    context = {
        **admin.site.each_context(request),
        "title": _("Einladen"),
        "opts": Workshop._meta,
        "workshop": workshop,
        "form": form,
        "may_invite": permissions.may_invite(workshop),
        "preview": None if people is None else preview(people, workshop, only_new=form.cleaned_data["only_new"]),
        **gaps_shown(workshop, people, form),
        "draw_form": draw_form,
    }
    status = 422 if draw_form is not None and draw_form.errors else 200
    return render(request, "workshops/admin/invitation_desk.html", context, status=status)


def gaps_shown(workshop: Workshop, people: QuerySet[Stakeholder] | None, form: AudienceForm) -> dict[str, object]:
    """Only where gaps are the audience; those that nobody new could fill are only counted."""
    if people is None or not form.cleaned_data["gaps"]:
        return {"gaps": None}
    gaps = gaps_for(people, workshop)
    return {"gaps": gaps, "gaps_without_people": sum(not gap.new for gap in gaps)}


def carry_out(
    request: HttpRequest, workshop: Workshop, people: QuerySet[Stakeholder], form: DrawForm
) -> HttpResponse | None:
    if request.POST.get("action") in (draw.DRAFT, draw.DRAW):
        return draw.draft(request, workshop, people, form)
    send(request, workshop, people)
    return redirect("admin:workshops_workshop_change", workshop.pk)


def chosen_audience(request: HttpRequest, form: AudienceForm) -> QuerySet[Stakeholder] | None:
    """None, with a message, when the criteria of a saved selection no longer hold."""
    chosen = {name: form.cleaned_data[name] for name in ("selection", "groups", "districts", "interests", "gaps")}
    try:
        return audience(**chosen)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return None


def send(request: HttpRequest, workshop: Workshop, people: QuerySet[Stakeholder]) -> None:
    try:
        result = invite(workshop=workshop, people=people, actor=current(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return
    text = ngettext(
        "%(invited)d Einladung geht gleich hinaus. Schon eingeladen oder angemeldet: %(known)d.",
        "%(invited)d Einladungen gehen gleich hinaus. Schon eingeladen oder angemeldet: %(known)d.",
        result.invited,
    )
    messages.success(request, text % {"invited": result.invited, "known": result.known})


@require_http_methods(PAGE_METHODS)
def registration_free(request: HttpRequest, pk: int) -> HttpResponse:
    registration = get_object_or_404(Registration.objects.select_related("workshop", "person"), pk=pk)
    if request.method == "POST":
        try:
            cancel(registration=registration, actor=current(request))
            messages.success(request, _("Der Platz ist frei. Beide Seiten bekommen eine Nachricht."))
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        return redirect("admin:workshops_workshop_change", registration.workshop_id)
    context = {
        **admin.site.each_context(request),
        "title": _("Platz freigeben"),
        "opts": Registration._meta,
        "registration": registration,
    }
    return render(request, "workshops/admin/registration_free.html", context)
