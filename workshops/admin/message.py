"""Messages to a part of the people of an event: written, shown as one person gets them, sent."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current
from workshops import reminder_mails
from workshops.domain.audience import recipients
from workshops.domain.message import discard_message, draft_message, send_message
from workshops.domain.message_numbers import sending_of_reminders
from workshops.forms.reminder import MessageForm
from workshops.models import Reminder, Workshop

PAGE_METHODS = ["GET", "HEAD", "POST"]
PAGE = "admin:workshops_workshop_message"


def own_message(pk: int, number: int) -> Reminder:
    rows = Reminder.objects.filter(anchor=Reminder.Anchor.AT_ONCE).select_related("workshop", "session")
    return get_object_or_404(rows, workshop=pk, pk=number)


@require_http_methods(PAGE_METHODS)
def message_write(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """Keeps the text and leads to the page that shows and sends it."""
    workshop = get_object_or_404(Workshop, pk=pk)
    row = own_message(pk, number) if number else Reminder(workshop=workshop)
    form = MessageForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_valid():
        try:
            return redirect(PAGE, pk, draft_message(workshop=workshop, message=form.instance).pk)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    context = {"title": _("Nachricht schreiben"), "workshop": workshop, "form": form}
    return show(request, "message_write", context, status=422 if form.errors else 200)


@require_http_methods(PAGE_METHODS)
def message_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The text as the first recipient gets it, how many there are, and what has become of it."""
    row = own_message(pk, number)
    if request.method == "POST":
        return carry_out(request, row)
    people = recipients(row)
    first = people.first()
    context = {
        "title": row.subject,
        "workshop": row.workshop,
        "message": row,
        "people": people.count(),
        "without_mail": people.filter(person__email__isnull=True).count(),
        "preview": reminder_mails.message(row, first) if first else None,
        "person": first.person if first else None,
        "sending": sending_of_reminders([row])[row.pk] if row.posted_at else None,
    }
    return show(request, "message", context)


def carry_out(request: HttpRequest, row: Reminder) -> HttpResponse:
    try:
        if request.POST.get("action") == "discard":
            discard_message(message=row)
            messages.success(request, _("Der Entwurf ist verworfen. Niemand hat davon erfahren."))
            return redirect("admin:workshops_workshop_change", row.workshop_id)
        if request.POST.get("action") == "send":
            messages.success(request, told(send_message(message=row, actor=current(request))))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect(PAGE, row.workshop_id, row.pk)


def told(number: int) -> str:
    if not number:
        return _("Diese Nachricht ist schon verschickt. Es ging nichts doppelt hinaus.")
    text = ngettext("Die Nachricht geht an %(n)d Person.", "Die Nachricht geht an %(n)d Personen.", number)
    return text % {"n": number}


def show(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    context |= {**admin.site.each_context(request), "opts": Workshop._meta}
    return render(request, f"workshops/admin/{name}.html", context, status=status)
