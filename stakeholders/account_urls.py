"""The pages of django-allauth, all under /konto/; some of its views with a word of ours before or after."""

from allauth.account import views
from allauth.account.decorators import reauthentication_required
from django.urls import include, path

from stakeholders.views.confirmation import starting_anew, told_when_expired
from stakeholders.views.security import remove_passkey

urlpatterns = [
    path("confirm-email/", told_when_expired(views.email_verification_sent), name="account_email_verification_sent"),
    path("login/code/", starting_anew(views.request_login_code), name="account_request_login_code"),
    path("login/code/confirm/", told_when_expired(views.confirm_login_code), name="account_confirm_login_code"),
    path(
        "password/reset/confirm/",
        told_when_expired(views.confirm_password_reset_code),
        name="account_confirm_password_reset_code",
    ),
    path(
        "password/set/",
        reauthentication_required(app="allauth.account")(views.password_set),
        name="account_set_password",
    ),
    path("2fa/webauthn/keys/<int:pk>/remove/", remove_passkey, name="mfa_remove_webauthn"),
    path("", include("allauth.urls")),
]
