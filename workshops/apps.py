from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkshopsConfig(AppConfig):
    name = "workshops"
    verbose_name = _("Veranstaltungen")

    def ready(self) -> None:
        """The page of a measure gets a section of this app; views are importable only once all apps are there."""
        from measures.reports.panels import add_panel
        from workshops.views.measure_panel import measure_panel

        add_panel(2, measure_panel)
