"""Kinds of places at an event, and how many are left."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Place(models.TextChoices):
    """A kind of place at an event."""

    ON_SITE = "on_site", _("vor Ort")
    ONLINE = "online", _("online")


@dataclass(frozen=True)
class PlacesLeft:
    """How many people still find a place of one kind. `left` is None without a limit, and below zero where the
    capacity was lowered after registration."""

    kind: Place
    left: int | None

    @property
    def is_full(self) -> bool:
        return self.left is not None and self.left <= 0
