"""Every model with a path to a person is in the data export, and nothing in it opens an account."""

import json
from datetime import timedelta

from django.utils import timezone

from portal.domain.personal_data import collect
from stakeholders.models import DataExport
from tests.cast import Cast
from tests.portal.traces import MAKERS, leave_traces, models_with_a_path_to_a_person
from theses.models import DigestEnd
from workshops.models import CalendarAddress


def test_every_model_with_a_path_to_a_person_has_a_trace() -> None:
    assert {model.__name__ for model in models_with_a_path_to_a_person()} == {model.__name__ for model in MAKERS}


def test_every_trace_is_found_in_the_export_of_its_person_alone(cast: Cast) -> None:
    words = leave_traces(cast.stakeholder, "q")
    words[DataExport] = str((timezone.now() + timedelta(days=int(words[DataExport][1:3]))).date())
    words[DigestEnd] = str((timezone.now() + timedelta(days=1000 + int(words[DigestEnd][1:3]))).date())
    words[CalendarAddress] = str((timezone.now() + timedelta(days=2000 + int(words[CalendarAddress][1:3]))).date())
    cast.stakeholder.refresh_from_db()
    own = json.dumps(collect(cast.stakeholder), ensure_ascii=False)
    missing = [model.__name__ for model, word in words.items() if word not in own]
    assert missing == []
    others = json.dumps(collect(cast.outsider), ensure_ascii=False)
    assert [model.__name__ for model, word in words.items() if word in others] == []


def test_nothing_that_opens_an_account_is_exported(cast: Cast) -> None:
    leave_traces(cast.stakeholder, "q")
    assert "GEHEIM" not in json.dumps(collect(cast.stakeholder))
