"""Two real transactions on two connections: two of the office never both close or merge the same thesis."""

import pytest

from stakeholders.models import AuditEntry, Stakeholder
from tests.at_once import refused_at_once
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import ThesisFactory
from theses.domain.conclusion import conclude
from theses.domain.merging import merge
from theses.models import Thesis


@pytest.mark.django_db(transaction=True)
def test_two_theses_are_not_merged_into_each_other() -> None:
    office = StakeholderFactory.create_batch(2, role=Stakeholder.Role.PROJECT_OFFICE)
    for _round in range(3):
        first, second = ThesisFactory.create_batch(2)
        refused = refused_at_once(
            lambda: merge(source=first, target=second, actor=office[0], reason="Dasselbe."),  # noqa: B023 at once
            lambda: merge(source=second, target=first, actor=office[1], reason="Dasselbe."),  # noqa: B023 at once
        )
        states = sorted(Thesis.objects.filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True))
        assert (len(refused), states) == (1, ["merged", "published"])


@pytest.mark.django_db(transaction=True)
def test_a_thesis_is_concluded_or_merged_but_not_both() -> None:
    office = StakeholderFactory.create_batch(2, role=Stakeholder.Role.PROJECT_OFFICE)
    thesis, target = ThesisFactory.create_batch(2)
    refused = refused_at_once(
        lambda: merge(source=thesis, target=target, actor=office[0], reason="Dasselbe."),
        lambda: conclude(thesis=thesis, kind="dissent", text="Beides.", measure=None, actor=office[1]),
    )
    thesis.refresh_from_db()
    words = {"merged": "zusammengeführt", "closed": "abgeschlossen"}
    assert len(refused) == 1
    assert words[thesis.state] in refused[0]
    assert AuditEntry.objects.filter(target_id=thesis.pk).count() == 1
