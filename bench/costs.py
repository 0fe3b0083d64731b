"""Queries of two requests, however many stances there are: taking a stance, and submitting a thesis."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

    from stakeholders.models import Stakeholder
    from theses.models import Thesis

FEW = 10
FOUND = 302


@dataclass(frozen=True)
class Costs:
    """`stances` in the portal and `of_thesis` before the requests, then the queries of each."""

    stances: int
    of_thesis: int
    taking: int
    submitting: int


def leave_few() -> None:
    """Of all stances only ten, on one thesis."""
    from stakeholders.models import Stakeholder
    from theses.models import Stance, Thesis

    Stance.objects.all().delete()
    thesis = Thesis.objects.filter(state=Thesis.State.PUBLISHED)[0]
    people = Stakeholder.objects.filter(role=Stakeholder.Role.STAKEHOLDER)[:FEW]
    Stance.objects.bulk_create(Stance(thesis=thesis, person=person, value=Stance.Value.AGREE) for person in people)


def costs() -> Costs:
    """On the thesis with the most stances. The first request fills what is kept between requests, the second counts."""
    from django.db.models import Count
    from django.test import Client

    from theses.models import Stance, Thesis

    published = Thesis.objects.filter(state=Thesis.State.PUBLISHED)
    thesis = published.annotate(number=Count("stances")).order_by("-number", "pk")[0]
    stances, own = Stance.objects.count(), thesis.stances.count()
    taking = submitting = 0
    for _turn in range(2):
        client = Client()
        client.force_login(_newcomer())
        taking = _take_stance(client, thesis)
        submitting = _submit_thesis(client)
    return Costs(stances, own, taking, submitting)


def print_costs(few: Costs, many: Costs) -> None:
    print(f"\n{'Abfragen der Anfrage':<28}{f'bei {few.stances}':>12}{f'bei {many.stances}':>12}")
    print(f"{'Haltungen zu dieser These':<28}{few.of_thesis:>12}{many.of_thesis:>12}")
    for name, one, other in (
        ("Haltung beziehen", few.taking, many.taking),
        ("These einreichen", few.submitting, many.submitting),
    ):
        print(f"{name:<28}{one:>12}{other:>12}   {'gleich' if one == other else 'verschieden'}")


def _newcomer() -> "Stakeholder":
    from stakeholders.models import District, Stakeholder, StakeholderGroup

    number = Stakeholder.objects.count()
    person: Stakeholder = Stakeholder.objects.create(
        email=f"last-{number}@example.org",
        first_name="Kim",
        last_name=f"Last {number}",
        group=StakeholderGroup.objects.all()[0],
        district=District.objects.all()[0],
    )
    return person


def _take_stance(client: "Client", thesis: "Thesis") -> int:
    from django.urls import reverse

    return _queries(client, reverse("theses:stance_take", args=[thesis.pk, thesis.slug]), {"value": "1"})


def _submit_thesis(client: "Client") -> int:
    from django.urls import reverse

    from measures.models import Measure
    from theses.models import Thesis

    measure = Measure.objects.filter(published=True)[0]
    text = {"sentence": f"These {Thesis.objects.count()}", "reason": "Last", "text_language": "de"}
    return _queries(client, reverse("theses:thesis_submit"), {**text, "measure": measure.pk})


def _queries(client: "Client", address: str, sent: dict[str, object]) -> int:
    """Raises AssertionError when the request was refused: then something else would be counted."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        response = client.post(address, sent)
    if response.status_code != FOUND:
        raise AssertionError(f"{address} answered {response.status_code}")
    return len(captured)
