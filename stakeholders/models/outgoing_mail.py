from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ACCOUNT_KIND = "account:"
"""What the kinds of all mails about signing in and passwords begin with."""


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def needing_human(self) -> Self:
        """Rows that no worker touches any more: refused for good, or in flight when a worker died."""
        return self.filter(
            models.Q(state=OutgoingMail.State.FAILED)
            | models.Q(state=OutgoingMail.State.SENDING, claimed_until__isnull=True)
            | models.Q(state=OutgoingMail.State.SENDING, claimed_until__lte=timezone.now())
        )


class OutgoingMail(models.Model):
    """A finished message that waits for a worker, is on its way, or has arrived.

    UNWRITTEN -> QUEUED: where many are told at once, or somebody waits for a page, the row at first only names what
    its text is `about`; the app that knows it writes it in the background (`stakeholders.domain.writing`).
    QUEUED -> CLAIMED (a worker holds it until `claimed_until`; an expired claim falls back to QUEUED, nothing was sent)
    -> SENDING (handed to the mail server until `claimed_until` at the latest; a row left here after that, or without
    that time, may or may not have arrived, so only a human moves it)
    -> SENT, or FAILED with the server's words, or QUEUED again with a later `due_at`.
    The unique `key` makes posting the same fact twice harmless. No key upwards: the apps above finish the text.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        UNWRITTEN = "unwritten", _("wird geschrieben")
        QUEUED = "queued", _("wartet")
        CLAIMED = "claimed", _("in Arbeit")
        SENDING = "sending", _("wird übergeben")
        SENT = "sent", _("gesendet")
        FAILED = "failed", _("fehlgeschlagen")
        CANCELLED = "cancelled", _("zurückgezogen")

    key = models.CharField(_("Schlüssel"), max_length=200, unique=True)
    kind = models.CharField(_("Art"), max_length=60)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="outgoing_mails",
        verbose_name=_("Person"),
    )
    recipient = models.EmailField(_("Empfänger"))
    about = models.JSONField(_("wovon"), default=dict, blank=True, help_text=_("Nummern der Zeilen, je Wort eine"))
    subject = models.CharField(_("Betreff"), max_length=250)
    text = models.TextField(_("Text"))
    html = models.TextField("HTML", blank=True)
    attachments = models.JSONField(
        _("Anlagen"), default=list, blank=True, help_text=_("Liste aus name, content_type und content (Text)")
    )
    headers = models.JSONField(_("Kopfzeilen"), default=dict, blank=True)
    state = models.CharField(_("Stand"), max_length=12, choices=State.choices, default=State.QUEUED)
    due_at = models.DateTimeField(_("fällig am"))
    attempts = models.PositiveSmallIntegerField(_("Versuche"), default=0)
    claim = models.UUIDField(null=True, blank=True, editable=False)
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    last_error = models.TextField(_("letzter Fehler"), blank=True)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)
    sent_at = models.DateTimeField(_("gesendet am"), null=True, blank=True)
    message_hash = models.CharField(max_length=40, blank=True, editable=False)
    """What stands before the @ of the Message-ID since it was first handed over; a bounce that names it is genuine."""
    bounced_at = models.DateTimeField(_("als unzustellbar zurück am"), null=True, blank=True, editable=False)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("Nachricht")
        verbose_name_plural = _("Nachrichten")
        indexes = [
            models.Index(fields=("kind",), name="mail_kind"),
            models.Index(fields=("due_at", "id"), condition=models.Q(state="queued"), name="mail_due"),
            models.Index(fields=("due_at", "id"), condition=models.Q(state="unwritten"), name="mail_unwritten"),
            models.Index(fields=("claimed_until",), condition=models.Q(state="claimed"), name="mail_claimed"),
            models.Index(fields=("message_hash",), condition=~models.Q(message_hash=""), name="mail_message_hash"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def in_flight(self) -> bool:
        """Whether a worker may be handing this message over right now."""
        return bool(
            self.state == self.State.SENDING and self.claimed_until is not None and self.claimed_until > timezone.now()
        )

    @property
    def is_confidential(self) -> bool:
        """Mails about an account carry codes that open it: nobody but the recipient may read them."""
        return self.kind.startswith(ACCOUNT_KIND)
