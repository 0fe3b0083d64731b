"""The discussion as the office reads it, with what waits for an answer; answering and removing happen elsewhere."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.site import ReadOnlyAdmin
from theses.models import Contribution


class UnansweredFilter(admin.SimpleListFilter):
    title = _("Antwort des Projektbüros")
    parameter_name = "beantwortet"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("nein", _("fehlt noch")), ("ja", _("ist da"))]  # type: ignore[list-item]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Contribution]) -> QuerySet[Contribution]:
        official = Contribution.objects.shown().filter(is_official=True).values("parent")
        strands = queryset.filter(parent__isnull=True)
        if self.value() == "ja":
            return strands.filter(pk__in=official)
        return strands.exclude(pk__in=official) if self.value() == "nein" else queryset


@admin.register(Contribution)
class ContributionAdmin(ReadOnlyAdmin):
    """Newest on top. Official answers are written on the page of the contribution, removals decided with a report."""

    list_display = ("__str__", "kind", "is_official", "state", "thesis", "author", "answer_count", "written_at")
    list_select_related = ("thesis", "author")
    list_filter = (UnansweredFilter, "kind", "state", "is_official")
    list_per_page = 50
    search_fields = ("text", "thesis__sentence", "author__first_name", "author__last_name")
    date_hierarchy = "written_at"
    fields = (
        "the_text",
        "page",
        "kind",
        "state",
        "is_official",
        "thesis",
        "author",
        "organisation",
        "helpful_count",
        "answer_count",
        "written_at",
        "edited_at",
    )

    @admin.display(description=_("Text"))
    def the_text(self, row: Contribution) -> SafeString:
        text = mark_safe(linebreaks(row.text, autoescape=True))  # noqa: S308 escaped by linebreaks
        return format_html('<div lang="{}">{}</div>', row.text_language, text)

    @admin.display(description=_("Auf der Seite"))
    def page(self, row: Contribution) -> SafeString:
        return format_html('<a href="{}">{}</a>', row.get_absolute_url(), _("ansehen und antworten"))

    def view_on_site(self, row: Contribution) -> str:
        return row.get_absolute_url()
