from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Selection(models.Model):
    """A named set of search criteria of the stakeholder desk; who belongs to it is looked up each time it is used.

    `criteria` holds the words of the desk's address: {name of the field: list of values}.
    """

    name = models.CharField(_("Name"), max_length=120, unique=True)
    criteria = models.JSONField(_("Kriterien"), default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("angelegt von"),
    )
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("Auswahl")
        verbose_name_plural = _("Auswahlen")

    def __str__(self) -> str:
        return self.name
