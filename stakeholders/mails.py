from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from stakeholders.models import ContentReport, Enquiry, EnquiryMessage, GroupChange, Mandate, Stakeholder


@dataclass(frozen=True)
class Attachment:
    """`encoding`: "base64" where `content` stands for bytes. With a `cid` it is a picture that the HTML shows by it."""

    name: str
    content_type: str
    content: str
    encoding: str = ""
    cid: str = ""


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
    return render_message_to(
        template,
        key=key,
        kind=kind,
        recipient=person.mail_address,
        language=person.language,
        context=context,
        person=person,
        attachments=attachments,
    )


def render_message_to(
    template: str,
    *,
    key: str,
    kind: str,
    recipient: str,
    language: str,
    context: dict[str, object],
    person: Stakeholder | None = None,
    attachments: tuple[Attachment, ...] = (),
) -> Message:
    """The same to an address that belongs to nobody's account; `person` if it does after all."""
    with translation.override(language):
        values = {**context, "person": person, "site_url": settings.SITE_URL}
        subject = " ".join(render_to_string(f"mails/{template}.subject.txt", values).split())
        return Message(
            key=key,
            kind=kind,
            recipient=recipient,
            subject=subject[:250],
            text=render_to_string(f"mails/{template}.txt", values).strip() + "\n",
            html=render_to_string(f"mails/{template}.html", values),
            person=person,
            attachments=attachments,
        )


def group_change_decided(change: GroupChange) -> Message:
    context: dict[str, object] = {"change": change}
    return render_message(
        f"stakeholders/group_change_{change.state}",
        key=f"group_change:{change.pk}:{change.state}",
        kind="group_change_decided",
        person=change.person,
        context=context,
    )


def mandate_message(name: str, mandate: Mandate, person: Stakeholder) -> Message:
    """One of the mails about a mandate: requested (to a colleague), confirmed, refused, named, ending, ended."""
    key = f"mandate:{mandate.pk}:{name}:{person.pk}:{mandate.ends_on or ''}"
    context: dict[str, object] = {"mandate": mandate, "organisation": mandate.organisation}
    return render_message(
        f"stakeholders/mandate_{name}", key=key, kind=f"mandate_{name}", person=person, context=context
    )


def report_received(report: ContentReport) -> Message:
    return _to_reporter("content_report_received", report)


def report_decided_reporter(report: ContentReport) -> Message:
    return _to_reporter("content_report_decided", report)


def report_decided_author(report: ContentReport, author: Stakeholder) -> Message:
    """Never names the reporter nor their words."""
    context: dict[str, object] = {"report": report, "removed": report.state == ContentReport.State.REMOVED}
    return render_message(
        "stakeholders/content_report_author",
        key=f"content_report:{report.pk}:author",
        kind="content_report_author",
        person=author,
        context=context,
    )


def _to_reporter(name: str, report: ContentReport) -> Message:
    return render_message_to(
        f"stakeholders/{name}",
        key=f"content_report:{report.pk}:{name}",
        kind=name,
        recipient=report.answer_address,
        language=report.language,
        context={"report": report, "removed": report.state == ContentReport.State.REMOVED},
        person=report.reporter,
    )


def enquiry_received(enquiry: Enquiry, link: str) -> Message:
    """Repeats nothing of what was typed, because anybody can type anybody's address."""
    return _to_asker("enquiry_received", enquiry, f"enquiry:{enquiry.pk}:received", {"link": link})


def enquiry_answered(enquiry: Enquiry, answer: EnquiryMessage, link: str) -> Message:
    return _to_asker("enquiry_answered", enquiry, f"enquiry:answer:{answer.pk}", {"link": link, "answer": answer})


def _to_asker(name: str, enquiry: Enquiry, key: str, context: dict[str, object]) -> Message:
    return render_message_to(
        f"stakeholders/{name}",
        key=key,
        kind=name,
        recipient=enquiry.email,
        language=enquiry.language,
        context={"enquiry": enquiry, **context},
        person=enquiry.person,
    )
