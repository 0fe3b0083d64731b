from django.db import models
from django.utils.translation import gettext_lazy as _

from theses.models.conversation import Conversation


class ConversationImport(models.Model):
    """Uploaded files of a conversation: first read without storing anything, then taken over as a whole or thrown away.

    `content` is a zip file. Somebody may be named in it, so it is emptied when the import is done or discarded, and
    after seven days at the latest. `counts`: what the dry run found, {participants, theses, answers, votes, statements,
    groups: [[name, people], ...], known: address in the archive or ""}. `trouble`: one sentence a line, `language`:
    that of the sentences.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("wird geprüft")
        READY = "ready", _("geprüft, noch nichts gespeichert")
        CONFIRMED = "confirmed", _("bestätigt, wird übernommen")
        DONE = "done", _("übernommen")
        DISCARDED = "discarded", _("verworfen")
        FAILED = "failed", _("fehlgeschlagen")

    title = models.CharField(
        _("Titel"),
        max_length=200,
        blank=True,
        help_text=_("Gilt nur, wenn summary.csv kein Thema nennt. Ohne Angabe gilt der Name der ZIP-Datei."),
    )
    state = models.CharField(_("Stand"), max_length=10, choices=State.choices, default=State.WAITING)
    content = models.BinaryField(default=b"", blank=True, editable=False)
    counts = models.JSONField(_("Ergebnis"), default=dict, blank=True, editable=False)
    trouble = models.TextField(_("Fehler"), blank=True)
    language = models.CharField(_("Sprache"), max_length=8, editable=False)
    conversation = models.ForeignKey(
        Conversation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("archivierte Konversation"),
    )
    created_at = models.DateTimeField(_("hochgeladen am"), auto_now_add=True)
    finished_at = models.DateTimeField(_("abgeschlossen am"), null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("Import einer Konversation")
        verbose_name_plural = _("Importe von Konversationen")

    def __str__(self) -> str:
        return self.title
