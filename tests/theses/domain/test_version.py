import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, OutgoingMail
from tests.cast import Cast
from tests.factories.moderation import VersionProposalFactory
from tests.factories.theses import StanceFactory, ThesisFactory
from theses.domain.stance import take
from theses.domain.thesis import publish
from theses.domain.version import (
    Wording,
    accept_version,
    looks_again,
    propose_version,
    refuse_version,
    write_version,
)
from theses.models import Stance, Thesis, ThesisVersion, VersionProposal

NEW = Wording("Gründerzentren brauchen Werkstätten.", "Weil dort gebaut wird.", "Der Satz ist kürzer.", 1)


def test_publishing_writes_the_first_version_with_its_fingerprint(cast: Cast) -> None:
    thesis = publish(thesis=ThesisFactory.create(state="submitted", published_at=None), actor=cast.project_office)
    version = ThesisVersion.objects.get()
    digest = hashlib.sha256(f"{thesis.sentence}\n\n{thesis.reason}".encode()).hexdigest()
    assert (version.number, version.sentence, version.fingerprint) == (1, thesis.sentence, f"sha256:{digest}")


def test_a_proposal_waits_and_a_second_click_gives_the_same(cast: Cast) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder)
    first = propose_version(thesis=thesis, author=cast.stakeholder, wording=NEW)
    assert propose_version(thesis=thesis, author=cast.stakeholder, wording=NEW) == first
    thesis.refresh_from_db()
    assert (thesis.version, thesis.sentence != NEW.sentence, first.state) == (1, True, "waiting")
    entry = AuditEntry.objects.get(verb="thesis_version_proposed")
    assert NEW.sentence not in f"{entry.target_label} {entry.facts}"


@pytest.mark.parametrize(
    ("changes", "wording", "words"),
    [
        ({"state": "submitted"}, NEW, "liegt bereits dem Projektbüro vor"),
        ({"state": "closed"}, NEW, "bereits abgeschlossen"),
        ({"state": "merged"}, NEW, "zusammengeführt"),
        ({"version": 2}, NEW, "eine andere Fassung"),
        ({"sentence": NEW.sentence, "reason": NEW.reason}, NEW, "gilt bereits"),
    ],
)
def test_what_cannot_be_proposed(cast: Cast, changes: dict[str, Any], wording: Wording, words: str) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder, **changes)
    with pytest.raises(Refusal, match=words):
        propose_version(thesis=thesis, author=cast.stakeholder, wording=wording)
    assert not VersionProposal.objects.exists()


def test_only_the_author_proposes_and_one_at_a_time(cast: Cast) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder)
    with pytest.raises(Refusal, match="Nur die Person"):
        propose_version(thesis=thesis, author=cast.outsider, wording=NEW)
    VersionProposalFactory.create(thesis=thesis)
    with pytest.raises(Refusal, match="wartet noch"):
        propose_version(thesis=thesis, author=cast.stakeholder, wording=NEW)


def test_an_accepted_version_is_what_the_thesis_says_and_stances_stay(cast: Cast) -> None:
    proposal = VersionProposalFactory.create()
    write_version(proposal.thesis)
    stance = StanceFactory.create(thesis=proposal.thesis)
    version = accept_version(proposal=proposal, actor=cast.project_office, substantial=False)
    thesis = Thesis.objects.get(pk=proposal.thesis.pk)
    assert (thesis.version, thesis.sentence, thesis.slug) == (
        2,
        proposal.sentence,
        Thesis.slug_for(proposal.sentence),
    )
    assert (version.number, version.change, version.substantial) == (2, proposal.change, False)
    stance.refresh_from_db()
    assert (stance.value, stance.version) == (Stance.Value.AGREE, 1)
    assert [mail.person for mail in OutgoingMail.objects.all()] == [thesis.author]
    assert not looks_again(thesis, stance)


def test_a_substantial_change_asks_once_whoever_answered_before(cast: Cast) -> None:
    proposal = VersionProposalFactory.create(author=cast.stakeholder)
    thesis = proposal.thesis
    take(thesis=thesis, person=cast.colleague, value=Stance.Value.AGREE)
    accept_version(proposal=proposal, actor=cast.project_office, substantial=True)
    take(thesis=thesis, person=cast.outsider, value=Stance.Value.AGREE)
    mails = {mail.person: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {cast.stakeholder, cast.colleague}
    assert proposal.sentence in mails[cast.colleague].text
    thesis.refresh_from_db()
    assert looks_again(thesis, Stance.objects.get(person=cast.colleague))
    assert not looks_again(thesis, Stance.objects.get(person=cast.outsider))
    assert not looks_again(thesis, None)
    take(thesis=thesis, person=cast.colleague, value=Stance.Value.AGREE)
    assert not looks_again(thesis, Stance.objects.get(person=cast.colleague))


def test_a_refused_version_carries_its_reason(cast: Cast) -> None:
    proposal = VersionProposalFactory.create()
    with pytest.raises(Refusal, match="begründen"):
        refuse_version(proposal=proposal, actor=cast.project_office, reason=" ")
    refuse_version(proposal=proposal, actor=cast.project_office, reason="Das ist eine andere These.")
    proposal.refresh_from_db()
    assert (proposal.state, Thesis.objects.get().version) == ("refused", 1)
    assert "Das ist eine andere These." in OutgoingMail.objects.get(person=proposal.author).text


DECISIONS: list[Callable[..., object]] = [
    lambda proposal, actor: accept_version(proposal=proposal, actor=actor, substantial=False),
    lambda proposal, actor: refuse_version(proposal=proposal, actor=actor, reason="Nein."),
]


@pytest.mark.parametrize("decide", DECISIONS)
def test_the_second_decision_is_told_and_others_may_not(cast: Cast, decide: Callable[..., object]) -> None:
    proposal = VersionProposalFactory.create()
    for person in (cast.stakeholder, cast.ministry, proposal.author):
        with pytest.raises(Refusal, match="Projektbüro"):
            decide(proposal, person)
    decide(proposal, cast.project_office)
    for again in DECISIONS:
        with pytest.raises(Refusal, match="bereits entschieden"):
            again(proposal, cast.project_office)


def test_a_version_of_a_closed_thesis_or_an_old_wording_is_not_accepted(cast: Cast) -> None:
    closed = VersionProposalFactory.create(thesis=ThesisFactory.create(state="closed"))
    with pytest.raises(Refusal, match="abgeschlossen"):
        accept_version(proposal=closed, actor=cast.project_office, substantial=False)
    old = VersionProposalFactory.create(thesis=ThesisFactory.create(version=3))
    with pytest.raises(Refusal, match="eine andere Fassung"):
        accept_version(proposal=old, actor=cast.project_office, substantial=False)
