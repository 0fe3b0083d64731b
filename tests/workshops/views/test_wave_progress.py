"""How far a wave is, in numbers that renew themselves; and that many are sent as easily as few."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stakeholders.domain.writing import write_due
from stakeholders.models import OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import InvitationFactory, WorkshopFactory
from tests.workshops.views.test_wave import desk, page, step
from workshops.domain.wave import draft_wave, send_wave
from workshops.models import InvitationWave

pytestmark = pytest.mark.django_db


def test_the_page_tells_how_far_sending_has_come(cast: Cast, office: Client) -> None:
    office.post(desk(WorkshopFactory.create()), {"action": "draft"})
    wave = InvitationWave.objects.get()
    office.post(step(wave, "senden"))
    mails = OutgoingMail.objects.filter(kind="invitation").order_by("pk")
    for mail, state in zip(mails, ("sent", "failed", "cancelled"), strict=True):
        OutgoingMail.objects.filter(pk=mail.pk).update(state=state)
    InvitationFactory.create()
    text = office.get(page(wave)).content.decode()
    assert "1 von 3 Nachrichten gesendet." in text
    assert "Nicht zugestellt: 1." in text
    assert '<th scope="row">zurückgezogen, weil beantwortet oder unzustellbar</th><td>1</td>' in text
    assert "unterwegs" not in text


def test_progress_is_told_by_itself_until_nothing_is_under_way_any_more(cast: Cast, office: Client) -> None:
    workshop = WorkshopFactory.create()
    office.post(desk(workshop), {"action": "draft"})
    wave = InvitationWave.objects.get()
    assert "hx-get" not in office.get(page(wave)).content.decode()
    office.post(step(wave, "senden"))
    write_due()
    first, second, third = OutgoingMail.objects.order_by("pk").values_list("pk", flat=True)
    OutgoingMail.objects.filter(pk=first).update(state="sent", bounced_at=timezone.now())
    OutgoingMail.objects.filter(pk=second).update(state="sending", claimed_until=timezone.now() - timedelta(minutes=1))
    text = office.get(page(wave)).content.decode()
    assert 'hx-trigger="every 3s" hx-select="#stand"' in text
    assert '<th scope="row">warten auf den Versand</th><td>1</td>' in text
    assert '<th scope="row">unzustellbar zurückgekommen</th><td>1</td>' in text
    assert '<th scope="row">nicht zugestellt, bitte entscheiden</th><td>1</td>' in text
    assert "0 von 3 Nachrichten gesendet." in text
    OutgoingMail.objects.filter(pk=third).update(state="sent")
    text = office.get(page(wave)).content.decode()
    assert "hx-get" not in text
    assert "1 von 3 Nachrichten gesendet." in text


def test_sending_takes_as_many_queries_for_many_as_for_few(cast: Cast) -> None:
    counts = []
    for size in (0, 40):
        StakeholderFactory.create_batch(size)
        wave = draft_wave(
            workshop=WorkshopFactory.create(), people=Stakeholder.objects.taking_part(), actor=cast.project_office
        )
        with CaptureQueriesContext(connection) as queries:
            assert send_wave(wave=wave, actor=cast.project_office) == 3 + size
        counts.append(len(queries))
    assert counts[1] <= counts[0]
