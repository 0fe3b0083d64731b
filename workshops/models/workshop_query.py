from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import RawSQL
from django.utils import timezone

from stakeholders.models import Stakeholder
from stakeholders.search import matching
from workshops.models.place import Place

if TYPE_CHECKING:
    from workshops.models.workshop import Workshop

NUMBER: models.IntegerField[int, int] = models.IntegerField()


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def public(self) -> Self:
        return self.filter(state__in=self.model.PUBLIC_STATES)

    def visible_to(self, user: Stakeholder | AnonymousUser) -> Self:
        """The project office also sees drafts, as a preview."""
        return self.all() if user.is_authenticated and user.is_staff else self.public()

    def upcoming(self) -> Self:
        """Public and not over, the next first; a cancelled one stays on the list until its day has passed, a postponed
        one until its new date."""
        ahead = Q(ends_at__gte=timezone.now()) | Q(state=self.model.State.POSTPONED)
        return self.public().filter(ahead).order_by("starts_at", "pk")

    def past(self) -> Self:
        over = self.public().filter(ends_at__lt=timezone.now()).exclude(state=self.model.State.POSTPONED)
        return over.order_by("-ends_at", "-pk")

    def between(self, start: datetime, end: datetime) -> Self:
        """Public ones with a date, that take place before `end` and after `start`, the first one first."""
        dated = self.public().exclude(state=self.model.State.POSTPONED)
        return dated.alias(span=span()).filter(span__overlap=(start, end)).order_by("starts_at", "pk")

    def named(self) -> Self:
        """Only what a link with day and place needs; any other field of such a row costs a query."""
        return self.only("slug", "title", "title_en", "starts_at", "ends_at", "whole_day", "place", "state")

    def listed(self) -> Self:
        """Only what a row of a list shows; any other field of such a row costs a query."""
        return self.only(
            "slug",
            "title",
            "title_en",
            "format",
            "mode",
            "summary",
            "summary_en",
            "starts_at",
            "ends_at",
            "whole_day",
            "place",
            "open_registration",
            "registration_closes_at",
            "state",
            "district",
        )

    def with_places_left(self, *, entitled: bool = False) -> Self:
        """What `Workshop.places` and `places_left` read: the places for people with an invitation (`entitled`), or for
        everybody. Where somebody waits whom a newcomer must not pass, none is left, as in `domain.place`."""
        return self.annotate(**{f"left_{kind}": _left(kind, entitled=entitled) for kind in Place})

    def matching(self, text: str) -> "models.QuerySet[Workshop]":
        return matching(self, text)


def span() -> Func:
    """From start to end, both included, as the index has it."""
    return Func(F("starts_at"), F("ends_at"), Value("[]"), function="tstzrange", output_field=DateTimeRangeField())


@cache
def _left(kind: Place, *, entitled: bool) -> RawSQL:
    """Companions count; so do places that were offered and not yet confirmed. LEAST passes over what is NULL: an
    unlimited capacity, or a line in which nobody waits.

    As SQL, because building the same from Django's expressions takes nearly half the time of the page.
    """
    capacity, reserved = "workshops_workshop.capacity", "workshops_workshop.reserved"
    if kind == Place.ONLINE:
        capacity = HYBRID.format("workshops_workshop.online_capacity", capacity)
        reserved = HYBRID.format("0", reserved)
    # A subquery for one row, because PostgreSQL would answer EXISTS by reading all registrations there are.
    line = ROWS.format("0", kind.value, "row.state = 'waiting'" + " AND row.is_entitled" * entitled) + " LIMIT 1"
    limits = [f"{capacity} - {_seats(kind)}", f"({line})"]
    if not entitled:
        limits.append(f"{capacity} - {reserved} - {_seats(kind, ' AND NOT row.is_entitled')}")
    return RawSQL(f"LEAST({', '.join(limits)})", [], NUMBER)  # noqa: S611  (constants only)


def _seats(kind: Place, more: str = "") -> str:
    holding = "row.state IN ('confirmed', 'offered')" + more
    return f"COALESCE(({ROWS.format('SUM(row.companions + 1)', kind.value, holding)}), 0)"


HYBRID = "CASE WHEN workshops_workshop.mode = 'hybrid' THEN {} ELSE {} END"
ROWS = (
    "SELECT {} FROM workshops_registration AS row "
    "WHERE row.workshop_id = workshops_workshop.id AND row.kind = '{}' AND {}"
)
