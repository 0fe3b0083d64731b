"""The newsletter: issues and who gets them."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.site import AuditedAdmin, ReadOnlyAdmin
from stakeholders.models import Newsletter, Subscription
from stakeholders.views import newsletter_desk


@admin.register(Newsletter)
class NewsletterAdmin(AuditedAdmin[Newsletter]):
    change_form_template = "stakeholders/admin/newsletter_change.html"
    list_display = ("subject", "state", "sent_at", "recipients", "created_at")
    list_filter = ("state",)
    search_fields = ("subject", "subject_en", "body")
    fieldsets = (
        (
            None,
            {
                "description": _(
                    "Speichern verschickt nichts. Danach öffnet „Ansehen und senden“ die Vorschau, dort gibt es auch "
                    "eine Testnachricht an Sie selbst. Ein versendeter Rundbrief lässt sich nicht mehr ändern."
                ),
                "fields": ("subject", "body"),
            },
        ),
        (_("Englisch"), {"fields": ("subject_en", "body_en")}),
        (_("Versand"), {"fields": ("state", "sent_at", "recipients")}),
    )
    readonly_fields = ("state", "sent_at", "recipients")

    def has_change_permission(self, request: HttpRequest, obj: Newsletter | None = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_sent(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Newsletter | None = None) -> bool:
        """Only a draft, so no action for many at once."""
        return obj is not None and not _is_sent(obj)

    def get_urls(self) -> list[URLPattern]:
        desk = self.admin_site.admin_view(newsletter_desk.newsletter_desk)
        return [path("<int:pk>/senden/", desk, name="stakeholders_newsletter_desk"), *super().get_urls()]


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    list_display = ("email", "state", "language", "requested_at", "confirmed_at", "ended_at")
    list_filter = ("state", "language")
    search_fields = ("email",)
    fields = ("email", "person", "language", "state", "requested_at", "confirmed_at", "ended_at")


def _is_sent(newsletter: Newsletter | None) -> bool:
    return newsletter is not None and newsletter.state == Newsletter.State.SENT
