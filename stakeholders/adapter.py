from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.forms import BaseForm
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.outbox import post
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.second_factor import refuse_removal
from stakeholders.mails import Message
from stakeholders.models import Stakeholder
from stakeholders.models.outgoing_mail import ACCOUNT_KIND

LONGEST_ADDRESS = 254
"""Of an e-mail address, RFC 5321; allauth would cut a longer one off and create an account nobody can reach."""

AHEAD = timedelta(minutes=10)
"""Somebody sits in front of the form and waits for the code: due this much earlier, it overtakes a mass mailing."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Lets allauth's mails (codes, notices of changed passwords) go through the outbox like all others, and says when
    somebody must confirm once more who they are."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _(
            "Dieser Code stimmt nicht. Bitte vergleichen Sie ihn mit der neuesten E-Mail "
            "oder fordern Sie einen neuen an."
        ),
        "incorrect_password": _("Dieses Passwort stimmt nicht."),
        "too_many_login_attempts": _(
            "Das waren zu viele Fehlversuche. Bitte warten Sie fünf Minuten und versuchen Sie es dann noch einmal."
        ),
        "rate_limited": _(
            "Das ging zu schnell hintereinander. Bitte warten Sie kurz, dann versuchen Sie es noch einmal."
        ),
    }

    def new_user(self, request: HttpRequest) -> Stakeholder:
        """Whoever registers on the English pages is written to in English, from the first code on."""
        return Stakeholder(language=translation.get_language() or settings.LANGUAGE_CODE)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in a moment ago, by whatever way, has just shown who they are.

        allauth lets somebody pass who has neither password nor second factor; here a code by mail confirms it.
        """
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        records = get_authentication_records(self.request, self.request.user)
        if records and timezone.now().timestamp() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        if not get_reauthentication_flows(self.request.user):
            raise ReauthenticationRequired
        return True

    def get_reauthentication_methods(self, user: Stakeholder | AnonymousUser) -> list[dict[str, Any]]:
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        by_code = {
            "id": "code",
            "description": _("Code per E-Mail"),
            "url": reverse("stakeholders:confirm_by_code"),
        }
        return methods or ([by_code] if user.is_authenticated else [])

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The home page in the language of the page one leaves."""
        return reverse("home")

    def clean_email(self, email: str) -> str:
        if len(email) > LONGEST_ADDRESS:
            raise ValidationError(
                _("Diese E-Mail-Adresse ist zu lang. Möglich sind höchstens %(length)d Zeichen."),
                params={"length": LONGEST_ADDRESS},
            )
        return email

    def save_user(self, request: HttpRequest, user: Stakeholder, form: BaseForm, commit: bool = True) -> Stakeholder:
        """Of two registrations of one address at once the second is answered like one that came later."""
        try:
            with transaction.atomic():
                saved: Stakeholder = super().save_user(request, user, form, commit)
        except IntegrityError as error:
            raise ImmediateHttpResponse(prevent_enumeration(request, email=form.cleaned_data["email"])) from error
        return saved

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the account; an address without an account is answered in the language of the page.

        An address that cannot exist gets nothing, and the page says the same as to any other.
        """
        if len(email) > LONGEST_ADDRESS:
            return
        person = account_of(email, context)
        values = {**context, "email": email, "person": person, "site_url": settings.SITE_URL}
        with translation.override(person.language if person else translation.get_language()):
            message = Message(
                key=f"account:{uuid4()}",
                kind=ACCOUNT_KIND + template_prefix.rsplit("/", 1)[-1],
                recipient=email,
                subject=" ".join(render_to_string(f"{template_prefix}_subject.txt", values).split())[:250],
                text=render_to_string(f"{template_prefix}_message.txt", values).strip() + "\n",
                html=render_to_string(f"{template_prefix}_message.html", values),
                person=person,
            )
        post(message, due_at=timezone.now() - AHEAD)


def account_of(email: str, context: dict[str, Any]) -> Stakeholder | None:
    """Whom allauth writes to. Somebody who only claims an address, without having proved it, is not meant by it."""
    user = context.get("user")
    if isinstance(user, Stakeholder):
        return user
    proved = Q(emailaddress__email__iexact=email, emailaddress__verified=True)
    person: Stakeholder | None = Stakeholder.objects.filter(Q(email__iexact=email) | proved).first()
    return person


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Our sentences, and who may not take off the second factor."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "Damit hat es nicht geklappt. Ein Code aus der App gilt etwa eine halbe Minute und nur einmal; "
            "bitte nehmen Sie den, der jetzt angezeigt wird."
        ),
        "unverified_email": _("Bitte bestätigen Sie zuerst alle Ihre E-Mail-Adressen, oder entfernen Sie die anderen."),
        "cannot_generate_recovery_codes": _(
            "Wiederherstellungscodes gibt es zu einem zweiten Faktor. Bitte richten Sie zuerst einen ein."
        ),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """allauth asks with a key of its list of sentences; ours depends on the case."""
        try:
            refuse_removal(authenticator)
        except Refusal as refusal:
            self.error_messages = {**self.error_messages, "cannot_delete_authenticator": refusal.sentence}
            return False
        return True

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name a device shows beside the passkey; it is bound to the host."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": settings.MFA_TOTP_ISSUER}


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in through the provider of OpenID Connect that the environment names."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "invalid_token": _("Die Anmeldung über den Anbieter ist fehlgeschlagen. Bitte versuchen Sie es noch einmal."),
        "no_password": _("Legen Sie zuerst ein Passwort fest. Dann können Sie diese Verbindung trennen."),
        "no_verified_email": _("Bestätigen Sie zuerst eine E-Mail-Adresse. Dann können Sie diese Verbindung trennen."),
        "connected_other": _("Dieser Zugang gehört schon zu einem anderen Konto des Portals."),
    }
