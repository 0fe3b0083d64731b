from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.models import FieldOfAction, Measure
from stakeholders.domain.activity import Kind, note_activity, subject
from stakeholders.domain.outbox import post
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Channel, District, Mandate, Stakeholder, Topic
from stakeholders.permissions import is_project_office
from theses.domain.moderation import check_undecided, locked, note, what_happened
from theses.domain.version import write_version
from theses.mails import decision, receipt
from theses.models import Thesis, ThesisDraft
from theses.permissions import may_submit
from theses.verbs import ThesisVerb

DOUBLE_SUBMIT = timedelta(minutes=10)
"""The same sentence from the same author within this time is a second click and no second thesis."""

MOST_WAITING = 20
"""Theses of one author that may wait for the project office at a time."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an author writes. The texts are clean, and at least one of measure and field of action is named.

    With a `mandate` they speak for its organisation, otherwise personally.
    """

    sentence: str
    reason: str
    measure: Measure | None = None
    field_of_action: FieldOfAction | None = None
    district: District | None = None
    mandate: Mandate | None = None
    topic: Topic | None = None
    text_language: str = "de"


@transaction.atomic
def submit(
    *, author: Stakeholder, draft: Draft, recorded_by: Stakeholder | None = None, channel: Channel = Channel.WEB
) -> Thesis:
    """The thesis waits for the project office; its author gets a receipt, the project office sees it in its queue.

    `recorded_by` of the project office writes down what the author said by another `channel`. Raises Refusal when the
    profile is incomplete, nothing is named that the thesis is about, or too many wait.
    """
    author = Stakeholder.objects.select_for_update(no_key=True).get(pk=author.pk)
    if recorded_by:
        _check_recording(author, recorded_by)
    else:
        _check_author(author)
    _check_subject(draft)
    waiting = Thesis.objects.filter(author=author, state=Thesis.State.SUBMITTED)
    recent = waiting.filter(submitted_at__gt=timezone.now() - DOUBLE_SUBMIT)
    twin = recent.filter(sentence=draft.sentence, mandate=draft.mandate).first()
    if twin:
        return twin
    if waiting.count() >= MOST_WAITING:
        raise Refusal(
            _(
                "Von Ihnen warten bereits %(number)d Thesen auf eine Antwort. "
                "Bitte reichen Sie weitere ein, sobald das Projektbüro geantwortet hat."
            )
            % {"number": MOST_WAITING}
        )
    mandate = _held(draft, author)
    _check_mandate(draft, mandate)
    thesis = Thesis(author=author, recorded_by=recorded_by, channel=channel)
    _write(thesis, draft, mandate)
    facts: dict[str, object] | None = {"author": author.pk, "channel": channel.value} if recorded_by else None
    note(ThesisVerb.SUBMITTED, thesis, recorded_by or author, facts=facts)
    if not recorded_by:
        ThesisDraft.objects.filter(author=author).delete()
    _tell_contribution(thesis, author)
    post(receipt(thesis, author))
    return thesis


@transaction.atomic
def revise(*, thesis: Thesis, author: Stakeholder, draft: Draft) -> Thesis:
    """A returned thesis waits again, with its new text. A second click changes nothing.

    The project office's last reason stays with the thesis, so that it can see what it had asked for.
    """
    mandate = _held(draft, author)
    thesis = locked(thesis)
    if thesis.author_id != author.pk:
        raise Refusal(_("Nur die Person, die eine These eingereicht hat, kann sie überarbeiten."))
    if thesis.state == Thesis.State.SUBMITTED and _says_the_same(thesis, draft):
        return thesis
    if thesis.state != Thesis.State.RETURNED:
        raise Refusal(what_happened(thesis))
    _check_author(author)
    _check_subject(draft)
    _check_mandate(draft, mandate)
    _write(thesis, draft, mandate)
    note(ThesisVerb.RESUBMITTED, thesis, author)
    _tell_contribution(thesis, author)
    post(receipt(thesis, author))
    return thesis


@transaction.atomic
def publish(*, thesis: Thesis, actor: Stakeholder) -> Thesis:
    return _decide(thesis, actor, Thesis.State.PUBLISHED, ThesisVerb.PUBLISHED, reason="")


