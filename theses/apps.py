from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThesesConfig(AppConfig):
    name = "theses"
    verbose_name = _("Thesen")

    def ready(self) -> None:
        """The page of a measure gets a section of this app; views are importable only once all apps are there."""
        from measures.reports.panels import add_panel
        from theses.views.measure_panel import measure_panel

        add_panel(1, measure_panel)
