"""What has come in to a round so far: counts by measure, group, district, day and channel; nothing about single people.

Counted by the database in two statements, each of which reads every answer of the round once. Keep what they give.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from measures.models import Assessment, AssessmentRound, FormerRater
from measures.verbs import MeasureVerb
from stakeholders.domain.audit import record
from stakeholders.models import Channel, Organisation, Stakeholder

NOBODY = 0
GRADES = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Answers:
    """To one criterion of one measure from one group (0: people without one).

    `given` counts all answers, `grades` those from 1 to 5 by grade; the rest is "kann ich nicht beurteilen". `voices`
    is what the ranking counts: with the cap, the colleagues of an organisation are one voice.
    """

    measure: int
    criterion: int
    group: int
    given: int
    voices: int
    grades: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Raters:
    """How many people of a group and a district (0: none) began on that day, and which way their answers came.

    Who used several ways counts for the one by which the office wrote down.
    """

    group: int
    district: int
    day: date
    channel: str
    count: int


@dataclass(frozen=True, slots=True)
class LiveState:
    at: datetime
    answers: tuple[Answers, ...]
    raters: tuple[Raters, ...]


ANSWERS = Assessment._meta.db_table
PEOPLE = f"""
    SELECT person.id AS key, person.group_id, person.district_id,
        coalesce(organisation.merged_into_id, person.organisation_id) AS organisation
    FROM {Stakeholder._meta.db_table} person
    LEFT JOIN {Organisation._meta.db_table} organisation ON organisation.id = person.organisation_id
    WHERE person.is_active AND person.role = %(role)s
    UNION ALL
    SELECT -former.id, former.group_id, former.district_id,
        coalesce(organisation.merged_into_id, former.organisation_id)
    FROM {FormerRater._meta.db_table} former
    LEFT JOIN {Organisation._meta.db_table} organisation ON organisation.id = former.organisation_id
    WHERE former.round_id = %(round)s
"""  # noqa: S608  (names of tables only)

# Whoever has no colleague needs no number of an organisation, which keeps the groups few.
CLUSTERS = f"""
    SELECT key, coalesce(group_id, 0) AS group_id, CASE
        WHEN %(cap)s AND count(*) OVER (PARTITION BY group_id, organisation) > 1 THEN organisation
    END AS cluster
    FROM ({PEOPLE}) people
"""  # noqa: S608

BY_GRADE = ", ".join(f"count(*) FILTER (WHERE answer.grade = {grade}) AS grade_{grade}" for grade in GRADES)
SUM_OF_GRADES = ", ".join(f"sum(grade_{grade})::int" for grade in GRADES)
COUNT_ANSWERS = f"""
    SELECT measure_id, criterion_id, group_id, sum(given)::int,
        sum(CASE WHEN cluster IS NULL THEN graded ELSE least(graded, 1) END)::int, {SUM_OF_GRADES}
    FROM (
        SELECT answer.measure_id, answer.criterion_id, people.group_id, people.cluster,
            count(*) AS given, count(answer.grade) AS graded, {BY_GRADE}
        FROM {ANSWERS} answer JOIN ({CLUSTERS}) people ON people.key = coalesce(answer.rater_id, -answer.former_id)
        WHERE answer.round_id = %(round)s
        GROUP BY answer.measure_id, answer.criterion_id, people.group_id, people.cluster
    ) counted
    GROUP BY measure_id, criterion_id, group_id
"""  # noqa: S608

COUNT_RATERS = f"""
    SELECT coalesce(people.group_id, 0), coalesce(people.district_id, 0),
        (began AT TIME ZONE %(zone)s)::date, way, count(*)
    FROM (
        SELECT coalesce(rater_id, -former_id) AS key, min(created_at) AS began,
            min(array_position(%(ways)s, nullif(channel, %(web)s)::text)) AS way
        FROM {ANSWERS} WHERE round_id = %(round)s
        GROUP BY coalesce(rater_id, -former_id)
    ) answered JOIN ({PEOPLE}) people ON people.key = answered.key
    GROUP BY 1, 2, 3, 4
"""  # noqa: S608


def live_state(assessment_round: AssessmentRound) -> LiveState:
    """Who is no longer active, and who never was a stakeholder, is not counted, as in the ranking."""
    ways = [way for way in Channel.values if way != Channel.WEB]
    values: dict[str, object] = {
        "round": assessment_round.pk,
        "role": Stakeholder.Role.STAKEHOLDER.value,
        "cap": assessment_round.cap_organisations,
        "ways": ways,
        "web": Channel.WEB.value,
        "zone": timezone.get_current_timezone_name(),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ANSWERS, values)
        answers = tuple(Answers(*row[:5], grades=row[5:]) for row in cursor.fetchall())
        cursor.execute(COUNT_RATERS, values)
        rows = cursor.fetchall()
    raters = tuple(Raters(*row[:3], ways[row[3] - 1] if row[3] else Channel.WEB.value, row[4]) for row in rows)
    return LiveState(timezone.now(), answers, raters)


def note_state_download(*, assessment_round: AssessmentRound, reader: Stakeholder, extension: str) -> None:
    record(MeasureVerb.ROUND_STATE_DOWNLOADED, actor=reader, target=assessment_round, facts={"format": extension})
