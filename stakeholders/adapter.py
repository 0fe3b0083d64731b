from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
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
from stakeholders.mails import Message
from stakeholders.models import Stakeholder
from stakeholders.models.outgoing_mail import ACCOUNT_KIND

LONGEST_ADDRESS = 254
"""Of an e-mail address, RFC 5321; allauth would cut a longer one off and create an account nobody can reach."""

AHEAD = timedelta(minutes=10)
"""Somebody sits in front of the form and waits for the code: due this much earlier, it overtakes a mass mailing."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Lets allauth's mails (codes, notices of changed passwords) go through the outbox like all others."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _(
            "Dieser Code stimmt nicht. Bitte vergleichen Sie ihn mit der neuesten E-Mail "
            "oder fordern Sie einen neuen an."
        ),
    }

    def new_user(self, request: HttpRequest) -> Stakeholder:
        """Whoever registers on the English pages is written to in English, from the first code on."""
        return Stakeholder(language=translation.get_language() or settings.LANGUAGE_CODE)

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
