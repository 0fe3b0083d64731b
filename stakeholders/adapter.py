from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter

from stakeholders.domain.outbox import post
from stakeholders.mails import Message


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Lets allauth's mails (codes, notices of changed passwords) go through the outbox like all others."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        mail = self.render_mail(template_prefix, email, context)
        html = next((content for content, kind in getattr(mail, "alternatives", ()) if kind == "text/html"), "")
        post(
            Message(
                key=f"account:{uuid4()}",
                kind=template_prefix.rsplit("/", 1)[-1],
                recipient=email,
                subject=mail.subject,
                text=mail.body,
                html=html,
            )
        )
