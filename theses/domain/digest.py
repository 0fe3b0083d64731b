"""Once a day those who follow theses are told what was written there the day before."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby, islice

from django.db.models import Count, F
from django.utils import timezone

from stakeholders.domain.outbox import post_many
from stakeholders.models import Stakeholder
from theses.mails import followed_digest
from theses.models import Contribution, Thesis

MOST = 20
"""Theses that one mail tells of."""

AT_A_TIME = 500

News = tuple[int, list[tuple[int, int]]]
"""Number of a person; for each thesis its number and how many contributions are new, most first."""


def post_digests(day: date | None = None) -> None:
    """About `day`, by default yesterday. The key of each mail names the day, so that running again posts nothing new.

    Nobody is told of what they wrote themselves, nor of what was written before they followed.
    """
    about = day or timezone.localdate() - timedelta(days=1)
    news = _news(about)
    while part := list(islice(news, AT_A_TIME)):
        _post(part, about)


def _post(part: list[News], day: date) -> None:
    people = Stakeholder.objects.filter(is_active=True, email__isnull=False).in_bulk([person for person, _told in part])
    theses = Thesis.objects.named().in_bulk({thesis for _person, told in part for thesis, _number in told})
    post_many(
        followed_digest(people[person], [(theses[thesis], number) for thesis, number in told], day)
        for person, told in part
        if person in people
    )


def _news(day: date) -> Iterator[News]:
    start = timezone.make_aware(datetime.combine(day, time.min))
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    written = Contribution.objects.shown().filter(written_at__gte=start, written_at__lt=end)
    followed = (
        written.filter(thesis__state__in=Thesis.PUBLIC_STATES)
        .annotate(follower=F("thesis__followers__person"), since=F("thesis__followers__at"))
        .filter(follower__isnull=False, written_at__gte=F("since"))
        .exclude(author=F("follower"))
    )
    counted = followed.values("follower", "thesis").annotate(number=Count("pk"))
    rows = counted.order_by("follower", "-number", "thesis").values_list("follower", "thesis", "number")
    for person, told in groupby(rows.iterator(chunk_size=2000), key=lambda row: row[0]):
        yield person, [(thesis, number) for _person, thesis, number in told][:MOST]
