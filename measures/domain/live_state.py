"""What has come in to a round so far: counts by measure, group, district, day and channel; nothing about single people.

Counted by the database in three statements, two of which read every answer of the round. Keep what they give.
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
PEOPLE = Stakeholder._meta.db_table
FORMER = FormerRater._meta.db_table
HOUSE = "coalesce(organisation.merged_into_id, organisation.id)"
COUNTS_AS_RATER = "person.is_active AND person.role = %(role)s"

# Only organisations with several people can be more than one voice; leaving out the others keeps the groups few.
SHARED = f"""
    SELECT house FROM (
        SELECT {HOUSE} AS house FROM {PEOPLE} person
        JOIN {Organisation._meta.db_table} organisation ON organisation.id = person.organisation_id
        WHERE {COUNTS_AS_RATER}
        UNION ALL
        SELECT {HOUSE} FROM {FORMER} former
        JOIN {Organisation._meta.db_table} organisation ON organisation.id = former.organisation_id
        WHERE former.round_id = %(round)s
    ) houses
    GROUP BY house HAVING count(*) > 1
"""  # noqa: S608  (names of tables only)

COLUMNS = f"answer.measure_id, answer.criterion_id, answer.grade, {HOUSE} AS house"
BY_GRADE = ", ".join(f"count(*) FILTER (WHERE grade = {grade}) AS grade_{grade}" for grade in GRADES)
SUM_OF_GRADES = ", ".join(f"sum(grade_{grade})::int" for grade in GRADES)
COUNT_ANSWERS = f"""
    SELECT measure_id, criterion_id, coalesce(group_id, 0), sum(given)::int,
        sum(CASE WHEN cluster IS NULL THEN graded ELSE least(graded, 1) END)::int, {SUM_OF_GRADES}
    FROM (
        SELECT measure_id, criterion_id, group_id, CASE WHEN house = ANY(%(shared)s) THEN house END AS cluster,
            count(*) AS given, count(grade) AS graded, {BY_GRADE}
        FROM (
            SELECT {COLUMNS}, person.group_id
            FROM {ANSWERS} answer JOIN {PEOPLE} person ON person.id = answer.rater_id
            LEFT JOIN {Organisation._meta.db_table} organisation ON organisation.id = person.organisation_id
            WHERE answer.round_id = %(round)s AND {COUNTS_AS_RATER}
            UNION ALL
            SELECT {COLUMNS}, former.group_id
            FROM {ANSWERS} answer JOIN {FORMER} former ON former.id = answer.former_id
            LEFT JOIN {Organisation._meta.db_table} organisation ON organisation.id = former.organisation_id
            WHERE former.round_id = %(round)s
        ) answers
        GROUP BY measure_id, criterion_id, group_id, cluster
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
    ) answered JOIN (
        SELECT person.id AS key, group_id, district_id FROM {PEOPLE} person WHERE {COUNTS_AS_RATER}
        UNION ALL
        SELECT -id, group_id, district_id FROM {FORMER} WHERE round_id = %(round)s
    ) people ON people.key = answered.key
    GROUP BY 1, 2, 3, 4
"""  # noqa: S608


def live_state(assessment_round: AssessmentRound) -> LiveState:
    """Who is no longer active, and who never was a stakeholder, is not counted, as in the ranking."""
    ways = [way for way in Channel.values if way != Channel.WEB]
    values: dict[str, int | str | list[str]] = {
        "round": assessment_round.pk,
        "role": Stakeholder.Role.STAKEHOLDER.value,
        "ways": ways,
        "web": Channel.WEB.value,
        "zone": timezone.get_current_timezone_name(),
    }
    with connection.cursor() as cursor:
        cursor.execute(SHARED, values)
        shared = [house for (house,) in cursor.fetchall()] if assessment_round.cap_organisations else []
        cursor.execute(COUNT_ANSWERS, values | {"shared": shared})
        found = cursor.fetchall()
        answers = tuple(Answers(m, c, g, given, voices, tuple(grades)) for m, c, g, given, voices, *grades in found)
        cursor.execute(COUNT_RATERS, values)
        rows = cursor.fetchall()
    raters = tuple(
        Raters(group, district, day, ways[way - 1] if way else Channel.WEB.value, count)
        for group, district, day, way, count in rows
    )
    return LiveState(timezone.now(), answers, raters)


def note_state_download(*, assessment_round: AssessmentRound, reader: Stakeholder, extension: str) -> None:
    record(MeasureVerb.ROUND_STATE_DOWNLOADED, actor=reader, target=assessment_round, facts={"format": extension})
