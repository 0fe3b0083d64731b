from django.db import models
from django.utils.translation import gettext_lazy as _


class Conversation(models.Model):
    """A finished conversation from elsewhere, kept with its statements and anonymous answers so that anybody can
    compute its figures again. Nothing in it points at an account.

    `summary` holds pairs of name and value, as the source tells them. `fingerprint` is a hash over all of it: the same
    files are stored once.
    """

    slug = models.SlugField(_("Adresse"), max_length=80, unique=True)
    title = models.CharField(_("Titel"), max_length=200)
    summary = models.JSONField(_("Angaben der Quelle"), default=list, blank=True)
    groups = models.JSONField(_("Gruppen"), default=list, blank=True)
    fingerprint = models.CharField(_("Prüfsumme"), max_length=71, unique=True, editable=False)
    imported_at = models.DateTimeField(_("übernommen am"), auto_now_add=True)

    class Meta:
        ordering = ("-imported_at", "-pk")
        verbose_name = _("archivierte Konversation")
        verbose_name_plural = _("archivierte Konversationen")

    def __str__(self) -> str:
        return self.title


class ConversationStatement(models.Model):
    """`number` and all that follows is as the source tells it; `agrees` and `disagrees` count raw votes there.

    `counted`: answers to it count, otherwise it is only known by its text or by raw votes. `described`: the source
    tells more than the number.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="statements")
    number = models.PositiveIntegerField(_("Nummer"))
    counted = models.BooleanField(_("gezählt"))
    described = models.BooleanField(_("beschrieben"))
    text = models.TextField(_("Aussage"), blank=True)
    author = models.PositiveIntegerField(_("Nummer der Verfasserin oder des Verfassers"), null=True, blank=True)
    moderated = models.SmallIntegerField(_("Moderation"), null=True, blank=True)
    agrees = models.PositiveIntegerField(_("Zustimmungen"), null=True, blank=True)
    disagrees = models.PositiveIntegerField(_("Ablehnungen"), null=True, blank=True)
    timestamp = models.BigIntegerField(_("Zeit in Millisekunden"), null=True, blank=True)
    written = models.CharField(_("Zeit in Worten"), max_length=80, blank=True)

    class Meta:
        ordering = ("number",)
        verbose_name = _("archivierte Aussage")
        verbose_name_plural = _("archivierte Aussagen")
        constraints = [
            models.UniqueConstraint(fields=("conversation", "number"), name="conversation_statement_unique"),
            models.CheckConstraint(
                condition=models.Q(moderated__isnull=True) | models.Q(moderated__in=(-1, 0, 1)),
                name="conversation_statement_moderated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.text}"


class ConversationParticipant(models.Model):
    """Somebody without a name. `group` is empty without one; `counted`: their answers count, otherwise only raw votes
    are known of them."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="participants")
    number = models.PositiveIntegerField(_("Nummer"))
    group = models.CharField(_("Gruppe"), max_length=80, blank=True)
    comments = models.PositiveIntegerField(_("eigene Aussagen"), null=True, blank=True)
    counted = models.BooleanField(_("gezählt"))

    class Meta:
        ordering = ("number",)
        verbose_name = _("anonym teilnehmende Person")
        verbose_name_plural = _("anonym teilnehmende Personen")
        constraints = [
            models.UniqueConstraint(fields=("conversation", "number"), name="conversation_participant_unique"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class ConversationAnswer(models.Model):
    """What counts: one answer of a participant to a statement."""

    participant = models.ForeignKey(ConversationParticipant, models.CASCADE, related_name="answers")
    statement = models.ForeignKey(ConversationStatement, models.CASCADE, related_name="answers")
    value = models.SmallIntegerField(_("Antwort"))

    class Meta:
        verbose_name = _("archivierte Antwort")
        verbose_name_plural = _("archivierte Antworten")
        constraints = [
            models.UniqueConstraint(fields=("participant", "statement"), name="conversation_answer_unique"),
            models.CheckConstraint(condition=models.Q(value__in=(-1, 0, 1)), name="conversation_answer_known"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}, {self.statement_id}: {self.value}"


class ConversationVote(models.Model):
    """What was pressed, in the order of the keys: several votes of one participant on a statement are one change of
    mind after the other. `timestamp` in milliseconds since 1970, -1 where the source does not tell."""

    participant = models.ForeignKey(ConversationParticipant, models.CASCADE, related_name="votes")
    statement = models.ForeignKey(ConversationStatement, models.CASCADE, related_name="votes")
    value = models.SmallIntegerField(_("Antwort"))
    timestamp = models.BigIntegerField(_("Zeit in Millisekunden"))
    written = models.CharField(_("Zeit in Worten"), max_length=80, blank=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("archivierte Stimmabgabe")
        verbose_name_plural = _("archivierte Stimmabgaben")
        constraints = [
            models.CheckConstraint(condition=models.Q(value__in=(-1, 0, 1)), name="conversation_vote_known"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}, {self.statement_id}: {self.value}"
