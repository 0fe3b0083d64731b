import pytest

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry
from tests.cast import Cast
from tests.factories.theses import ThesisFactory
from theses.domain.shares import hide_shares
from theses.permissions import may_see_shares
from theses.verbs import ThesisVerb


def test_hide_shares_is_told_to_the_audit_log_once(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    for hides in (True, False, False):
        hide_shares(thesis=thesis, actor=cast.project_office, hides=hides)
    thesis.refresh_from_db()
    assert may_see_shares(cast.outsider, thesis, has_stance=False)
    hide_shares(thesis=thesis, actor=cast.project_office, hides=True)
    thesis.refresh_from_db()
    assert not may_see_shares(cast.outsider, thesis, has_stance=False)
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == [ThesisVerb.SHARES_SHOWN, ThesisVerb.SHARES_HIDDEN]


def test_hide_shares_is_refused_to_everybody_else(cast: Cast) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder)
    for person in (cast.stakeholder, cast.ministry, cast.outsider):
        with pytest.raises(Refusal, match="Projektbüro"):
            hide_shares(thesis=thesis, actor=person, hides=False)
    thesis.refresh_from_db()
    assert thesis.hides_shares
