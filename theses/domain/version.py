"""Wordings of a published thesis: the first one, new ones by its author, and who is asked to look again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.outbox import post, post_many
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from theses.domain.moderation import check_office, check_published, locked, note
from theses.models import Stance, Thesis, ThesisVersion, VersionProposal
from theses.news import version_changed, version_published, version_refused
from theses.permissions import may_submit
from theses.verbs import ThesisVerb


@dataclass(frozen=True, slots=True)
class Wording:
    """What an author proposes, clean; `base` is the version that stood in their form."""

    sentence: str
    reason: str
    change: str
    base: int


def fingerprint(sentence: str, reason: str) -> str:
    """The hash over the sentence, an empty line and the reason in UTF-8, as everybody can work it out."""
    return "sha256:" + hashlib.sha256(f"{sentence}\n\n{reason}".encode()).hexdigest()


def write_version(
    thesis: Thesis, *, change: str = "", substantial: bool = False, at: datetime | None = None
) -> ThesisVersion:
    """What the thesis says now, kept for good; called inside the transaction that publishes it."""
    return ThesisVersion.objects.create(
        thesis=thesis,
        number=thesis.version,
        sentence=thesis.sentence,
        reason=thesis.reason,
        change=change,
        substantial=substantial,
        fingerprint=fingerprint(thesis.sentence, thesis.reason),
        at=at or timezone.now(),
    )


@transaction.atomic
def propose_version(*, thesis: Thesis, author: Stakeholder, wording: Wording) -> VersionProposal:
    """Waits for the project office; the published text stays. A second click gives the same proposal.

    Raises Refusal when the thesis is not open, somebody else wrote it, nothing changes, or a proposal waits already.
    """
    thesis = locked(thesis)
    if thesis.author_id != author.pk or not may_submit(author):
        raise Refusal(_("Nur die Person, die eine These eingereicht hat, kann eine neue Fassung vorschlagen."))
    check_published(thesis)
    waiting = thesis.version_proposals.filter(state=VersionProposal.State.WAITING).first()
    if waiting and (waiting.sentence, waiting.reason) == (wording.sentence, wording.reason):
        return waiting
    if waiting:
        raise Refusal(_("Ihr letzter Vorschlag wartet noch auf das Projektbüro. Bitte warten Sie auf die Antwort."))
    if wording.base != thesis.version:
        raise Refusal(_("Inzwischen gilt eine andere Fassung dieser These. Bitte gehen Sie von dieser aus."))
    if (wording.sentence, wording.reason) == (thesis.sentence, thesis.reason):
        raise Refusal(_("Dieser Text gilt bereits. Bitte ändern Sie die These oder ihre Begründung."), "sentence")
    proposal = VersionProposal.objects.create(
        thesis=thesis,
        author=author,
        base=thesis.version,
        sentence=wording.sentence,
        reason=wording.reason,
        change=wording.change,
        proposed_at=timezone.now(),
    )
    note(ThesisVerb.VERSION_PROPOSED, thesis, author, facts={"proposal": proposal.pk})
    return proposal


@transaction.atomic
def accept_version(*, proposal: VersionProposal, actor: Stakeholder, substantial: bool) -> ThesisVersion:
    """The proposed text is what the thesis says from now on. After a `substantial` change everybody whose stance is
    about an earlier wording is asked once by mail to look again; no stance changes by itself.
    """
    thesis, proposal = _waiting(proposal, actor)
    check_published(thesis)
    if thesis.version != proposal.base:
        raise Refusal(_("Inzwischen gilt eine andere Fassung dieser These. Bitte lehnen Sie diesen Vorschlag ab."))
    thesis.sentence = proposal.sentence
    thesis.slug = Thesis.slug_for(proposal.sentence)
    thesis.reason = proposal.reason
    thesis.version += 1
    thesis.save(update_fields=("sentence", "slug", "reason", "version"))
    version = write_version(thesis, change=proposal.change, substantial=substantial)
    _decided(proposal, VersionProposal.State.ACCEPTED, "")
    facts: dict[str, object] = {"version": version.number, "substantial": substantial}
    note(ThesisVerb.VERSION_PUBLISHED, thesis, actor, facts=facts)
    if proposal.author.is_active:
        post(version_published(thesis, proposal.author))
    if substantial:
        earlier = Stance.objects.counted().filter(thesis=thesis, version__lt=thesis.version).select_related("person")
        post_many(version_changed(thesis, stance.person) for stance in earlier if stance.person != proposal.author)
    return version


@transaction.atomic
def refuse_version(*, proposal: VersionProposal, actor: Stakeholder, reason: str) -> None:
    if not reason.strip():
        raise Refusal(_("Bitte begründen Sie die Entscheidung. Die Begründung geht an die Autorin oder den Autor."))
    thesis, proposal = _waiting(proposal, actor)
    _decided(proposal, VersionProposal.State.REFUSED, reason.strip())
    note(ThesisVerb.VERSION_REFUSED, thesis, actor, facts={"proposal": proposal.pk})
    if proposal.author.is_active:
        post(version_refused(thesis, proposal.author, proposal))


def check_waiting(proposal: VersionProposal) -> None:
    if proposal.state != VersionProposal.State.WAITING:
        raise Refusal(_("Über diesen Vorschlag wurde inzwischen bereits entschieden."))


def looks_again(thesis: Thesis, stance: Stance | None) -> bool:
    """Whether a substantial change came after the wording on which this stance was taken."""
    if stance is None or thesis.version <= stance.version:
        return False
    return thesis.versions.filter(number__gt=stance.version, substantial=True).exists()


def _waiting(proposal: VersionProposal, actor: Stakeholder) -> tuple[Thesis, VersionProposal]:
    """Thesis first, proposal second, in this order for everybody."""
    check_office(actor)
    thesis = locked(proposal.thesis)
    row = VersionProposal.objects.select_for_update(no_key=True, of=("self",)).select_related("author")
    proposal = row.get(pk=proposal.pk)
    check_waiting(proposal)
    return thesis, proposal


def _decided(proposal: VersionProposal, state: str, reason: str) -> None:
    proposal.state = state
    proposal.decision_reason = reason
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=("state", "decision_reason", "decided_at"))
