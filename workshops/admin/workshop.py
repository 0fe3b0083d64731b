"""Events at the desk: what is edited, published and called off."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.site import AuditedAdmin
from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current
from workshops.admin.approval import approval
from workshops.admin.attendance import attendance, participants
from workshops.admin.fieldsets import FIELDSETS
from workshops.admin.message import message_page, message_write
from workshops.admin.new_date import new_date
from workshops.admin.new_workshop import workshop_copy, workshop_from_template
from workshops.admin.question import QuestionInline
from workshops.admin.reminder import ReminderInline
from workshops.admin.session import SessionInline
from workshops.admin.step import take_step
from workshops.domain.message_numbers import sending_of_reminders
from workshops.domain.wave_numbers import with_answers
from workshops.domain.workshop import change_workshop, create_workshop, overbooked
from workshops.forms.new_date import DATE_AND_TIME
from workshops.forms.workshop import WorkshopForm
from workshops.models import Invitation, Registration, Workshop
from workshops.views import desk, wave


def number_of(rows: QuerySet[Any], counting: Count | Sum | None = None) -> Coalesce:
    """How many of these rows belong to each event; a subquery each, because two joins would multiply."""
    of_event = rows.filter(workshop=OuterRef("pk")).order_by().values("workshop")
    counted = of_event.annotate(number=counting or Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0, output_field=IntegerField())


@admin.register(Workshop)
class WorkshopAdmin(AuditedAdmin[Workshop]):
    audited_by_domain = True
    change_list_template = "workshops/admin/workshop_list.html"
    change_form_template = "workshops/admin/workshop_change.html"
    list_display = ("title", "starts_at", "state", "confirmed", "waiting", "asking", "left", "invited", "format")
    list_filter = ("state", "format", "series", "district")
    list_select_related = ("district",)
    search_fields = ("title", "place", "summary")
    date_hierarchy = "starts_at"
    form = WorkshopForm
    autocomplete_fields = ("theses",)
    formfield_overrides = {
        models.URLField: {"assume_scheme": "https"},
        # One labelled input of the browser; the admin's pair of inputs has labels for neither.
        models.DateTimeField: {"form_class": forms.DateTimeField, "widget": DATE_AND_TIME},
    }
    actions = ("publish", "postpone", "call_off", "copy")
    fieldsets = FIELDSETS

    class Media:
        js = ("js/autocomplete_label.js",)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Boxes where there are few to choose from; theses are searched for."""
        if db_field.name != "theses":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_inlines(self, request: HttpRequest, obj: Workshop | None) -> list[Any]:
        """An event that is being made has its reminder by itself; programme and questions come with its template."""
        return [SessionInline, QuestionInline, ReminderInline] if obj else []

    def get_readonly_fields(self, request: HttpRequest, obj: Workshop | None = None) -> tuple[str, ...]:
        """Mails and calendars of many people name the address of what was published."""
        fixed = () if _is_draft(obj) else ("slug",)
        return ("state", *fixed)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Workshop | None = None) -> dict[str, Any]:
        return {"slug": ("title",)} if _is_draft(obj) else {}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Workshop]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                invited_number=number_of(Invitation.objects.sent()),
                confirmed_number=number_of(Registration.objects.confirmed()),
                waiting_number=number_of(Registration.objects.waiting()),
                asking_number=number_of(Registration.objects.filter(state=Registration.State.REQUESTED)),
                held_number=number_of(Registration.objects.holding(), Sum(F("companions") + 1)),
            )
        )

    @admin.display(description=_("eingeladen"), ordering="invited_number")
    def invited(self, workshop: Any) -> int:
        return int(workshop.invited_number)

    @admin.display(description=_("angemeldet"), ordering="confirmed_number")
    def confirmed(self, workshop: Any) -> int:
        return int(workshop.confirmed_number)

    @admin.display(description=_("auf der Warteliste"), ordering="waiting_number")
    def waiting(self, workshop: Any) -> int:
        return int(workshop.waiting_number)

    @admin.display(description=_("Anfragen"), ordering="asking_number")
    def asking(self, workshop: Any) -> int:
        return int(workshop.asking_number)

    @admin.display(description=_("frei"))
    def left(self, workshop: Any) -> str:
        """Of all kinds of places together; companions and places that were offered are taken."""
        capacities = [workshop.capacity_of(kind) for kind in workshop.kinds]
        if None in capacities:
            return gettext("ohne Grenze")
        return str(max(sum(capacities) - workshop.held_number, 0))

    def get_urls(self) -> list[URLPattern]:
        inside = self.admin_site.admin_view
        invitation_desk = inside(desk.invitation_desk)
        return [
            path("<int:pk>/einladen/", invitation_desk, name="workshops_workshop_invite"),
            path("<int:pk>/wellen/<int:number>/", inside(wave.wave_page), name="workshops_wave"),
            path(
                "<int:pk>/wellen/<int:number>/protokoll.json",
                inside(wave.wave_protocol),
                name="workshops_wave_protocol",
            ),
            path("<int:pk>/wellen/<int:number>/<str:step>/", inside(wave.wave_step), name="workshops_wave_step"),
            path("<int:pk>/nachrichten/neu/", inside(message_write), name="workshops_workshop_message_add"),
            path("<int:pk>/nachrichten/<int:number>/", inside(message_page), name="workshops_workshop_message"),
            path(
                "<int:pk>/nachrichten/<int:number>/aendern/",
                inside(message_write),
                name="workshops_workshop_message_edit",
            ),
            path("<int:pk>/teilnahme/", inside(attendance), name="workshops_workshop_attendance"),
            path("<int:pk>/teilnehmende.<str:extension>", inside(participants), name="workshops_workshop_participants"),
            path("<int:pk>/anfragen/", inside(approval), name="workshops_workshop_approval"),
            path("vorlage/", inside(workshop_from_template), name="workshops_workshop_template"),
            path("<int:pk>/kopie/", inside(workshop_copy), name="workshops_workshop_copy"),
            path("<int:pk>/termin/", inside(new_date), name="workshops_workshop_new_date"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Adds the waves of invitations and the registrations in order of arrival, as plain tables below the form."""
        if workshop := context["original"]:
            context["registrations"] = workshop.registrations.select_related("person").order_by("arrival")
            reminders = list(workshop.reminders.select_related("workshop"))
            sending = sending_of_reminders(reminders)
            context["messages_sent"] = [(row, sending[row.pk]) for row in reminders]
            context["asking"] = workshop.registrations.filter(state=Registration.State.REQUESTED).count()
            context["waves"] = with_answers(workshop.waves.order_by("number"))
        return super().render_change_form(request, context, *args, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Workshop | None = None) -> bool:
        """Only a draft can be deleted; what people know about is called off. Hence no action for many at once."""
        return obj is not None and _is_draft(obj)

    def save_model(self, request: HttpRequest, obj: Workshop, form: forms.ModelForm[Workshop], change: bool) -> None:
        save = change_workshop if change else create_workshop
        save(workshop=obj, actor=current(request))
        for kind, (held, places) in overbooked(obj).items():
            text = gettext(
                "%(kind)s haben %(held)d Personen einen Platz, es gibt %(places)d Plätze. Niemand verliert seinen "
                "Platz; nachrücken kann erst wieder jemand, wenn %(more)d Plätze frei geworden sind."
            )
            values = {"kind": kind, "held": held, "places": places, "more": held - places + 1}
            messages.warning(request, text % values)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Somebody may have registered since the form was checked; then nothing is stored."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
            return redirect(request.path)

    @admin.action(description=_("Veröffentlichen, auch nach dem Verschieben"))
    def publish(self, request: HttpRequest, queryset: QuerySet[Workshop]) -> HttpResponse | None:
        return take_step(request, "publish", queryset)

    @admin.action(description=_("Verschieben und allen Bescheid geben"))
    def postpone(self, request: HttpRequest, queryset: QuerySet[Workshop]) -> HttpResponse | None:
        return take_step(request, "postpone", queryset)

    @admin.action(description=_("Absagen und allen Bescheid geben"))
    def call_off(self, request: HttpRequest, queryset: QuerySet[Workshop]) -> HttpResponse | None:
        return take_step(request, "call_off", queryset)

    @admin.action(description=_("Kopieren"))
    def copy(self, request: HttpRequest, queryset: QuerySet[Workshop]) -> HttpResponse | None:
        """One at a time, because each copy gets a start of its own."""
        rows = list(queryset[:2])
        if len(rows) == 1:
            return redirect("admin:workshops_workshop_copy", rows[0].pk)
        messages.error(request, gettext("Bitte wählen Sie genau eine Veranstaltung, die Sie kopieren möchten."))
        return None


def _is_draft(workshop: Workshop | None) -> bool:
    return workshop is None or workshop.state == Workshop.State.DRAFT
