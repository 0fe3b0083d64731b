from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from stakeholders.views import (
    bounce,
    confirmation,
    contact_import,
    enquiry,
    legal_text,
    mandate,
    newsletter,
    organisation,
    profile,
    recording,
    security,
)

app_name = "stakeholders"
urlpatterns = [
    path(_("akteure/"), include("stakeholders.desk_urls")),
    path(_("akteure/erfassen/"), recording.person_record, name="person_record"),
    path(_("akteure/import/"), contact_import.contact_import_list, name="contact_import_list"),
    path(_("akteure/import/<int:pk>/"), contact_import.contact_import_detail, name="contact_import_detail"),
    path(
        _("akteure/import/<int:pk>/bestaetigen/"), contact_import.contact_import_confirm, name="contact_import_confirm"
    ),
    path(_("akteure/import/<int:pk>/ergebnis.csv"), contact_import.contact_import_result, name="contact_import_result"),
    path(_("akteure/import/<int:pk>/verwerfen/"), contact_import.contact_import_discard, name="contact_import_discard"),
    path(
        _("akteure/import/vorlage.<str:extension>"),
        contact_import.contact_import_template,
        name="contact_import_template",
    ),
    path(_("anfrage/<str:token>/"), enquiry.enquiry_detail, name="enquiry_detail"),
    path(_("konto/"), security.security, name="security"),
    path(_("konto/zweiter-faktor/"), security.second_factor, name="second_factor"),
    path(_("konto/zugang-bestaetigen/"), confirmation.confirm_by_code, name="confirm_by_code"),
    path(_("mein/mandate/"), mandate.mandate_list, name="mandate_list"),
    path(_("mein/mandate/<int:pk>/ablehnen/"), mandate.mandate_refuse, name="mandate_refuse"),
    path(_("mein/mandate/<int:pk>/beenden/"), mandate.mandate_end, name="mandate_end"),
    path(_("mein/mandate/<int:pk>/bestaetigen/"), mandate.mandate_confirm, name="mandate_confirm"),
    path(_("mein/mandate/<int:pk>/stellvertretung/"), mandate.mandate_deputy, name="mandate_deputy"),
    path(_("mein/anfragen/"), enquiry.enquiry_list, name="enquiry_list"),
    path(_("mein/profil/"), profile.profile, name="profile"),
    path(_("mein/profil/gruppenwechsel/"), profile.group_change_withdraw, name="group_change_withdraw"),
    path(_("organisationen/vorschlaege/"), organisation.organisation_suggestions, name="organisation_suggestions"),
    path(_("organisationen/<slug:slug>/"), organisation.organisation_detail, name="organisation_detail"),
    path(_("organisationen/<slug:slug>/bearbeiten/"), organisation.organisation_edit, name="organisation_edit"),
    path(_("rundbrief/"), newsletter.newsletter, name="newsletter"),
    path(_("rundbrief/abbestellen/<str:token>/"), newsletter.newsletter_end, name="newsletter_end"),
    path(_("rundbrief/bestaetigen/<str:token>/"), newsletter.newsletter_confirm, name="newsletter_confirm"),
    path(_("mein/adresse-bestaetigen/"), bounce.address_confirm, name="address_confirm"),
    path(_("zustellung/rueckmeldung/"), bounce.bounce_receive, name="bounce_receive"),
    path(_("texte/<slug:slug>/fassungen/"), legal_text.legal_text_list, name="legal_text_list"),
    path(_("texte/<slug:slug>/fassungen/<int:number>/"), legal_text.legal_text_detail, name="legal_text_detail"),
]
