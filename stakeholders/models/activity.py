from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Activity(models.Model):
    """That a person was invited to, took part in or contributed to something: the history of the relationship.

    The apps above push these facts down, each with a `key` of their own ("thesis:12"), so that one fact has one row and
    telling it again only moves `last_at`. What was said or rated stays with the app that knows it.
    """

    class Kind(models.TextChoices):
        INVITED = "invited", _("eingeladen")
        REGISTERED = "registered", _("angemeldet")
        ATTENDED = "attended", _("teilgenommen")
        CONTRIBUTED = "contributed", _("beigetragen")
        TOOK_STANCE = "took_stance", _("Haltung bezogen")
        ASSESSED = "assessed", _("bewertet")

    PASSIVE = (Kind.INVITED,)
    """Being asked is no activity of one's own."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="activities",
        db_index=False,  # the constraint begins with it
        verbose_name=_("Person"),
    )
    kind = models.CharField(_("Art"), max_length=12, choices=Kind.choices)
    key = models.CharField(_("Schlüssel"), max_length=80)
    label = models.CharField(_("Gegenstand"), max_length=300)
    address = models.CharField(_("Adresse"), max_length=300, blank=True)
    first_at = models.DateTimeField(_("zuerst am"))
    last_at = models.DateTimeField(_("zuletzt am"))

    class Meta:
        ordering = ("-last_at", "-pk")
        verbose_name = _("Mitwirkung")
        verbose_name_plural = _("Mitwirkungen")
        constraints = [models.UniqueConstraint(fields=("person", "kind", "key"), name="activity_unique")]
        indexes = [
            models.Index(fields=("kind", "key"), name="activity_of_thing"),
            models.Index(fields=("kind", "person", "last_at"), name="activity_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.label}"
