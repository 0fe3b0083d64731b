from django.urls import path
from django.utils.translation import gettext_lazy as _

from stakeholders.views import dashboard, organisation, profile

app_name = "stakeholders"
urlpatterns = [
    path(_("mein/"), dashboard.dashboard, name="dashboard"),
    path(_("mein/profil/"), profile.profile, name="profile"),
    path(_("organisationen/<slug:slug>/"), organisation.organisation_detail, name="organisation_detail"),
]
