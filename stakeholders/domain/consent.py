from django.db import transaction

from stakeholders.models import ConsentEvent, Stakeholder

PRIVACY_NOTICE_VERSION = "2026-11"
"""Names the wording of templates/pages/privacy.html; raise it with every change of what the notice says."""


@transaction.atomic
def note_privacy_notice(*, person: Stakeholder, channel: str = "web") -> ConsentEvent:
    return ConsentEvent.objects.create(
        person=person,
        purpose=ConsentEvent.Purpose.PRIVACY_NOTICE,
        version=PRIVACY_NOTICE_VERSION,
        given=True,
        channel=channel,
    )
