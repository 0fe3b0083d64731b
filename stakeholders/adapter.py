from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from stakeholders.domain.outbox import post
from stakeholders.mails import Message
from stakeholders.models import Stakeholder
from stakeholders.models.outgoing_mail import ACCOUNT_KIND

AHEAD = timedelta(minutes=10)
"""Somebody sits in front of the form and waits for the code: due this much earlier, it overtakes a mass mailing."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Lets allauth's mails (codes, notices of changed passwords) go through the outbox like all others."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the account; an address without an account is answered in the language of the page."""
        person = Stakeholder.objects.filter(Q(email__iexact=email) | Q(emailaddress__email__iexact=email)).first()
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
