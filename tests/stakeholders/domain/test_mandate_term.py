from datetime import timedelta

from django.utils import timezone

from stakeholders.domain.mandate_term import end_expired, post_reminders
from stakeholders.models import AuditEntry, Mandate, OutgoingMail
from tests.cast import Cast
from tests.factories.mandates import MandateFactory, MandateRequestFactory


def test_the_last_day_counts_and_the_day_after_does_not(cast: Cast) -> None:
    today = timezone.localdate()
    last = MandateFactory.create(starts_on=today - timedelta(days=9), ends_on=today)
    over = MandateFactory.create(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    assert (last.is_valid, over.is_valid) == (True, False)
    assert list(Mandate.objects.valid()) == [last]


def test_what_is_over_is_written_down_once_by_the_portal_itself(cast: Cast) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    over = MandateFactory.create(starts_on=yesterday, ends_on=yesterday)
    deputy = MandateFactory.create(
        organisation=over.organisation,
        kind=Mandate.Kind.DEPUTY,
        decided_by=over.person,
        starts_on=yesterday,
        ends_on=yesterday,
    )
    valid, asked = MandateFactory.create(), MandateRequestFactory.create()
    assert (end_expired(), end_expired()) == (2, 0)
    states = {row.pk: row.state for row in Mandate.objects.all()}
    assert states == {over.pk: "ended", deputy.pk: "ended", valid.pk: "confirmed", asked.pk: "requested"}
    assert AuditEntry.objects.filter(verb="mandate_ended", actor__isnull=True).count() == 2
    assert AuditEntry.objects.count() == OutgoingMail.objects.count() == 2


def test_the_end_is_announced_once_two_weeks_ahead(cast: Cast) -> None:
    today = timezone.localdate()
    soon = MandateFactory.create(ends_on=today + timedelta(days=14))
    MandateFactory.create(ends_on=today + timedelta(days=15))
    MandateFactory.create(ends_on=today + timedelta(days=2), person__is_active=False)
    post_reminders()
    post_reminders()
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.person) == ("mandate_ending", soon.person)
