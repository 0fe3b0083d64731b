from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.workshops import WorkshopFactory
from workshops.models import Workshop


@pytest.fixture
def workshop() -> Workshop:
    """From 10:00 to 13:00 in twenty days."""
    day = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=20)
    row: Workshop = WorkshopFactory.create(starts_at=day)
    return row
