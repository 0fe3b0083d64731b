from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from stakeholders.models import Stakeholder


@dataclass(frozen=True)
class Attachment:
    name: str
    content_type: str
    content: str


@dataclass(frozen=True)
class Message:
    """A finished mail. `key` is unique per fact and recipient: posting the same key again sends nothing.

    Without a `recipient` (somebody who has no address) it is not posted at all.
    """

    key: str
    kind: str
    recipient: str
    subject: str
    text: str
    html: str = ""
    person: Stakeholder | None = None
    attachments: tuple[Attachment, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)


def render_message(
    template: str,
    *,
    key: str,
    kind: str,
    person: Stakeholder,
    context: dict[str, object],
    attachments: tuple[Attachment, ...] = (),
) -> Message:
    """A message to `person` in their language, from the triple templates/mails/<template>.{subject.txt,txt,html}.

    The templates also see `person` and `site_url`, because links in mails are absolute.
    """
    with translation.override(person.language):
        values = {**context, "person": person, "site_url": settings.SITE_URL}
        subject = " ".join(render_to_string(f"mails/{template}.subject.txt", values).split())
        return Message(
            key=key,
            kind=kind,
            recipient=person.mail_address,
            subject=subject[:250],
            text=render_to_string(f"mails/{template}.txt", values).strip() + "\n",
            html=render_to_string(f"mails/{template}.html", values),
            person=person,
            attachments=attachments,
        )
