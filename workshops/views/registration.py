from functools import cache, partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from stakeholders.permissions import complete_profile_required, current
from workshops import permissions, ticket
from workshops.domain.admission import confirm
from workshops.domain.outlook import asks_of, at_the_same_time, outlooks
from workshops.domain.programme import choose_sessions, chosen_sessions, sessions_to_choose
from workshops.domain.question import has_unanswered, questions_of
from workshops.domain.registration import cancel, change, check_registration, register
from workshops.domain.wish import Wish
from workshops.forms.registration import RegistrationForm
from workshops.models import Invitation, Registration, Workshop
from workshops.tokens import find, token_for

PAGE_METHODS = ["GET", "HEAD", "POST"]
State = Registration.State


def tell(request: HttpRequest, registration: Registration) -> None:
    """Say what has become of the wish."""
    texts = {
        State.CONFIRMED: _("Sie sind angemeldet. Die Bestätigung kommt per E-Mail."),
        State.WAITING: _("Sie stehen auf der Warteliste. Wir schreiben Ihnen, sobald ein Platz frei wird."),
        State.REQUESTED: _(
            "Ihre Anfrage ist eingegangen. Wir schreiben Ihnen, sobald das Projektbüro entschieden hat."
        ),
        State.OFFERED: _("Ein Platz ist frei. Bitte bestätigen Sie ihn."),
    }
    text = texts.get(State(registration.state), _("Sie sind abgemeldet. Ihr Platz ist freigegeben."))
    level = messages.INFO if registration.state == State.WAITING else messages.SUCCESS
    messages.add_message(request, level, text)


@complete_profile_required
@require_http_methods(PAGE_METHODS)
def registration_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Says before the button what will happen; only the button registers."""
    person = current(request)
    workshop = get_object_or_404(Workshop.objects.visible_to(request.user), slug=slug)
    invited = cache(partial(is_invited, workshop, person))
    form = RegistrationForm(
        posted(request),
        workshop=workshop,
        person=person,
        outlooks=lambda: outlooks(workshop, entitled=invited()),
        asks=asks_of(workshop, person),
    )
    if form.is_valid() and registered(request, form):
        return redirect(workshop)
    try:
        known = Registration.objects.filter(workshop=workshop, person=person)
        if known.exclude(state=State.CANCELLED).exists():
            return redirect(workshop)
        check_registration(workshop, invited=invited())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(workshop)
    return render(request, "workshops/registration_create.html", form_page(form), status=status_of(form))


def is_invited(workshop: Workshop, person: Stakeholder) -> bool:
    return Invitation.objects.standing().filter(workshop=workshop, person=person).exists()


def registered(request: HttpRequest, form: RegistrationForm) -> bool:
    """Whether it worked; a refusal stands in the form."""
    try:
        row = register(workshop=form.workshop, person=form.person, actor=form.person, wish=form.wish())
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    tell(request, row)
    if form.sessions() and row.state not in Registration.HOLDING:
        messages.info(request, _("Programmpunkte wählen Sie, sobald Sie einen Platz haben."))
    return True


@never_cache
@require_http_methods(PAGE_METHODS)
def registration_manage(request: HttpRequest, token: str) -> HttpResponse:
    """The personal link: how things stand, and the buttons to confirm, change, free the place or come back."""
    registration = find(Registration, token)
    if registration is None:
        return render(request, "workshops/link_unknown.html", status=404)
    if request.method == "POST":
        carry_out(request, registration)
        return redirect("workshops:registration_manage", token=token)
    workshop, person = registration.workshop, registration.person
    invited = is_invited(workshop, person)
    context = {
        "registration": registration,
        "workshop": workshop,
        "token": token,
        "sessions": chosen_sessions(registration),
        "waiting_position": Registration.objects.all().waiting_before(registration).count() + 1,
        "is_unanswered": registration.is_current and has_unanswered(registration),
        "may_register": permissions.may_register(workshop, invited=invited) and registration.state == State.CANCELLED,
        "may_change": may_change(registration),
        "has_ticket": ticket.is_valid(registration) and not workshop.is_over,
        "may_free_place": permissions.may_free_place(workshop),
    }
    return render(request, "workshops/registration_manage.html", context)


def carry_out(request: HttpRequest, registration: Registration) -> None:
    """The button of the page. Whoever holds the personal link acts as the person it was sent to."""
    person, action = registration.person, request.POST.get("action")
    try:
        if action == "cancel":
            tell(request, cancel(registration=registration, actor=person))
        elif action == "confirm":
            tell(request, confirm(registration=registration, actor=person))
        elif action == "register":
            wish = same_again(registration)
            tell(request, register(workshop=registration.workshop, person=person, actor=person, wish=wish))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)


def same_again(registration: Registration) -> Wish:
    """What was asked for last time, as far as the event still offers it; it can be changed at once."""
    workshop = registration.workshop
    kind = registration.kind if registration.kind in workshop.kinds else ""
    return Wish(kind=kind, companions=min(registration.companions, workshop.companions))


@never_cache
@require_http_methods(PAGE_METHODS)
def registration_change(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that was asked when registering, by the personal link; after the deadline only the sessions."""
    registration = find(Registration, token)
    if registration is None:
        return render(request, "workshops/link_unknown.html", status=404)
    if not may_change(registration):
        messages.info(request, _("Hier können Sie nichts mehr ändern. Bitte wenden Sie sich an das Projektbüro."))
        return redirect("workshops:registration_manage", token=token)
    workshop = registration.workshop
    form = RegistrationForm(
        posted(request),
        workshop=workshop,
        person=registration.person,
        outlooks=lambda: outlooks(workshop, entitled=registration.is_entitled),
        registration=registration,
        only_sessions=not permissions.may_change_registration(workshop),
    )
    if form.is_valid() and changed(request, registration, form):
        return redirect("workshops:registration_manage", token=token)
    context = form_page(form) | {"registration": registration, "token": token}
    return render(request, "workshops/registration_change.html", context, status=status_of(form))


def changed(request: HttpRequest, registration: Registration, form: RegistrationForm) -> bool:
    """Whether it worked; a refusal stands in the form."""
    person = registration.person
    try:
        if form.only_sessions:
            choose_sessions(registration=registration, sessions=form.sessions(), actor=person)
        else:
            change(registration=registration, wish=form.wish(), actor=person)
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("Ihre Änderungen sind gespeichert."))
    return True


def may_change(registration: Registration) -> bool:
    """Whether the page to change something would have anything on it."""
    workshop = registration.workshop
    if not registration.is_current:
        return False
    holds = registration.state in Registration.HOLDING and permissions.may_choose_sessions(workshop)
    if holds and sessions_to_choose(workshop):
        return True
    return permissions.may_change_registration(workshop) and has_more_to_say(registration)


def has_more_to_say(registration: Registration) -> bool:
    """Whether the event asks for anything but the name."""
    workshop = registration.workshop
    if workshop.is_hybrid or workshop.companions or registration.companions or registration.mandate_id:
        return True
    return bool(questions_of(workshop)) or registration.person.mandates.valid().exists()


def change_address(registration: Registration) -> str:
    """Where somebody who just accepted an invitation says the rest; empty where the event asks nothing more."""
    if not may_change(registration):
        return ""
    return reverse("workshops:registration_change", args=[token_for(registration)])


def form_page(form: RegistrationForm) -> dict[str, object]:
    return {
        "form": form,
        "workshop": form.workshop,
        "person": form.person,
        "outlooks": form.outlooks,
        "others": at_the_same_time(form.workshop, form.person),
    }


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def status_of(form: RegistrationForm) -> int:
    return 422 if form.errors else 200
