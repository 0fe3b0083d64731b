from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkshopsConfig(AppConfig):
    name = "workshops"
    verbose_name = _("Veranstaltungen")

    def ready(self) -> None:
        """The page of a measure gets a section of this app, the outbox the words of its mails; views and mails are
        importable only once all apps are there."""
        from measures.reports.panels import add_panel
        from stakeholders.domain.writing import add_writer
        from workshops import reminder_mails
        from workshops.mails import MAILS, write
        from workshops.views.measure_panel import measure_panel

        add_panel(2, measure_panel)
        add_writer(MAILS, write)
        add_writer(reminder_mails.KINDS, reminder_mails.write)