@transaction.atomic
def return_to_author(*, thesis: Thesis, actor: Stakeholder, reason: str) -> Thesis:
    return _decide(thesis, actor, Thesis.State.RETURNED, ThesisVerb.RETURNED, reason=_checked(reason))


@transaction.atomic
def decline(*, thesis: Thesis, actor: Stakeholder, reason: str) -> Thesis:
    return _decide(thesis, actor, Thesis.State.DECLINED, ThesisVerb.DECLINED, reason=_checked(reason))


def _decide(thesis: Thesis, actor: Stakeholder, state: str, verb: ThesisVerb, *, reason: str) -> Thesis:
    thesis = locked(thesis)
    if not actor.is_staff:
        raise Refusal(_("Über Thesen entscheidet das Projektbüro."))
    check_undecided(thesis)
    thesis.state = state
    thesis.decision_reason = reason
    thesis.decided_at = timezone.now()
    thesis.published_at = thesis.decided_at if state == Thesis.State.PUBLISHED else None
    thesis.save(update_fields=("state", "decision_reason", "decided_at", "published_at"))
    if state == Thesis.State.PUBLISHED:
        write_version(thesis)
    note(verb, thesis, actor, facts={"reason": reason} if reason else None)
    author = thesis.author
    if author and state == Thesis.State.PUBLISHED:
        _tell_contribution(thesis, author)
    if author and author.is_active:
        post(decision(thesis, author))
    return thesis


def _tell_contribution(thesis: Thesis, author: Stakeholder) -> None:
    """With the time of handing in: publishing is no act of the author, but makes sure that the fact is known."""
    about = subject("thesis", thesis)
    note_activity(person=author, kind=Kind.CONTRIBUTED, at=thesis.submitted_at, **about)


def _checked(reason: str) -> str:
    if not reason.strip():
        raise Refusal(
            _("Bitte begründen Sie die Entscheidung. Die Begründung geht an die Autorin oder den Autor."), "reason"
        )
    return reason.strip()


def _check_author(author: Stakeholder) -> None:
    if not may_submit(author):
        raise Refusal(_("Bitte ergänzen Sie zuerst Ihr Profil. Danach können Sie Thesen einreichen."))


def _check_recording(author: Stakeholder, recorded_by: Stakeholder) -> None:
    if not is_project_office(recorded_by):
        raise Refusal(_("Für andere schreibt nur das Projektbüro Thesen auf."))
    if not author.is_active or not author.has_complete_profile:
        raise Refusal(_("Dieser Person fehlt noch Nachname, Akteursgruppe oder Kreis, oder ihr Zugang ist gesperrt."))


def _check_subject(draft: Draft) -> None:
    if not (draft.measure or draft.field_of_action):
        raise Refusal(_("Wählen Sie eine Maßnahme oder ein Handlungsfeld."), "measure")


def _says_the_same(thesis: Thesis, draft: Draft) -> bool:
    said = (thesis.sentence, thesis.reason, thesis.mandate_id)
    return said == (draft.sentence, draft.reason, draft.mandate.pk if draft.mandate else None)


def _held(draft: Draft, author: Stakeholder) -> Mandate | None:
    """The mandate as it is now, locked, and None if it is another's. Before the thesis, as whoever merges does."""
    if draft.mandate is None:
        return None
    return Mandate.objects.select_for_update(no_key=True).filter(person=author, pk=draft.mandate.pk).first()


def _check_mandate(draft: Draft, held: Mandate | None) -> None:
    if draft.mandate and not (held and held.is_valid):
        raise Refusal(_("Dieses Mandat gilt nicht mehr. Bitte wählen Sie noch einmal, wie Sie sprechen."), "mandate")


def _write(thesis: Thesis, draft: Draft, mandate: Mandate | None) -> None:
    thesis.sentence = draft.sentence
    thesis.slug = Thesis.slug_for(draft.sentence)
    thesis.reason = draft.reason
    thesis.measure = draft.measure
    thesis.field_of_action = draft.field_of_action
    thesis.district = draft.district
    thesis.topic = draft.topic
    thesis.mandate = mandate
    thesis.organisation_id = mandate.organisation_id if mandate else None
    thesis.text_language = draft.text_language
    thesis.state = Thesis.State.SUBMITTED
    thesis.submitted_at = timezone.now()
    thesis.save()
