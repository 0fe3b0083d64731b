"""How others rate a measure while a round is open: quartiles of all and of each group, nobody's answer."""

from dataclasses import dataclass

from django.db import connection

from measures.models import Assessment, AssessmentRound, Measure
from stakeholders.models import Stakeholder


@dataclass(frozen=True)
class Spread:
    """Quartiles of `n` answers from 1 to 5, each a step that somebody chose; "kann ich nicht beurteilen" is left out.

    Of an even number of answers the median is the lower of the two in the middle.
    """

    n: int
    low: int
    median: int
    high: int


@dataclass(frozen=True)
class Spreads:
    """By criterion; `groups` by criterion and group, 0 for people without one."""

    everybody: dict[int, Spread]
    groups: dict[int, dict[int, Spread]]


QUARTILES = f"""
    SELECT answer.criterion_id, grouping(person.group_id), coalesce(person.group_id, 0), count(*),
        percentile_disc(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY answer.grade)
    FROM {Assessment._meta.db_table} answer JOIN {Stakeholder._meta.db_table} person ON person.id = answer.rater_id
    WHERE answer.round_id = %(round)s AND answer.measure_id = %(measure)s AND answer.grade IS NOT NULL
        AND person.is_active AND person.role = %(role)s
    GROUP BY GROUPING SETS ((answer.criterion_id), (answer.criterion_id, person.group_id))
"""  # noqa: S608  (names of tables only)


def spreads(assessment_round: AssessmentRound, measure: Measure) -> Spreads:
    """One statement that reads the answers to this measure; keep what it gives, it costs as much as there are answers.

    Counts each person, not each organisation: it tells what people answered, not what the ranking will make of it.
    """
    values: dict[str, str | int] = {
        "round": assessment_round.pk,
        "measure": measure.pk,
        "role": Stakeholder.Role.STAKEHOLDER.value,
    }
    found = Spreads({}, {})
    with connection.cursor() as cursor:
        cursor.execute(QUARTILES, values)
        for criterion, is_everybody, group, number, quartiles in cursor.fetchall():
            spread = Spread(number, *quartiles)
            if is_everybody:
                found.everybody[criterion] = spread
            else:
                found.groups.setdefault(criterion, {})[group] = spread
    return found
