"""Topics that people miss: proposed by anybody who takes part, accepted or declined by the project office."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.outbox import post
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder, Topic
from stakeholders.permissions import is_project_office
from theses.mails import topic_decided
from theses.models import TopicProposal
from theses.permissions import may_submit
from theses.verbs import ThesisVerb

State = TopicProposal.State

MOST_WAITING = 5
"""Proposals of one person that may wait for the project office at a time."""


@transaction.atomic
def propose_topic(*, author: Stakeholder, name: str, explanation: str) -> TopicProposal:
    """Waits for the project office. The same name again from the same person is a second click."""
    author = Stakeholder.objects.select_for_update(no_key=True).get(pk=author.pk)
    if not may_submit(author):
        raise Refusal(_("Bitte ergänzen Sie zuerst Ihr Profil. Danach können Sie Themen vorschlagen."))
    if Topic.objects.filter(name__iexact=name).exists():
        raise Refusal(_("Dieses Thema gibt es bereits."), "name")
    waiting = TopicProposal.objects.waiting().filter(author=author)
    twin = waiting.filter(name__iexact=name).first()
    if twin:
        return twin
    if waiting.count() >= MOST_WAITING:
        raise Refusal(_("Von Ihnen warten bereits fünf Vorschläge. Bitte warten Sie die Antwort des Projektbüros ab."))
    row = TopicProposal.objects.create(author=author, name=name, explanation=explanation)
    _note(ThesisVerb.TOPIC_PROPOSED, row, author)
    return row


@transaction.atomic
def accept_topic(*, proposal: TopicProposal, actor: Stakeholder, reason: str = "") -> Topic:
    """Theses can be gathered under it from now on; a topic that has the name already is taken."""
    row = _undecided(proposal, actor)
    topic = Topic.objects.filter(name__iexact=row.name).first()
    row.topic = topic or Topic.objects.create(name=row.name, key=_free_key(row.name), position=_last_position())
    _decide(row, State.ACCEPTED, ThesisVerb.TOPIC_ACCEPTED, actor, reason)
    return row.topic


@transaction.atomic
def decline_topic(*, proposal: TopicProposal, actor: Stakeholder, reason: str) -> None:
    if not reason.strip():
        raise Refusal(_("Bitte begründen Sie die Ablehnung. Die Begründung geht an die Person."), "answer")
    _decide(_undecided(proposal, actor), State.DECLINED, ThesisVerb.TOPIC_DECLINED, actor, reason)


def check_undecided(proposal: TopicProposal) -> None:
    """Raises Refusal that tells whoever comes second what the first decided."""
    sentences: dict[str, str] = {
        State.ACCEPTED: _("Dieses Thema wurde inzwischen bereits aufgenommen."),
        State.DECLINED: _("Dieses Thema wurde inzwischen bereits abgelehnt."),
    }
    if proposal.state in sentences:
        raise Refusal(sentences[proposal.state] + " " + _("Was Sie gerade gesendet haben, wurde nicht übernommen."))


def _undecided(proposal: TopicProposal, actor: Stakeholder) -> TopicProposal:
    if not is_project_office(actor):
        raise Refusal(_("Über Themen entscheidet das Projektbüro."))
    rows = TopicProposal.objects.select_for_update(no_key=True, of=("self",)).select_related("author")
    row = rows.get(pk=proposal.pk)
    check_undecided(row)
    return row


def _decide(row: TopicProposal, state: State, verb: ThesisVerb, actor: Stakeholder, reason: str) -> None:
    row.state = state
    row.decision_reason = reason.strip()
    row.decided_at = timezone.now()
    row.save(update_fields=("state", "decision_reason", "decided_at", "topic"))
    _note(verb, row, actor)
    if row.author and row.author.is_active:
        post(topic_decided(row, row.author))


def _free_key(name: str) -> str:
    """Stands in addresses (?thema=<key>)."""
    stem = slugify(name.replace("ß", "ss"))[:40].strip("-") or "thema"
    taken = set(Topic.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for key in (stem, *(f"{stem}-{number}" for number in range(2, 10_000))) if key not in taken)


def _last_position() -> int:
    last = Topic.objects.order_by("-position").values_list("position", flat=True).first() or 0
    return min(last + 1, 32_767)


def _note(verb: ThesisVerb, row: TopicProposal, actor: Stakeholder) -> None:
    record(verb, actor=actor, target=row, label=f"{TopicProposal._meta.verbose_name} {row.pk}")
