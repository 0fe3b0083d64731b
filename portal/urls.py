from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from portal.views import claim, dashboard, erasure, errors, health, home, my_data, page, search
from stakeholders.views import enquiry

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path(".well-known/security.txt", page.security_txt, name="security_txt"),
]
urlpatterns += i18n_patterns(
    path("", home.home, name="home"),
    path(_("mein/"), dashboard.dashboard, name="dashboard"),
    path(_("mein/uebernehmen/"), claim.claim, name="claim"),
    path(_("mein/uebernehmen/ablehnen/"), claim.claim_decline, name="claim_decline"),
    path(_("mein/daten/"), my_data.my_data, name="my_data"),
    path(_("mein/daten/auskunft/"), my_data.export_request, name="export_request"),
    path(_("mein/daten/auskunft/<int:pk>/"), my_data.export_download, name="export_download"),
    path(_("mein/daten/einwilligungen/"), my_data.consent_change, name="consent_change"),
    path(_("mein/daten/loeschen/"), erasure.account_erase, name="account_erase"),
    path(_("suche/"), search.search, name="search"),
    path(_("mitwirken/"), page.page, {"name": "participate"}, name="participate"),
    path(_("kontakt/"), enquiry.contact, name="contact"),
    path(_("impressum/"), page.page, {"name": "imprint"}, name="imprint"),
    path(_("datenschutz/"), page.page, {"name": "privacy"}, name="privacy"),
    path(_("barrierefreiheit/"), page.page, {"name": "accessibility"}, name="accessibility"),
    path(_("regeln/"), page.page, {"name": "guidelines"}, name="guidelines"),
    path(_("leichte-sprache/"), page.page, {"name": "easy_language"}, name="easy_language"),
    path(_("konto/"), include("stakeholders.account_urls")),
    path("verwaltung/", admin.site.urls),
    path("", include("workshops.urls")),
    path("", include("measures.urls")),
    path("", include("theses.urls")),
    path("", include("stakeholders.urls")),
    prefix_default_language=False,
)
