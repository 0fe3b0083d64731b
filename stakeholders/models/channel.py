from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How something reached the portal; anything but WEB and IMPORT was written down by the project office."""

    WEB = "web", _("über das Portal")
    EMAIL = "email", _("per E-Mail")
    PHONE = "phone", _("am Telefon")
    LETTER = "letter", _("per Brief")
    IN_PERSON = "in_person", _("im Gespräch")
    IMPORT = "import", _("aus einer Liste")


BY_OFFICE = tuple((way.value, way.label) for way in (Channel.EMAIL, Channel.PHONE, Channel.LETTER, Channel.IN_PERSON))
"""Choices of what the office writes down for others."""
