from typing import Any

import pytest
from django.db import InternalError, transaction

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, OutgoingMail
from tests.cast import Cast
from tests.factories.contributions import FollowFactory
from tests.factories.measures import MeasureFactory
from tests.factories.stakeholders import StakeholderFactory, StakeholderGroupFactory
from tests.factories.theses import StanceFactory, ThesisFactory
from theses.domain.conclusion import conclude
from theses.domain.stance import take
from theses.models import Conclusion, LineageStep, Stance, Thesis
from theses.privacy import erase

Kind = Conclusion.Kind


def answered(thesis: Thesis, group: str, *values: int) -> None:
    declared = StakeholderGroupFactory.create(key=group, name=group)
    for value in values:
        StanceFactory.create(thesis=thesis, person=StakeholderFactory.create(group=declared), value=value)


def concluded(thesis: Thesis, cast: Cast, **changes: Any) -> Conclusion:
    values = {"kind": Kind.DISSENT, "text": "Beides ist richtig.", "measure": None, "actor": cast.project_office}
    return conclude(thesis=thesis, **{**values, **changes})


def test_a_conclusion_closes_the_thesis_and_keeps_its_figures(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    answered(thesis, "verwaltung", 1, 1, 1, -1, 0)
    answered(thesis, "kammern", 1, 1, 1, 1, 1, 1)
    answered(thesis, "presse", 1)
    conclusion = concluded(thesis, cast)
    thesis.refresh_from_db()
    shares = conclusion.shares
    assert (thesis.state, conclusion.author) == ("closed", cast.project_office)
    assert set(shares) == {"told", "equal_voice", "groups"}  # no total, which would give the small group away
    assert shares["told"]["answers"] == 11
    rows = {row["name"]: row for row in shares["groups"]}
    assert rows["verwaltung"]["agree"] == pytest.approx(0.6)
    assert rows["presse"] == {"name": "presse", "name_en": rows["presse"]["name_en"], "hidden": True}
    with pytest.raises(Refusal, match="abgeschlossen"):
        take(thesis=thesis, person=cast.stakeholder, value=Stance.Value.AGREE)
    assert AuditEntry.objects.get().facts == {"kind": "dissent"}


def test_few_answers_leave_no_shares(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    answered(thesis, "kammern", 1, 1, -1, 0)
    assert concluded(thesis, cast).shares == {"told": None, "equal_voice": None, "groups": []}


def test_author_and_followers_are_told_once(cast: Cast) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder)
    for person in (cast.stakeholder, cast.colleague):
        FollowFactory.create(thesis=thesis, person=person)
    FollowFactory.create(thesis=thesis, person=StakeholderFactory.create(is_active=False))
    concluded(thesis, cast)
    mails = {mail.person: mail.text for mail in OutgoingMail.objects.all()}
    assert set(mails) == {cast.stakeholder, cast.colleague}
    assert "Beides ist richtig." in mails[cast.colleague]
    assert ("nicht mehr folgen" in mails[cast.colleague], "nicht mehr folgen" in mails[cast.stakeholder]) == (
        True,
        False,
    )


def test_the_history_begins_and_ends_at_once(cast: Cast) -> None:
    measure = MeasureFactory.create()
    concluded(ThesisFactory.create(), cast, kind=Kind.TAKEN_UP, measure=measure)
    keys = set(LineageStep.objects.values_list("key", flat=True))
    assert keys >= {"published", "conclusion", f"measure:{measure.pk}"}


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [({"text": " \n"}, "text", "wie Sie zu diesem Fazit"), ({"kind": Kind.TAKEN_UP}, "measure", "Maßnahme")],
)
def test_what_is_missing_is_said(cast: Cast, changes: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(Refusal, match=words) as refused:
        concluded(ThesisFactory.create(), cast, **changes)
    assert refused.value.field == field
    assert not Conclusion.objects.exists()


def test_others_and_the_second_are_refused(cast: Cast) -> None:
    thesis = ThesisFactory.create()
    for person in (cast.stakeholder, cast.ministry):
        with pytest.raises(Refusal, match="Projektbüro"):
            concluded(thesis, cast, actor=person)
    concluded(thesis, cast)
    with pytest.raises(Refusal, match="bereits abgeschlossen"):
        concluded(thesis, cast, text="Ein anderes Fazit.")
    assert Conclusion.objects.get().text == "Beides ist richtig."


@pytest.mark.parametrize("change", [{"text": "Doch anders."}, {"kind": Kind.CONSENSUS}, {"shares": {"total": 9}}])
def test_the_database_refuses_to_change_a_conclusion(cast: Cast, change: dict[str, Any]) -> None:
    conclusion = concluded(ThesisFactory.create(), cast)
    with pytest.raises(InternalError, match="Cannot update rows"), transaction.atomic():
        Conclusion.objects.update(**change)
    for deletable in (Conclusion.objects.all(), Thesis.objects.all()):
        with pytest.raises(InternalError, match="Cannot delete rows"), transaction.atomic():
            deletable.delete()
    assert Conclusion.objects.get().text == conclusion.text == "Beides ist richtig."


def test_a_conclusion_forgets_its_author_and_goes_with_a_thesis_that_is_off_the_public(cast: Cast) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder)
    concluded(thesis, cast)
    cast.project_office.delete()
    assert Conclusion.objects.get().author is None
    Thesis.objects.update(state=Thesis.State.DECLINED)
    erase(cast.stakeholder)
    assert not Thesis.objects.exists()
