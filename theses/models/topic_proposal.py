from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models import Topic


class TopicProposalQuerySet(models.QuerySet["TopicProposal"]):
    def waiting(self) -> Self:
        return self.filter(state=TopicProposal.State.WAITING).order_by("proposed_at")


class TopicProposal(models.Model):
    """A subject for the agenda process that somebody misses; accepted, it becomes a topic under which theses gather."""

    class State(models.TextChoices):
        WAITING = "waiting", _("wartet auf Entscheidung")
        ACCEPTED = "accepted", _("aufgenommen")
        DECLINED = "declined", _("nicht aufgenommen")

    name = models.CharField(_("Thema"), max_length=120)
    explanation = models.TextField(_("Warum dieses Thema?"), max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="topic_proposals",
        verbose_name=_("vorgeschlagen von"),
    )
    state = models.CharField(_("Stand"), max_length=8, choices=State.choices, default=State.WAITING)
    decision_reason = models.TextField(_("Begründung der Entscheidung"), max_length=2000, blank=True)
    topic = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("aufgenommen als")
    )
    proposed_at = models.DateTimeField(_("vorgeschlagen am"), auto_now_add=True)
    decided_at = models.DateTimeField(_("entschieden am"), null=True, blank=True)

    objects = TopicProposalQuerySet.as_manager()

    class Meta:
        ordering = ("-proposed_at", "-pk")
        verbose_name = _("Vorschlag eines Themas")
        verbose_name_plural = _("Vorschläge von Themen")

    def __str__(self) -> str:
        return self.name
