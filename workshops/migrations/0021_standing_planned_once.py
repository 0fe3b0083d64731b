from django.db import migrations

# How things stand at an event for one kind of place and one person; what the answers mean tells `place.line_of` and
# `place.turn_of`. A function, because PostgreSQL plans its questions once for a connection: planning them anew for each
# registration takes longer than answering. What is taken is not asked where there is no limit.
STANDING = """
    CREATE FUNCTION workshops_standing(
        IN event bigint, IN place varchar, IN is_limited boolean, IN without bigint, IN person bigint,
        OUT last_arrival integer, OUT everybody bigint, OUT others bigint,
        OUT is_waited_for boolean, OUT is_waited_for_by_entitled boolean,
        OUT has_registration boolean, OUT has_invitation boolean
    ) LANGUAGE plpgsql STABLE AS $$
    BEGIN
        SELECT COALESCE(MAX(arrival), 0) INTO last_arrival FROM workshops_registration WHERE workshop_id = event;
        everybody := 0;
        others := 0;
        IF is_limited THEN
            SELECT COALESCE(SUM(companions + 1), 0), COALESCE(SUM(companions + 1) FILTER (WHERE NOT is_entitled), 0)
            INTO everybody, others
            FROM workshops_registration
            WHERE workshop_id = event AND kind = place AND state IN ('confirmed', 'offered')
                AND id IS DISTINCT FROM without;
        END IF;
        is_waited_for := EXISTS (
            SELECT FROM workshops_registration WHERE workshop_id = event AND kind = place AND state = 'waiting'
        );
        is_waited_for_by_entitled := is_waited_for AND EXISTS (
            SELECT FROM workshops_registration
            WHERE workshop_id = event AND kind = place AND state = 'waiting' AND is_entitled
        );
        has_registration := EXISTS (
            SELECT FROM workshops_registration WHERE workshop_id = event AND person_id = person
        );
        has_invitation := EXISTS (
            SELECT FROM workshops_invitation WHERE workshop_id = event AND person_id = person
        );
    END
    $$
"""
GONE = "DROP FUNCTION workshops_standing"


class Migration(migrations.Migration):
    dependencies = [("workshops", "0020_registrations_indexed_for_races")]

    operations = [migrations.RunSQL(STANDING, GONE)]
