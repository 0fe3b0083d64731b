"""`python -m bench.opinions`: figures on theses for 100,000 people and 2.8 million stances, added to a test database.

Beside each time stands that of a plain sum over as many numbers, measured in the same turn: the ratio holds on a noisy
machine.
"""

from collections.abc import Callable

import django
import numpy as np

from bench.figures import timed

PEOPLE, THESES, STANCES = 100_000, 300, 2_800_000
TURNS = 7
CRITERIA = (("Auszählen und Auswerten", 0.05), ("mit Lesen aus PostgreSQL", 2.0))


def main() -> None:
    django.setup()
    from bench.costs import costs, leave_few, print_costs

    leave_few()
    few = costs()
    fill()
    from theses.domain.opinion_analysis import analyse
    from theses.domain.stance_arrays import read_answers, read_counts
    from theses.domain.tally import tally
    from theses.models import Thesis

    theses = Thesis.objects.filter(slug__startswith="last-")
    answers, rules = read_answers(theses), read_counts(theses).rules()

    def from_arrays() -> None:
        counts = tally(
            group=answers.group,
            participant=answers.participant,
            thesis=answers.thesis,
            value=answers.value,
            groups=len(answers.groups) + 1,
            theses=len(answers.theses),
        )
        analyse(counts, rules, seed=1)

    def from_database() -> None:
        found = read_counts(theses)
        analyse(found.counts, found.rules(), seed=1)

    numbers = np.arange(STANCES)
    print(f"\n{len(answers.group)} Personen, {len(answers.theses)} Thesen, {len(answers.value)} Haltungen")
    print(f"{'Thesen':<28}{'ms':>9}{'je Summe':>10}")
    for (name, limit), action in zip(CRITERIA, (from_arrays, from_database), strict=True):
        seconds, plain = fastest(action, numbers.sum)
        print(
            f"{name:<28}{seconds * 1000:>9.1f}{seconds / plain:>10.1f}"
            + ("" if seconds <= limit else f"   über {limit} s")
        )
    print_costs(few, costs())


def fastest(action: Callable[[], object], plain: Callable[[], object]) -> tuple[float, float]:
    """The best of several turns, each of which times both."""
    times = [(timed(action), timed(plain)) for _turn in range(TURNS)]
    return min(one for one, _other in times), min(other for _one, other in times)


def fill() -> None:
    """Every person answers the same number of theses or one less, so that no pair is drawn twice."""
    from django.db import connection

    from measures.models import FieldOfAction
    from stakeholders.models import Stakeholder, StakeholderGroup
    from theses.models import Thesis

    groups = [*StakeholderGroup.objects.all(), None]
    people = (Stakeholder(email=None, group=groups[number % len(groups)]) for number in range(PEOPLE))
    Stakeholder.objects.bulk_create(people, batch_size=5000)
    field = FieldOfAction.objects.first() or FieldOfAction.objects.create(title="Last", slug="last")
    now = Stakeholder.objects.earliest("date_joined").date_joined
    Thesis.objects.bulk_create(
        Thesis(
            sentence=f"These {number}",
            slug=f"last-{number}",
            reason="Last",
            field_of_action=field,
            state=Thesis.State.PUBLISHED,
            submitted_at=now,
            published_at=now,
        )
        for number in range(THESES)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO theses_stance (thesis_id, person_id, value, version, created_at, changed_at)
            SELECT thesis.id, person.id, (abs(hashint8(person.id * 1000 + thesis.place)) %% 4) - 1, 1, now(), now()
            FROM (SELECT id, row_number() OVER (ORDER BY id DESC) AS place FROM stakeholders_stakeholder
                  WHERE is_active AND role = 'stakeholder' ORDER BY id DESC LIMIT %s) person
            JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM theses_thesis
                  WHERE slug LIKE 'last-%%') thesis
              ON (thesis.place + person.place * 7) %% %s < %s
            """,
            [PEOPLE, THESES, STANCES // PEOPLE],
        )
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
