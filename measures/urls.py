from django.urls import path
from django.utils.translation import gettext_lazy as _

from measures.views import assessment, measure, report
from measures.views import round as rounds

app_name = "measures"
urlpatterns = [
    path(_("massnahmen/"), measure.measure_list, name="measure_list"),
    path(_("massnahmen/<slug:slug>/"), measure.measure_detail, name="measure_detail"),
    path(_("ergebnisse/"), report.results, name="results"),
    path(_("bewertung/<slug:slug>/"), rounds.round_detail, name="round_detail"),
    path(_("bewertung/<slug:slug>/<slug:measure_slug>/"), assessment.assessment_edit, name="assessment_edit"),
    path(_("berichte/"), report.report_list, name="report_list"),
    path(_("berichte/<slug:slug>/<int:version>/"), report.report_detail, name="report_detail"),
    path(_("berichte/<slug:slug>/<int:version>.<str:extension>"), report.report_download, name="report_download"),
]
