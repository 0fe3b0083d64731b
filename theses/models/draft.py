from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ThesisDraft(models.Model):
    """What somebody has typed into the form of a new thesis and not yet sent; one per person, seen by nobody else.

    `fields` are the words of the form as typed, valid or not.
    """

    author = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="thesis_draft", verbose_name=_("Person")
    )
    fields = models.JSONField(_("Angaben"), default=dict)
    saved_at = models.DateTimeField(_("gespeichert am"), auto_now=True)

    class Meta:
        verbose_name = _("Entwurf einer These")
        verbose_name_plural = _("Entwürfe von Thesen")

    def __str__(self) -> str:
        return f"{self.author_id}"
