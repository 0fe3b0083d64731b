from django.db import models
from django.utils.translation import gettext_lazy as _


class Tag(models.Model):
    """A word by which the project office finds people and organisations again; others never see it."""

    name = models.CharField(_("Schlagwort"), max_length=60, unique=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("Schlagwort")
        verbose_name_plural = _("Schlagwörter")

    def __str__(self) -> str:
        return self.name
