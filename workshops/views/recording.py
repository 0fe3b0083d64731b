"""The project office registers somebody who called, wrote or came by."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stakeholders.domain.refusal import Refusal
from stakeholders.domain.selection import NAME_ORDER
from stakeholders.models import Channel, Stakeholder
from stakeholders.paging import page_of
from stakeholders.permissions import current, project_office_only
from workshops.domain.outlook import outlooks
from workshops.domain.recording import MOST, Recorded, register_several
from workshops.domain.registration import register
from workshops.forms.recording import GroupForm, PeopleSearchForm, RecordedRegistrationForm
from workshops.forms.registration import RegistrationForm
from workshops.models import Registration, Workshop
from workshops.views.registration import PAGE_METHODS, form_page, posted


@require_safe
@project_office_only
def registration_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Events that have not begun, for one person."""
    person = get_object_or_404(Stakeholder.objects.taking_part(), pk=pk)
    workshops = Workshop.objects.filter(state=Workshop.State.PUBLISHED, starts_at__gt=timezone.now())
    page = page_of(workshops.order_by("starts_at", "pk"), request.GET.get("page"))
    held = Registration.objects.filter(person=person, workshop__in=[row.pk for row in page]).current()
    context = {"person": person, "page_obj": page, "held": set(held.values_list("workshop_id", flat=True))}
    return render(request, "workshops/registration_choose.html", context)


@require_http_methods(PAGE_METHODS)
@project_office_only
def registration_record(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    person = get_object_or_404(Stakeholder.objects.taking_part(), pk=pk)
    workshop = get_object_or_404(Workshop.objects.visible_to(request.user), slug=slug)
    form = RegistrationForm(
        posted(request), workshop=workshop, person=person, outlooks=lambda: outlooks(workshop, entitled=True)
    )
    way = RecordedRegistrationForm(posted(request))
    if form.is_valid() and way.is_valid():
        channel = Channel(way.cleaned_data["channel"])
        try:
            row = register(workshop=workshop, person=person, actor=current(request), channel=channel, wish=form.wish())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, told(row))
            return redirect(reverse("workshops:registration_choose", args=[pk]))
    context = form_page(form) | {"way": way, "recorded": True}
    status = 422 if form.errors or way.errors else 200
    return render(request, "workshops/registration_record.html", context, status=status)


@require_http_methods(PAGE_METHODS)
@project_office_only
def registration_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Several people at once: first whom the search finds, then what became of each of those picked."""
    visible = Workshop.objects.visible_to(request.user).with_places_left(entitled=True)
    workshop = get_object_or_404(visible, slug=slug)
    search = PeopleSearchForm(request.GET)
    numbers, problem = people_found(search)
    found = Stakeholder.objects.filter(pk__in=numbers).select_related("organisation").order_by(*NAME_ORDER)
    form = GroupForm(posted(request), found=found, workshop=workshop)
    results = recorded(form, workshop, current(request)) if form.is_valid() else []
    context = {"workshop": workshop, "search": search, "form": form, "results": results, "problem": problem}
    context |= {"is_found": bool(numbers), "most": MOST}
    return render(request, "workshops/registration_group.html", context, status=422 if form.errors else 200)


def recorded(form: GroupForm, workshop: Workshop, actor: Stakeholder) -> list[Recorded]:
    values = form.cleaned_data
    channel, kind = Channel(values["channel"]), values.get("kind", "")
    try:
        return register_several(workshop=workshop, people=values["people"], actor=actor, channel=channel, kind=kind)
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.sentence)
        return []


def people_found(search: PeopleSearchForm) -> tuple[list[int], str]:
    """As many as can be registered in one go, and what is wrong with the search, if anything."""
    try:
        found = search.people().order_by(*NAME_ORDER)
    except Refusal as refusal:
        return [], refusal.sentence
    except ValidationError as error:
        return [], error.messages[0]
    return list(found.values_list("pk", flat=True)[:MOST]), ""


def told(row: Registration) -> str:
    waiting = row.state == Registration.State.WAITING
    values = {"name": row.person, "workshop": row.workshop}
    if waiting:
        return _("%(name)s steht auf der Warteliste: %(workshop)s.") % values
    return _("%(name)s ist angemeldet: %(workshop)s.") % values
