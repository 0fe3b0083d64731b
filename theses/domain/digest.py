"""Once a day people are told what was written the day before: to theses they follow, and in answer to them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from heapq import merge
from itertools import groupby, islice

from django.db.models import Count, F, Max, QuerySet, Value
from django.utils import timezone

from stakeholders.domain.outbox import post_many
from stakeholders.models import Stakeholder
from theses.mails import ThesisNews, digest
from theses.models import Contribution, Thesis

MOST = 20
"""Theses that one mail tells of."""

AT_A_TIME = 500

Row = tuple[int, int, int, int, int]
"""Person, thesis, new contributions there if followed, answers to this person, the strand answered last or 0."""

News = tuple[int, list[Row]]
"""Number of a person and their rows, those with answers first."""


def post_digests(day: date | None = None) -> None:
    """About `day`, by default yesterday. The key of each mail names the day, so that running again posts nothing new.

    Nobody is told of what they wrote themselves, nor of what was written before they followed, nor when they ended it.
    """
    about = day or timezone.localdate() - timedelta(days=1)
    news = _news(about)
    while part := list(islice(news, AT_A_TIME)):
        _post(part, about)


def _post(part: list[News], day: date) -> None:
    readers = Stakeholder.objects.filter(is_active=True, email__isnull=False, digest_end__isnull=True)
    people = readers.in_bulk([person for person, _rows in part])
    theses = Thesis.objects.named().in_bulk({row[1] for _person, rows in part for row in rows})
    post_many(
        digest(people[person], [ThesisNews(theses[row[1]], *row[2:]) for row in rows], day)
        for person, rows in part
        if person in people
    )


def _news(day: date) -> Iterator[News]:
    start = timezone.make_aware(datetime.combine(day, time.min))
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    written = Contribution.objects.shown().filter(written_at__gte=start, written_at__lt=end)
    public = written.filter(thesis__state__in=Thesis.PUBLIC_STATES)
    both = (rows.iterator(chunk_size=2000) for rows in (_followed(public), _answered(public)))
    found = merge(*both, key=lambda row: row[0])
    for person, rows in groupby(found, key=lambda row: row[0]):
        yield person, sorted(_together(rows), key=lambda row: (-row[3], -row[2], row[1]))[:MOST]


def _followed(written: QuerySet[Contribution]) -> QuerySet[Contribution, Row]:
    rows = written.annotate(reader=F("thesis__followers__person"), since=F("thesis__followers__at"))
    rows = rows.filter(reader__isnull=False, written_at__gte=F("since")).exclude(author=F("reader"))
    counted = rows.values("reader", "thesis").annotate(number=Count("pk"), replies=Value(0), strand=Value(0))
    return counted.order_by("reader").values_list("reader", "thesis", "number", "replies", "strand")


def _answered(written: QuerySet[Contribution]) -> QuerySet[Contribution, Row]:
    """Without those of the project office, which were told at once."""
    rows = written.filter(parent__state=Contribution.State.SHOWN, is_official=False)
    rows = rows.annotate(reader=F("parent__author")).filter(reader__isnull=False).exclude(author=F("reader"))
    counted = rows.values("reader", "thesis").annotate(number=Value(0), replies=Count("pk"), strand=Max("parent"))
    return counted.order_by("reader").values_list("reader", "thesis", "number", "replies", "strand")


def _together(rows: Iterator[Row]) -> list[Row]:
    """One row of each thesis, whether it is there as followed, as answered or as both."""
    sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for reader, thesis, *figures in rows:
        sums[reader, thesis] = [a + b for a, b in zip(sums[reader, thesis], figures, strict=True)]
    return [(*key, number, answers, strand) for key, (number, answers, strand) in sums.items()]
