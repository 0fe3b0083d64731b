from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stakeholders.address import address
from stakeholders.models import Mandate, Organisation, Stakeholder
from theses.models.thesis import Thesis


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def shown(self) -> Self:
        """What stands in the discussion; removed ones keep their place if somebody answered, without their text."""
        return self.filter(state=Contribution.State.SHOWN)

    def top_level(self) -> Self:
        return self.filter(parent__isnull=True)

    def placed(self) -> Self:
        """What has a place in the discussion: all that is shown, and what others have answered."""
        return self.filter(models.Q(state=Contribution.State.SHOWN) | models.Q(answer_count__gt=0))

    def editable_by(self, user: Stakeholder | AnonymousUser) -> Self:
        return self.shown().filter(author=user) if user.is_authenticated else self.none()

    def drawn_for(self, user: Stakeholder | AnonymousUser) -> Self:
        """With all that a page shows of each, `is_marked` (helpful, by this visitor) included, in one query."""
        marks = HelpfulMark.objects.filter(contribution=models.OuterRef("pk"), person=user.pk)
        rows = self.select_related("author__group", "author__district", "author__organisation", "organisation")
        return rows.annotate(is_marked=models.Exists(marks))


class Contribution(models.Model):
    """One remark in the discussion of a thesis; answers stand one level deep under what they answer.

    OFFICIAL ones are the project office's answers. `helpful_count` is kept exact with every mark, `answer_count` with
    every answer; it counts those that are shown. What was withdrawn has no text any more.
    """

    EDIT_WITHIN = timedelta(minutes=30)
    TEXT_LENGTH = 2000

    class Kind(models.TextChoices):
        PRO = "pro", _("Pro")
        CONTRA = "contra", _("Contra")
        QUESTION = "question", _("Frage")
        EXPERIENCE = "experience", _("Erfahrung")
        ANSWER = "answer", _("Antwort")

    class State(models.TextChoices):
        SHOWN = "shown", _("sichtbar")
        WITHDRAWN = "withdrawn", _("zurückgezogen")
        REMOVED = "removed", _("nach einer Meldung entfernt")

    thesis = models.ForeignKey(Thesis, models.CASCADE, related_name="contributions", verbose_name=_("These"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="answers", verbose_name=_("Antwort auf")
    )
    kind = models.CharField(_("Art"), max_length=10, choices=Kind.choices)
    text = models.TextField(_("Beitrag"), max_length=2000)
    text_language = models.CharField(_("Sprache des Textes"), max_length=3, default="de", choices=Thesis.TEXT_LANGUAGES)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("geschrieben von"),
    )
    mandate = models.ForeignKey(
        Mandate, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Mandat")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("für Organisation"),
    )
    is_official = models.BooleanField(_("Antwort des Projektbüros"), default=False)
    state = models.CharField(_("Stand"), max_length=9, choices=State.choices, default=State.SHOWN)
    helpful_count = models.PositiveIntegerField(_("hilfreich"), default=0, editable=False)
    answer_count = models.PositiveIntegerField(_("Antworten"), default=0, editable=False)
    written_at = models.DateTimeField(_("geschrieben am"))
    edited_at = models.DateTimeField(_("geändert am"), null=True, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ("-written_at", "-pk")
        verbose_name = _("Beitrag")
        verbose_name_plural = _("Beiträge")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) ^ models.Q(kind="answer"), name="contribution_answer_has_parent"
            )
        ]
        indexes = [
            models.Index(
                fields=("thesis", "-written_at"), condition=models.Q(parent__isnull=True), name="contribution_newest"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        """The page of a strand; answers stand on that of what they answer."""
        strand = address("theses:contribution_detail", self.thesis_id, self.thesis.slug, self.parent_id or self.pk)
        return f"{strand}#beitrag-{self.pk}" if self.parent_id else strand

    @property
    def speaking_for(self) -> str:
        """Beside the author's name; empty for what somebody says personally."""
        if self.organisation is None:
            return ""
        return gettext("für %(name)s (Mandat)") % {"name": self.organisation}

    @property
    def is_shown(self) -> bool:
        return self.state == self.State.SHOWN

    @property
    def editable_until(self) -> datetime:
        return self.written_at + self.EDIT_WITHIN

    @property
    def is_fresh(self) -> bool:
        """Whether its author may still change the words."""
        return self.is_shown and timezone.now() < self.editable_until


class HelpfulMark(models.Model):
    """That a person found a contribution helpful; one per person, may be taken back."""

    contribution = models.ForeignKey(
        Contribution, models.CASCADE, related_name="helpful_marks", verbose_name=_("Beitrag")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="helpful_marks", verbose_name=_("Person")
    )
    at = models.DateTimeField(_("am"), auto_now_add=True)

    class Meta:
        verbose_name = _("Markierung als hilfreich")
        verbose_name_plural = _("Markierungen als hilfreich")
        constraints = [models.UniqueConstraint(fields=("contribution", "person"), name="helpful_mark_unique")]

    def __str__(self) -> str:
        return f"{self.contribution_id}"


class Follow(models.Model):
    """A person who wants to be told by mail when something happens to a thesis."""

    thesis = models.ForeignKey(Thesis, models.CASCADE, related_name="followers", verbose_name=_("These"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="followed_theses", verbose_name=_("Person")
    )
    at = models.DateTimeField(_("seit"), auto_now_add=True)

    class Meta:
        verbose_name = _("gefolgte These")
        verbose_name_plural = _("gefolgte Thesen")
        constraints = [models.UniqueConstraint(fields=("thesis", "person"), name="follow_unique")]

    def __str__(self) -> str:
        return f"{self.thesis_id}"
