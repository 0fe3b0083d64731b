import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """Who did what to which thing; database triggers refuse every change and deletion.

    The one exception is `domain.audit.redact`, which takes the name of an erased person out of an entry.

    `verb` is a value of an app's `verbs.py`. The target keeps its label, because it may be gone later.
    """

    at = models.DateTimeField(_("Zeitpunkt"), auto_now_add=True, db_index=True)
    verb = models.CharField(_("Vorgang"), max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("handelnde Person"),
    )
    target_type = models.ForeignKey(
        ContentType,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,  # an index begins with it
        verbose_name=_("Art"),
    )
    target_id = models.BigIntegerField(null=True, blank=True)
    target = GenericForeignKey("target_type", "target_id")
    target_label = models.CharField(_("Gegenstand"), max_length=200, blank=True)
    facts = models.JSONField(_("Angaben"), default=dict, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("Protokolleintrag")
        verbose_name_plural = _("Protokoll")
        indexes = [
            models.Index(fields=("verb",), name="audit_verb"),
            models.Index(fields=("target_type", "target_id"), name="audit_target"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="not_emptied",
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                func="RAISE EXCEPTION 'pgtrigger: The audit log cannot be emptied.';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb}: {self.target_label}"
