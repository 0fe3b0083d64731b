from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalTextQuerySet(models.QuerySet["LegalText"]):
    def current(self) -> Self:
        """The newest published version of each text and language."""
        return self.order_by("name", "language", "-number").distinct("name", "language")


class LegalText(models.Model):
    """One version of a text the portal must be able to show again later: notices, statements, wordings of consents.

    A version is never changed; the project office writes the next one. While a text has no version the template of
    the software stands.
    """

    class Name(models.TextChoices):
        IMPRINT = "imprint", _("Impressum")
        PRIVACY = "privacy", _("Datenschutzhinweise")
        ACCESSIBILITY = "accessibility", _("Erklärung zur Barrierefreiheit")
        EASY_LANGUAGE = "easy_language", _("Leichte Sprache")
        SECURITY = "security", "security.txt"
        GUIDELINES = "guidelines", _("Regeln für Beiträge")
        CONSENT_NEWSLETTER = "consent_newsletter", _("Einwilligung: Rundbrief")
        CONSENT_VISIBILITY = "consent_visibility", _("Einwilligung: Sichtbarkeit für andere")

    name = models.CharField(_("Text"), max_length=20, choices=Name.choices)
    language = models.CharField(
        _("Sprache"), max_length=2, choices=[("de", "Deutsch"), ("en", "English")], default="de"
    )
    number = models.PositiveIntegerField(_("Fassung"), editable=False)
    title = models.CharField(_("Überschrift"), max_length=120)
    body = models.TextField(
        _("Text"), help_text=_("Markdown: Überschriften mit ##, Listen mit -, Verweise [Text](Adresse).")
    )
    published_at = models.DateTimeField(_("veröffentlicht am"), auto_now_add=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        editable=False,
        related_name="+",
        verbose_name=_("veröffentlicht von"),
    )

    objects = LegalTextQuerySet.as_manager()

    class Meta:
        ordering = ("name", "language", "-number")
        verbose_name = _("Fassung eines Textes")
        verbose_name_plural = _("Texte und ihre Fassungen")
        constraints = [models.UniqueConstraint(fields=("name", "language", "number"), name="legal_text_unique")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_name_display()} ({self.language}), {_('Fassung')} {self.number}"
