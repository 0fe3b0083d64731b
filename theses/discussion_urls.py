"""Addresses of contributions and of following, part of the namespace `theses`."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from theses.views import content_report, contribution, follow

urlpatterns = [
    path(_("nicht-mehr-folgen/<str:token>/"), follow.follow_end, name="follow_end"),
    path(_("zusammenfassung/<str:token>/"), follow.digest_choice, name="digest_choice"),
    path(
        _("<int:pk>-<slug:slug>/beitraege/schreiben/"),
        contribution.contribution_write,
        name="contribution_write",
    ),
    path(
        _("<int:pk>-<slug:slug>/beitraege/<int:contribution_pk>/"),
        contribution.contribution_detail,
        name="contribution_detail",
    ),
    path(
        _("<int:pk>-<slug:slug>/beitraege/<int:contribution_pk>/aendern/"),
        contribution.contribution_edit,
        name="contribution_edit",
    ),
    path(
        _("<int:pk>-<slug:slug>/beitraege/<int:contribution_pk>/hilfreich/"),
        contribution.contribution_helpful,
        name="contribution_helpful",
    ),
    path(
        _("<int:pk>-<slug:slug>/beitraege/<int:contribution_pk>/melden/"),
        content_report.contribution_report,
        name="contribution_report",
    ),
    path(
        _("<int:pk>-<slug:slug>/beitraege/<int:contribution_pk>/zurueckziehen/"),
        contribution.contribution_withdraw,
        name="contribution_withdraw",
    ),
    path(_("<int:pk>-<slug:slug>/folgen/"), follow.thesis_follow, name="thesis_follow"),
]
