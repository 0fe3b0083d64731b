from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from stakeholders.models.district import District
from stakeholders.models.group import StakeholderGroup
from stakeholders.models.organisation import Organisation


class StakeholderQuerySet(models.QuerySet["Stakeholder"]):
    def taking_part(self) -> Self:
        """Active people of the process itself; staff of project office and ministry are not counted as stakeholders."""
        return self.filter(is_active=True, role=Stakeholder.Role.STAKEHOLDER)

    def with_complete_profile(self) -> Self:
        return self.filter(group__isnull=False, district__isnull=False).exclude(last_name="")


class StakeholderManager(BaseUserManager["Stakeholder"].from_queryset(StakeholderQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Stakeholder":
        person: Stakeholder = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Stakeholder":
        fields.setdefault("role", Stakeholder.Role.PROJECT_OFFICE)
        return self.create_user(email, password, is_superuser=True, **fields)


class Stakeholder(AbstractBaseUser, PermissionsMixin):
    """A person taking part; also the account one signs in with.

    The declared group decides how a rating counts, so taking part needs a complete profile: name, group and district.
    """

    class Role(models.TextChoices):
        STAKEHOLDER = "stakeholder", _("Akteurin / Akteur")
        PROJECT_OFFICE = "project_office", _("Projektbüro")
        MINISTRY = "ministry", _("Ministerium")

    email = models.EmailField(_("E-Mail-Adresse"), unique=True)
    first_name = models.CharField(_("Vorname"), max_length=80, blank=True)
    last_name = models.CharField(_("Nachname"), max_length=80, blank=True)
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
    wants_theses = models.BooleanField(_("Themen und Thesen einbringen"), default=False)
    wants_results = models.BooleanField(_("Arbeit und Ergebnisse verfolgen"), default=False)
    wants_events = models.BooleanField(_("An Veranstaltungen teilnehmen"), default=False)
    language = models.CharField(
        _("Sprache"), max_length=2, choices=[("de", "Deutsch"), ("en", "English")], default="de"
    )
    is_active = models.BooleanField(_("aktiv"), default=True)
    demo = models.BooleanField(_("Demonstration"), default=False, editable=False)
    date_joined = models.DateTimeField(_("registriert am"), auto_now_add=True)

    objects = StakeholderManager()

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
        indexes = [
            models.Index(fields=("group", "district"), name="stakeholder_group_district"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.email

    @property
    def display_name(self) -> str:
        """What others see beside own contributions: the name, never the address."""
        return self.get_full_name() or str(_("Teilnehmerin / Teilnehmer"))

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
