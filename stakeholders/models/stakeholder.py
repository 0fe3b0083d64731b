from typing import Any, Self

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from stakeholders.models.district import District
from stakeholders.models.group import StakeholderGroup
from stakeholders.models.organisation import Organisation
from stakeholders.models.tag import Tag
from stakeholders.models.topic import Topic


class LegalBasis(models.TextChoices):
    """Why the office may hold what it knows about somebody who did not register themselves."""

    PUBLIC_TASK = "public_task", _("öffentliche Aufgabe (Art. 6 Abs. 1 Buchst. e DSGVO)")
    CONSENT = "consent", _("Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO)")


class StakeholderQuerySet(models.QuerySet["Stakeholder"]):
    def taking_part(self) -> Self:
        """Active people of the process itself; staff of project office and ministry are not counted as stakeholders."""
        return self.filter(is_active=True, role=Stakeholder.Role.STAKEHOLDER)

    def with_complete_profile(self) -> Self:
        return self.filter(group__isnull=False, district__isnull=False).exclude(last_name="")


class StakeholderManager(BaseUserManager["Stakeholder"].from_queryset(StakeholderQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> "Stakeholder":
        person: Stakeholder = self.model(email=self.normalize_email(email).lower() or None, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Stakeholder":
        fields.setdefault("role", Stakeholder.Role.PROJECT_OFFICE)
        return self.create_user(email, password, is_superuser=True, **fields)


class Stakeholder(AbstractBaseUser, PermissionsMixin):
    """A person taking part; also the account one signs in with, unless they have no address.

    The declared group decides how a rating counts, so taking part needs a complete profile: name, group and district.
    Whom the project office wrote down or imported has not used the account before `claimed_at`.
    `mail_bounced_at`: a mail server said for good that nobody has this address; a new address is unmarked by a trigger,
    whoever changes it. See `stakeholders.domain.bounce`.
    """

    class Role(models.TextChoices):
        STAKEHOLDER = "stakeholder", _("Akteurin / Akteur")
        PROJECT_OFFICE = "project_office", _("Projektbüro")
        MINISTRY = "ministry", _("Ministerium")

    class Origin(models.TextChoices):
        SELF = "self", _("selbst registriert")
        OFFICE = "office", _("vom Projektbüro erfasst")
        IMPORT = "import", _("aus einer Liste übernommen")

    email = models.EmailField(_("E-Mail-Adresse"), unique=True, null=True, blank=True)
    form_of_address = models.CharField(_("Anrede"), max_length=40, blank=True)
    first_name = models.CharField(_("Vorname"), max_length=80, blank=True)
    last_name = models.CharField(_("Nachname"), max_length=80, blank=True)
    function = models.CharField(_("Funktion"), max_length=120, blank=True)
    role = models.CharField(_("Rolle"), max_length=20, choices=Role.choices, default=Role.STAKEHOLDER)
    group = models.ForeignKey(
        StakeholderGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stakeholders",
        verbose_name=_("Akteursgruppe"),
    )
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="stakeholders", verbose_name=_("Kreis")
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="people", verbose_name=_("Organisation")
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="people", verbose_name=_("Themen"))
    wants_theses = models.BooleanField(_("Themen und Thesen einbringen"), default=False)
    wants_results = models.BooleanField(_("Arbeit und Ergebnisse verfolgen"), default=False)
    wants_events = models.BooleanField(_("An Veranstaltungen teilnehmen"), default=False)
    language = models.CharField(
        _("Sprache"), max_length=2, choices=[("de", "Deutsch"), ("en", "English")], default="de"
    )
    shows_function = models.BooleanField(_("meine Funktion"), default=False)
    shows_organisation = models.BooleanField(_("meine Organisation"), default=False)
    shows_group = models.BooleanField(_("meine Akteursgruppe"), default=False)
    shows_district = models.BooleanField(_("meinen Kreis"), default=False)
    tags = models.ManyToManyField(Tag, blank=True, related_name="people", verbose_name=_("Schlagwörter"))
    origin = models.CharField(_("Herkunft"), max_length=6, choices=Origin.choices, default=Origin.SELF, editable=False)
    legal_basis = models.CharField(
        _("Rechtsgrundlage"), max_length=12, choices=LegalBasis.choices, default=LegalBasis.PUBLIC_TASK
    )
    source = models.CharField(_("Herkunft der Angaben"), max_length=200, blank=True)
    claimed_at = models.DateTimeField(_("Zugang übernommen am"), null=True, blank=True, editable=False)
    mail_bounced_at = models.DateTimeField(_("Adresse unzustellbar seit"), null=True, blank=True, editable=False)
    mail_bounce_words = models.CharField(_("Meldung des Mailservers"), max_length=300, blank=True, editable=False)
    last_active_at = models.DateTimeField(_("zuletzt aktiv am"), null=True, blank=True, editable=False)
    profile_version = models.PositiveIntegerField(default=0, editable=False)
    """Counts what was saved, so that a form that was opened before the last save is told."""
    is_active = models.BooleanField(_("aktiv"), default=True)
    demo = models.BooleanField(_("Demonstration"), default=False, editable=False)
    date_joined = models.DateTimeField(_("registriert am"), auto_now_add=True)

    objects = StakeholderManager()

    VISIBLE = ("function", "organisation", "group", "district")
    """What a person may show to others, each by a switch of its own (`shows_function`, ...)."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        ordering = ("last_name", "first_name", "pk")
        verbose_name = _("Akteurin / Akteur")
        verbose_name_plural = _("Akteurinnen und Akteure")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="stakeholder_email_unique",
                violation_error_message=_("Diese E-Mail-Adresse wird bereits verwendet."),
            ),
        ]
        # None on `last_active_at`: it changes with whatever people do, and PostgreSQL then rewrites no other index.
        indexes = [
            models.Index(fields=("group", "district"), name="stakeholder_group_district"),
            GinIndex(
                OpClass(Lower(Concat("first_name", models.Value(" "), "last_name")), "gin_trgm_ops"),
                name="stakeholder_name_trigram",
            ),
            GinIndex(OpClass("email", "gin_trgm_ops"), name="stakeholder_email_trigram"),
            models.Index(fields=("last_name", "first_name", "id"), name="stakeholder_by_name"),
            models.Index(
                fields=("mail_bounced_at",),
                condition=models.Q(mail_bounced_at__isnull=False),
                name="stakeholder_bounced",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="new_address",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("email"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(old__email__df=pgtrigger.F("new__email")),
                func="NEW.mail_bounced_at = NULL; NEW.mail_bounce_words = ''; RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email or str(_("Person ohne Namen"))

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or str(self)

    @property
    def display_name(self) -> str:
        """What others see beside own contributions: the name, never the address."""
        return self.get_full_name() or str(_("Teilnehmerin / Teilnehmer"))

    @property
    def shown_lines(self) -> list[str]:
        """What the person lets others see beside the name. Whoever asks fetches the three rows with the person."""
        shown = [getattr(self, name) for name in self.VISIBLE if getattr(self, f"shows_{name}")]
        return [str(value) for value in shown if value]

    @property
    def mail_address(self) -> str:
        """Empty for somebody without one, whom the outbox leaves out: the project office tells them in another way."""
        return self.email or ""

    @property
    def is_claimed(self) -> bool:
        """Whether the person has ever used the account; until then it is an entry in the office's address book."""
        return self.origin == self.Origin.SELF or self.claimed_at is not None

    @property
    def needs_second_factor(self) -> bool:
        """Everybody who sees more of others than the public does."""
        return self.is_superuser or self.role != self.Role.STAKEHOLDER

    @property
    def is_staff(self) -> bool:
        """Whether the Django admin opens; staff of the ministry read reports but do not curate."""
        return self.is_superuser or self.role == self.Role.PROJECT_OFFICE

    @property
    def has_complete_profile(self) -> bool:
        return bool(self.last_name and self.group_id and self.district_id)

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """The project office may do everything that the admin classes offer; a superuser also assigns roles."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff
