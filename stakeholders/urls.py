from django.urls import path
from django.utils.translation import gettext_lazy as _

from stakeholders.views import confirmation, organisation, profile, security

app_name = "stakeholders"
urlpatterns = [
    path(_("konto/"), security.security, name="security"),
    path(_("konto/zweiter-faktor/"), security.second_factor, name="second_factor"),
    path(_("konto/zugang-bestaetigen/"), confirmation.confirm_by_code, name="confirm_by_code"),
    path(_("mein/profil/"), profile.profile, name="profile"),
    path(_("organisationen/vorschlaege/"), organisation.organisation_suggestions, name="organisation_suggestions"),
    path(_("organisationen/<slug:slug>/"), organisation.organisation_detail, name="organisation_detail"),
]
