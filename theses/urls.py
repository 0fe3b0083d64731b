from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from theses.views import (
    card,
    content_report,
    draft,
    evaluation,
    evidence,
    recording,
    stance,
    stance_download,
    stance_list,
    thesis,
    topic,
)

app_name = "theses"
THESES: list[URLPattern | URLResolver] = [
    path("", include("theses.discussion_urls")),
    path("", include("theses.moderation_urls")),
    path("", thesis.thesis_list, name="thesis_list"),
    path(_("aehnliche/"), draft.thesis_similar, name="thesis_similar"),
    path(_("auswertung/"), evaluation.evaluation, name="evaluation"),
    path(_("auswertung/auswertung.<slug:extension>"), evaluation.evaluation_download, name="evaluation_download"),
    path(_("einreichen/"), thesis.thesis_submit, name="thesis_submit"),
    path(_("einreichen/entwurf/"), draft.draft_save, name="draft_save"),
    path(_("einreichen/entwurf/verwerfen/"), draft.draft_discard, name="draft_discard"),
    path(_("fuer/<int:pk>/einreichen/"), recording.thesis_record, name="thesis_on_behalf"),
    path(_("haltung/"), card.stance_card, name="stance_card"),
    path(_("themen/"), topic.topic_list, name="topic_list"),
    path(_("themen/vorschlagen/"), topic.topic_propose, name="topic_propose"),
    path("<int:pk>-<slug:slug>/", thesis.thesis_detail, name="thesis_detail"),
    path(_("<int:pk>-<slug:slug>/belege/"), evidence.thesis_evidence, name="thesis_evidence"),
    path(_("<int:pk>-<slug:slug>/belege/<int:number>/"), evidence.evidence_file, name="evidence_file"),
    path(_("<int:pk>-<slug:slug>/belege/entfernen/"), evidence.evidence_remove, name="evidence_remove"),
    path(_("<int:pk>-<slug:slug>/melden/"), content_report.thesis_report, name="thesis_report"),
    path(_("<int:pk>-<slug:slug>/ueberarbeiten/"), thesis.thesis_revise, name="thesis_revise"),
    path(_("<int:pk>-<slug:slug>/haltung/"), stance.stance_take, name="stance_take"),
    path(
        _("<int:pk>-<slug:slug>/haltungen.<slug:extension>"),
        stance_download.stance_download,
        name="stance_download",
    ),
]
urlpatterns = [
    path(_("mein/haltungen/"), stance_list.stance_list, name="stance_list"),
    path(_("thesen/"), include(THESES)),
]
