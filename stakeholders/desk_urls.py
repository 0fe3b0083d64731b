"""The project office's desk; included by `urls`, under its names."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from stakeholders.views import bounce, coverage, desk, organisation_desk, person, selection

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("<int:pk>/", person.person_detail, name="person_detail"),
    path(_("<int:pk>/adresse/"), bounce.person_address, name="person_address"),
    path(_("<int:pk>/notizen/"), person.person_note, name="person_note"),
    path(_("<int:pk>/schlagwoerter/"), person.person_tags, name="person_tags"),
    path(_("abdeckung/"), coverage.coverage, name="coverage"),
    path(_("abdeckung/zahlen.csv"), coverage.coverage_download, name="coverage_download"),
    path(_("abdeckung/ziele/"), coverage.coverage_targets, name="coverage_targets"),
    path(_("auswahlen/"), selection.selection_list, name="selection_list"),
    path(_("auswahlen/<int:pk>/"), selection.selection_use, name="selection_use"),
    path(_("auswahlen/<int:pk>/loeschen/"), selection.selection_delete, name="selection_delete"),
    path(_("auswahlen/<int:pk>/umbenennen/"), selection.selection_rename, name="selection_rename"),
    path(_("liste.<str:extension>"), desk.desk_download, name="desk_download"),
    path(_("notizen/<int:pk>/loeschen/"), person.note_delete, name="note_delete"),
    path(_("organisationen/"), organisation_desk.organisation_desk, name="organisation_desk"),
    path(_("organisationen/<slug:slug>/"), person.organisation_history_page, name="organisation_history"),
    path(_("organisationen/<slug:slug>/notizen/"), person.organisation_note, name="organisation_note"),
    path(_("organisationen/<slug:slug>/schlagwoerter/"), person.organisation_tags, name="organisation_tags"),
]
