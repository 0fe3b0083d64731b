"""`python -m bench.events`: pages of events with ten and with ten thousand of them, in a test database: the number of
queries, and the time of a page beside that of the calibration view, in turns within one run."""

import time
from datetime import timedelta
from statistics import median

import django

FEW, MANY, TURNS = 10, 10_000, 15
CALIBRATION = "/bench/calibration/"


def main() -> None:
    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    fill(FEW)
    few = {path: asked(path) for path in paths()}
    fill(MANY)
    many = {path: asked(path) for path in paths()}
    print(f"\n{'Veranstaltungen':<36}{'Abfragen':>16}{'ms':>16}{'je Eichung':>16}")
    print(f"{'':<36}{f'{FEW} / {MANY}':>16}{f'{FEW} / {MANY}':>16}{f'{FEW} / {MANY}':>16}")
    for path, (queries, milliseconds, ratio) in few.items():
        later, slower, other = many[path]
        times, ratios = f"{milliseconds:.0f} / {slower:.0f}", f"{ratio:.1f} / {other:.1f}"
        note = "" if queries == later else "   nicht gleich"
        print(f"{path:<36}{f'{queries} / {later}':>16}{times:>16}{ratios:>16}{note}")


def paths() -> list[str]:
    from django.utils import timezone

    month = timezone.localdate() + timedelta(days=40)
    events = "/veranstaltungen/"
    return [
        events,
        f"{events}?archiv=1",
        f"{events}monat/{month:%Y-%m}/",
        f"{events}reihe/termin/",
        f"{events}termin-3/",
    ]


def fill(number: int) -> None:
    """Up to so many, half of them over, five years to either side of today, each tenth in one series."""
    from django.db import connection
    from django.utils import timezone

    from stakeholders.models import District
    from workshops.models import Series, Workshop

    districts = list(District.objects.all())
    series, _is_new = Series.objects.get_or_create(slug="termin", defaults={"title": "Last"})
    known = Workshop.objects.filter(slug__startswith="termin-").count()
    today = timezone.now()
    Workshop.objects.bulk_create(
        (
            Workshop(
                slug=f"termin-{place}",
                title=f"Veranstaltung {place}",
                summary="Last",
                place="Halle",
                district=districts[place % len(districts)],
                starts_at=today + timedelta(days=place * 37 % 4000 - 2000, hours=1),
                ends_at=today + timedelta(days=place * 37 % 4000 - 2000, hours=4),
                series=series if place % 10 == 3 else None,
                state=Workshop.State.PUBLISHED,
            )
            for place in range(known, number)
        ),
        batch_size=1000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def asked(path: str) -> tuple[int, float, float]:
    """Queries, the median in milliseconds, and that median by the one of the calibration view."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    for page in (path, CALIBRATION):
        if client.get(page).status_code != 200:
            raise RuntimeError(f"{page} did not answer.")
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    queries = len(captured)
    own: list[float] = []
    plain: list[float] = []
    for _turn in range(TURNS):
        for page, times in ((path, own), (CALIBRATION, plain)):
            start = time.perf_counter()
            client.get(page)
            times.append((time.perf_counter() - start) * 1000)
    return queries, median(own), median(own) / median(plain)


if __name__ == "__main__":
    main()
