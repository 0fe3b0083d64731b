from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import complete_profile_required, current
from workshops import permissions
from workshops.domain.registration import cancel, check_registration, register
from workshops.models import Invitation, Registration, Workshop
from workshops.tokens import find

PAGE_METHODS = ["GET", "HEAD", "POST"]


def tell(request: HttpRequest, registration: Registration) -> None:
    """Say what has become of the wish."""
    if registration.state == Registration.State.CONFIRMED:
        messages.success(request, _("Sie sind angemeldet. Die Bestätigung kommt per E-Mail."))
    elif registration.state == Registration.State.WAITING:
        messages.info(request, _("Sie stehen auf der Warteliste. Wir schreiben Ihnen, sobald ein Platz frei wird."))
    else:
        messages.success(request, _("Sie sind abgemeldet. Ihr Platz ist freigegeben."))


@complete_profile_required
@require_http_methods(PAGE_METHODS)
def registration_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Says before the button what will happen; only the button registers."""
    workshop = get_object_or_404(Workshop.objects.visible_to(request.user).with_places_left(), slug=slug)
    person = current(request)
    try:
        if request.method == "POST":
            tell(request, register(workshop=workshop, person=person, actor=person))
            return redirect(workshop)
        if Registration.objects.filter(workshop=workshop, person=person).current().exists():
            return redirect(workshop)
        invited = Invitation.objects.sent().filter(workshop=workshop, person=person).exists()
        check_registration(workshop, invited=invited)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(workshop)
    return render(request, "workshops/registration_create.html", {"workshop": workshop, "person": person})


@never_cache
@require_http_methods(PAGE_METHODS)
def registration_manage(request: HttpRequest, token: str) -> HttpResponse:
    """The personal link of a registration: its state, and the buttons to free the place or to come back."""
    registration = find(Registration, token)
    if registration is None:
        return render(request, "workshops/link_unknown.html", status=404)
    if request.method == "POST":
        change_registration(request, registration)
        return redirect("workshops:registration_manage", token=token)
    workshop, person = registration.workshop, registration.person
    invited = Invitation.objects.sent().filter(workshop=workshop, person=person).exists()
    context = {
        "registration": registration,
        "workshop": workshop,
        "waiting_position": Registration.objects.all().waiting_before(registration).count() + 1,
        "may_register": permissions.may_register(workshop, invited=invited),
        "may_free_place": permissions.may_free_place(workshop),
    }
    return render(request, "workshops/registration_manage.html", context)


def change_registration(request: HttpRequest, registration: Registration) -> None:
    """Carry out the button of the page. Whoever holds the personal link acts as the person it was sent to."""
    person = registration.person
    try:
        if request.POST.get("action") == "cancel":
            tell(request, cancel(registration=registration, actor=person))
        elif request.POST.get("action") == "register":
            tell(request, register(workshop=registration.workshop, person=person, actor=person))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
