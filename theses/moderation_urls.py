"""What the project office decides about published theses, and what became of them; part of `theses.urls`."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from theses.views import moderation, story, version

urlpatterns = [
    path(_("<int:pk>-<slug:slug>/aufteilen/"), moderation.thesis_split, name="thesis_split"),
    path(_("<int:pk>-<slug:slug>/fassungen/"), version.version_list, name="version_list"),
    path(_("<int:pk>-<slug:slug>/fazit/"), moderation.thesis_conclude, name="thesis_conclude"),
    path(_("<int:pk>-<slug:slug>/neue-fassung/"), version.version_propose, name="version_propose"),
    path(_("<int:pk>-<slug:slug>/verlauf/"), story.thesis_lineage, name="thesis_lineage"),
    path(_("<int:pk>-<slug:slug>/zusammenfuehren/"), moderation.thesis_merge, name="thesis_merge"),
    path(_("<int:pk>-<slug:slug>/zuweisen/"), moderation.thesis_assign, name="thesis_assign"),
]
