from django.urls import path
from django.utils.translation import gettext_lazy as _

from stakeholders.views import organisation, profile

app_name = "stakeholders"
urlpatterns = [
    path(_("mein/profil/"), profile.profile, name="profile"),
    path(_("organisationen/vorschlaege/"), organisation.organisation_suggestions, name="organisation_suggestions"),
    path(_("organisationen/<slug:slug>/"), organisation.organisation_detail, name="organisation_detail"),
]
