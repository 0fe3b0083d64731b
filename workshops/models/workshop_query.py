from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Case, F, Func, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Least
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


def _left(kind: Place, *, entitled: bool) -> Least:
    """LEAST passes over what is NULL: an unlimited capacity, or a line in which nobody waits."""
    own = F("capacity")
    online = Case(When(mode="hybrid", then=F("online_capacity")), default=own, output_field=NUMBER)
    reserved = Case(When(mode="hybrid", then=Value(0)), default=F("reserved"), output_field=NUMBER)
    capacity, kept = (online, reserved) if kind == Place.ONLINE else (own, F("reserved"))
    # A subquery for one row, because PostgreSQL would answer EXISTS by reading all registrations there are.
    line = _rows(kind, state="waiting", **({"is_entitled": True} if entitled else {}))
    waits = Subquery(line.values("arrival")[:1], output_field=NUMBER)
    limits: list[Any] = [capacity - _seats(kind), waits * Value(0)]
    if not entitled:
        limits.append(capacity - kept - _seats(kind, is_entitled=False))
    return Least(*limits, output_field=NUMBER)


def _seats(kind: Place, **more: bool) -> Coalesce:
    """Companions count; so do places that were offered and not yet confirmed."""
    rows = _rows(kind, state__in=("confirmed", "offered"), **more).values("workshop")
    seats = rows.annotate(seats=Sum(F("companions") + 1)).values("seats")
    return Coalesce(Subquery(seats, output_field=NUMBER), 0)


def _rows(kind: Place, **more: Any) -> "models.QuerySet[Any]":
    """Registrations know their event, so that they cannot be imported when this file is."""
    from workshops.models.registration import Registration

    return Registration.objects.filter(workshop=OuterRef("pk"), kind=kind, **more).order_by()
