"""Rounds with very many answers, written by the database itself for measuring."""

from datetime import timedelta

from django.db.backends.utils import CursorWrapper

PEOPLE, MEASURES, CRITERIA, ANSWERED = 100_000, 50, 4, 70  # the last one in percent
BULK = 5_000  # people from whom on it pays to write the indexes afterwards


def fill_people(number: int = PEOPLE) -> None:
    """Stakeholders without address, evenly over all groups and none; not more than `number` altogether."""
    from stakeholders.models import Stakeholder, StakeholderGroup

    groups = [*StakeholderGroup.objects.all(), None]
    lacking = number - Stakeholder.objects.filter(email=None).count()
    people = (Stakeholder(email=None, group=groups[place % len(groups)]) for place in range(lacking))
    Stakeholder.objects.bulk_create(people, batch_size=5000)


def fill_measures(number: int) -> None:
    """Published measures, not more than `number` altogether."""
    from measures.models import FieldOfAction, Measure

    field = FieldOfAction.objects.first() or FieldOfAction.objects.create(title="Last", slug="last")
    Measure.objects.bulk_create(
        Measure(slug=f"last-{place}", title=f"Maßnahme {place}", summary="Last", source="Last", field_of_action=field)
        for place in range(Measure.objects.count(), number)
    )


def _without_indexes(cursor: CursorWrapper) -> list[str]:
    """Drop what hinders the writing; the statements bring it back."""
    cursor.execute(
        """
        SELECT index.indexrelid::regclass::text, pg_get_indexdef(index.indexrelid), constrained.conname,
            pg_get_constraintdef(constrained.oid)
        FROM pg_index index
        LEFT JOIN pg_constraint constrained ON constrained.conindid = index.indexrelid AND constrained.contype = 'u'
        WHERE index.indrelid = 'measures_assessment'::regclass AND NOT index.indisprimary
        """
    )
    restoring = []
    for name, definition, constraint, terms in cursor.fetchall():
        if constraint:
            cursor.execute(f'ALTER TABLE measures_assessment DROP CONSTRAINT "{constraint}"')
            restoring.append(f'ALTER TABLE measures_assessment ADD CONSTRAINT "{constraint}" {terms}')
        else:
            cursor.execute(f"DROP INDEX {name}")
            restoring.append(definition)
    return restoring


def fill_round(slug: str, people: int) -> None:
    """An open round rated by so many people, each of whom left out some three in ten questions.

    Written without index and foreign key checks, which are restored afterwards: the rows are sound, and one by one they
    would take ten times as long.
    """
    from django.db import connection, transaction
    from django.utils import timezone

    from measures.domain.round import add_default_criteria
    from measures.models import AssessmentRound, Measure

    now = timezone.now()
    row = AssessmentRound.objects.create(
        slug=slug, title=slug, question="Last", opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1)
    )
    row.measures.set(Measure.objects.order_by("pk")[:MEASURES])
    add_default_criteria(row)
    AssessmentRound.objects.filter(pk=row.pk).update(state=AssessmentRound.State.PUBLISHED)
    with transaction.atomic(), connection.cursor() as cursor:
        if people > BULK:
            cursor.execute("ALTER TABLE measures_assessment SET UNLOGGED")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        indexes = _without_indexes(cursor) if people > BULK else []
        cursor.execute(
            """
            INSERT INTO measures_assessment
                (round_id, rater_id, measure_id, criterion_id, grade, first_grade, channel, created_at, changed_at)
            SELECT %(round)s, person.id, measure.measure_id, criterion.id, chance.grade, chance.grade, 'web',
                now(), now()
            FROM (SELECT id FROM stakeholders_stakeholder WHERE email IS NULL ORDER BY id LIMIT %(people)s) person
            CROSS JOIN (SELECT measure_id FROM measures_assessmentround_measures
                        WHERE assessmentround_id = %(round)s) measure
            CROSS JOIN (SELECT id FROM measures_criterion WHERE round_id = %(round)s) criterion
            CROSS JOIN LATERAL (
                SELECT abs(hashint8(person.id * 1000003 + measure.measure_id * 1009 + criterion.id)::bigint) AS drawn
            ) number
            CROSS JOIN LATERAL (SELECT 1 + (number.drawn / 100) %% 5 AS grade) chance
            WHERE number.drawn %% 100 < %(answered)s
            """,
            {"round": row.pk, "people": people, "answered": ANSWERED},
        )
        for statement in indexes:
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE measures_assessment")
