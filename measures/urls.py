from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from measures.views import (
    assessment,
    document,
    fit,
    fit_file,
    guideline,
    live_state,
    measure,
    ranking,
    reason,
    recording,
    report,
    report_comparison,
    report_files,
    report_link,
    report_ratings,
    shared_report,
)
from measures.views import round as rounds

app_name = "measures"
MEASURES = [
    path("", measure.measure_list, name="measure_list"),
    path("<slug:slug>/", measure.measure_detail, name="measure_detail"),
    path(_("<slug:slug>/dokumente/<int:number>/"), document.document_file, name="document_file"),
    path(_("<slug:slug>/passfaehigkeit/"), fit.fit_edit, name="fit_edit"),
    path(_("<slug:slug>/passfaehigkeit/fuer/<int:pk>/"), fit.fit_record, name="fit_record"),
    path(
        _("<slug:slug>/passfaehigkeit.<str:extension>"),
        fit_file.fit_measure_download,
        name="fit_measure_download",
    ),
]
FIT = [
    path("", fit.fit_overview, name="fit_overview"),
    path(_("begruendungen/"), fit.fit_reasons, name="fit_reasons"),
    path(_("fuer/<int:pk>/"), fit.fit_choose, name="fit_choose"),
    path("<slug:key>/", fit.fit_district, name="fit_district"),
    path("<slug:key>.<str:extension>", fit_file.fit_district_download, name="fit_district_download"),
]
ROUNDS = [
    path("<slug:slug>/", rounds.round_detail, name="round_detail"),
    path(_("fuer/<int:pk>/"), recording.recording_rounds, name="recording_rounds"),
    path(_("<slug:slug>/begruendungen/"), reason.reason_list, name="reason_list"),
    path(_("<slug:slug>/erfassen/"), recording.recording_choose, name="recording_choose"),
    path(_("<slug:slug>/erfassen/<int:pk>/"), recording.recording_list, name="recording_list"),
    path(
        _("<slug:slug>/erfassen/<int:pk>/<slug:measure_slug>/"),
        recording.recording_edit,
        name="recording_edit",
    ),
    path("<slug:slug>/<slug:measure_slug>/", assessment.assessment_edit, name="assessment_edit"),
    path(_("<slug:slug>/<slug:measure_slug>/begruendung/"), assessment.reason_save, name="reason_save"),
    path(_("<slug:slug>/<slug:measure_slug>/antwort/<slug:key>/"), assessment.answer_save, name="answer_save"),
]
REPORTS = [
    path("", report.report_list, name="report_list"),
    path(_("vergleich/"), report_comparison.report_comparison, name="report_comparison"),
    path(_("<slug:slug>/einfrieren/"), ranking.ranking_freeze, name="ranking_freeze"),
    path(_("geteilt/<slug:token>/"), shared_report.shared_report, name="shared_report"),
    path(_("geteilt/<slug:token>.<str:extension>"), shared_report.shared_download, name="shared_download"),
    path(_("links/<int:pk>/beenden/"), report_link.report_link_end, name="report_link_end"),
    path(_("<slug:slug>/stand/"), live_state.round_state, name="round_state"),
    path(_("<slug:slug>/stand.<str:extension>"), live_state.round_state_download, name="round_state_download"),
    path("<slug:slug>/<int:version>/", report.report_detail, name="report_detail"),
    path("<slug:slug>/<int:version>.<str:extension>", report_files.report_download, name="report_download"),
    path(_("<slug:slug>/<int:version>/weitergabe/"), report_link.report_share, name="report_share"),
    path(_("<slug:slug>/<int:version>/daten.json.gz"), report_files.report_data, name="report_data"),
    path(
        _("<slug:slug>/<int:version>/daten.<str:extension>"),
        report_ratings.report_ratings,
        name="report_ratings",
    ),
    path("<slug:slug>/<int:version>/dcat.jsonld", report_files.report_record, name="report_record"),
]
urlpatterns = [
    path(_("leitlinien/"), guideline.guideline_list, name="guideline_list"),
    path(_("massnahmen/"), include(MEASURES)),
    path(_("massnahmen.<str:extension>"), measure.measure_download, name="measure_download"),
    path(_("passfaehigkeit/"), include(FIT)),
    path(_("passfaehigkeit.<str:extension>"), fit_file.fit_download, name="fit_download"),
    path(_("ergebnisse/"), report.results, name="results"),
    path(_("bewertung/"), include(ROUNDS)),
    path(_("berichte/"), include(REPORTS)),
]
