"""The form of an event as a browser sends it."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.workshops import WorkshopFactory
from workshops.models import Workshop

FORM = "%Y-%m-%dT%H:%M"
INLINES = ("reminders", "sessions", "questions")
NO_ROWS = {f"{name}-{end}_FORMS": "0" for name in INLINES for end in ("TOTAL", "INITIAL")}


def at(workshop: Workshop, hours: float) -> str:
    """So many hours after the start, as the browser sends it."""
    return timezone.localtime(workshop.starts_at + timedelta(hours=hours)).strftime(FORM)


def values(workshop: Workshop, **fields: Any) -> dict[str, Any]:
    return {
        "title": workshop.title,
        "slug": workshop.slug,
        "format": workshop.format,
        "summary": workshop.summary,
        "starts_at": at(workshop, 0),
        "ends_at": at(workshop, 3),
        "mode": workshop.mode,
        "place": workshop.place,
        "capacity": workshop.capacity or "",
        "reserved": workshop.reserved,
        "companions": workshop.companions,
        "open_registration": "on",
        **NO_ROWS,
        **fields,
    }


def filled_in(**fields: Any) -> dict[str, Any]:
    """A new event, from 18:30 in twenty days."""
    start = timezone.localtime().replace(hour=18, minute=30) + timedelta(days=20)
    new = {"title": "Regionaldialog Görlitz", "slug": "regionaldialog-goerlitz", "format": "regional_dialogue"}
    return values(WorkshopFactory.build(starts_at=start, capacity=2, **new), **fields)


def change(office: Client, workshop: Workshop, **fields: Any) -> str:
    """What the desk reads after saving."""
    address = reverse("admin:workshops_workshop_change", args=[workshop.pk])
    response = office.post(address, values(workshop, **fields), follow=True)
    assert response.status_code == 200
    return response.content.decode()


def row(name: str, workshop: Workshop, number: int = 0, existing: Any = None, **fields: Any) -> dict[str, Any]:
    """One row of an inline, as the browser sends it."""
    stem = f"{name}-{number}-"
    sent = {f"{stem}{field}": value for field, value in fields.items()}
    initial = int(existing is not None)
    return {
        f"{name}-TOTAL_FORMS": "1",
        f"{name}-INITIAL_FORMS": str(initial),
        f"{stem}id": existing.pk if existing else "",
        f"{stem}workshop": workshop.pk,
        **sent,
    }
