"""Registrations at the desk: read, and freed with a mail to the person."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.site import ReadOnlyAdmin
from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current
from workshops.domain.registration import cancel
from workshops.models import Registration
from workshops.views import desk


def free_place_link(registration: Registration) -> str:
    """Opens the question before anything happens."""
    if not registration.is_current:
        return "–"
    address = reverse("admin:workshops_registration_free", args=[registration.pk])
    return format_html('<a href="{}">{}</a>', address, gettext("Platz freigeben"))


@admin.register(Registration)
class RegistrationAdmin(ReadOnlyAdmin):
    list_display = ("person", "workshop", "state", "arrival", "registered_at", "group", "organisation", "free_place")
    list_filter = ("state", "workshop")
    list_select_related = ("person__group", "person__organisation", "workshop")
    search_fields = ("person__email", "person__last_name", "workshop__title")
    actions = ("free_places",)

    @admin.display(description=_("Akteursgruppe"))
    def group(self, registration: Registration) -> str:
        return str(registration.person.group or "–")

    @admin.display(description=_("Organisation"))
    def organisation(self, registration: Registration) -> str:
        return str(registration.person.organisation or "–")

    @admin.display(description=_("Platz freigeben"))
    def free_place(self, registration: Registration) -> str:
        return free_place_link(registration)

    def get_urls(self) -> list[URLPattern]:
        free = self.admin_site.admin_view(desk.registration_free)
        return [path("<int:pk>/abmelden/", free, name="workshops_registration_free"), *super().get_urls()]

    @admin.action(description=_("Plätze freigeben und Bescheid geben"))
    def free_places(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        freed = 0
        for registration in queryset.order_by("workshop", "arrival"):
            try:
                cancel(registration=registration, actor=current(request))
                freed += 1
            except Refusal as refusal:
                messages.error(request, refusal.sentence)
        text = ngettext("%(count)d Platz ist frei.", "%(count)d Plätze sind frei.", freed)
        messages.success(request, text % {"count": freed})
