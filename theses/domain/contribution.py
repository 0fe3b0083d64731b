"""The discussion of a thesis. Everything that changes a contribution holds the lock of its thesis, but for marks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.activity import Kind as ActivityKind
from stakeholders.domain.activity import note_activity, subject
from stakeholders.domain.audit import record
from stakeholders.domain.outbox import post, post_many
from stakeholders.domain.refusal import Refusal, StaleSave
from stakeholders.models import Mandate, Stakeholder
from stakeholders.permissions import is_project_office, may_take_part
from theses.domain.follow import followers_of
from theses.mails import official_answer, official_answer_to_follower
from theses.models import Contribution, Thesis
from theses.permissions import may_answer, may_contribute
from theses.verbs import ThesisVerb

Kind, State = Contribution.Kind, Contribution.State

DOUBLE_SUBMIT = timedelta(minutes=10)
"""The same words by the same author in the same place within this time are a second click."""

PER_HOUR = 20
"""Contributions and answers of one person, over all theses; the project office answers as much as it likes."""


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody writes, already clean. With a `mandate` they speak for its organisation, otherwise personally."""

    text: str
    mandate: Mandate | None = None
    text_language: str = "de"


@transaction.atomic
def write(*, thesis: Thesis, author: Stakeholder, kind: Contribution.Kind, words: Words) -> Contribution:
    """Shown at once. Raises Refusal when the thesis is not open, the author may not, or wrote too much in an hour."""
    mandate = _held(words, author)
    thesis = lock_thesis(thesis.pk)
    if not may_contribute(author, thesis):
        raise Refusal(_why_not(thesis, author))
    if kind == Kind.ANSWER:
        raise Refusal(_("Eine Antwort gehört unter einen Beitrag. Bitte antworten Sie dort."), "kind")
    return _twin(thesis, author, words, None, kind) or _add(thesis, author, words, mandate, kind=kind)


@transaction.atomic
def answer(*, parent: Contribution, author: Stakeholder, words: Words) -> Contribution:
    """One level deep. What the project office answers is official: whoever asked and all followers get it by mail."""
    mandate = _held(words, author)
    thesis = lock_thesis(parent.thesis_id)
    parent = Contribution.objects.select_related("author").get(pk=parent.pk)
    if not may_answer(author, thesis):
        raise Refusal(_why_not(thesis, author))
    if parent.parent_id:
        raise Refusal(_("Auf eine Antwort kann man nicht antworten. Bitte antworten Sie auf den Beitrag darüber."))
    if not parent.is_shown:
        raise Refusal(_("Dieser Beitrag steht nicht mehr da. Eine Antwort ist nicht mehr möglich."))
    if twin := _twin(thesis, author, words, parent, Kind.ANSWER):
        return twin
    row = _add(thesis, author, words, mandate, kind=Kind.ANSWER, parent=parent)
    Contribution.objects.filter(pk=parent.pk).update(answer_count=F("answer_count") + 1)
    if row.is_official:
        _tell_official(row, parent)
    return row


@transaction.atomic
def edit(*, contribution: Contribution, author: Stakeholder, words: Words, seen: datetime | None) -> Contribution:
    """Within half an hour; for whom somebody speaks stays. `seen` is `edited_at` of the words that were on the page."""
    row = _own(contribution, author)
    if (row.text, row.text_language) == (words.text, words.text_language):
        return row
    if row.thesis.state != Thesis.State.PUBLISHED:
        raise Refusal(_why_not(row.thesis, author))
    if not row.is_fresh:
        raise Refusal(_("Beiträge lassen sich 30 Minuten lang ändern. Sie können ihn zurückziehen und neu schreiben."))
    if row.edited_at != seen:
        raise StaleSave(
            _(
                "Sie haben diesen Beitrag inzwischen in einem anderen Fenster geändert. Bitte prüfen Sie, welcher Text "
                "gelten soll, und speichern Sie noch einmal."
            )
        )
    row.text, row.text_language, row.edited_at = words.text, words.text_language, timezone.now()
    row.save(update_fields=("text", "text_language", "edited_at"))
    _note(ThesisVerb.CONTRIBUTION_CHANGED, row, author)
    return row


@transaction.atomic
def withdraw(*, contribution: Contribution, author: Stakeholder) -> None:
    """At any time. The text is gone for good; what others answered keeps its place. A second click changes nothing."""
    lock_thesis(contribution.thesis_id)
    if not Contribution.objects.shown().filter(pk=contribution.pk).exists():
        return
    row = _own(contribution, author)
    _note(ThesisVerb.CONTRIBUTION_WITHDRAWN, row, author)
    take_out(row, State.WITHDRAWN)


@transaction.atomic
def remove(*, contribution: Contribution, actor: Stakeholder, report: int) -> None:
    """After a report, by its decision; the text is kept where only the office reads it, as long as somebody may
    contradict. What is gone already stays so."""
    lock_thesis(contribution.thesis_id)
    row = Contribution.objects.filter(pk=contribution.pk, state=State.SHOWN).first()
    if row:
        _note(ThesisVerb.CONTRIBUTION_REMOVED, row, actor, facts={"report": report})
        take_out(row, State.REMOVED)


def take_out(row: Contribution, state: Contribution.State) -> None:
    """Under the lock of its thesis. Withdrawn words are forgotten: the row too, unless others answered it."""
    if row.parent_id:
        Contribution.objects.filter(pk=row.parent_id).update(answer_count=F("answer_count") - 1)
    if state == State.WITHDRAWN and not Contribution.objects.filter(parent=row).exists():
        row.delete()
        return
    row.state = state
    row.text = "" if state == State.WITHDRAWN else row.text
    row.save(update_fields=("state", "text"))


@transaction.atomic
def forget_author(*, person: Stakeholder) -> None:
    """Only for erasing the person. What is shown stays without its author: what was said under a mandate as the word of
    the organisation, what was said personally without one. The words of what was taken out go."""
    own = Contribution.objects.filter(author=person)
    taken_out = own.exclude(state=State.SHOWN)
    taken_out.filter(answers__isnull=True).delete()
    taken_out.update(text="")
    own.filter(mandate__isnull=True).update(organisation=None)
    own.update(author=None)


def lock_thesis(number: int) -> Thesis:
    return Thesis.objects.select_for_update(no_key=True).only("state", "sentence", "slug", "author").get(pk=number)


def _add(
    thesis: Thesis,
    author: Stakeholder,
    words: Words,
    mandate: Mandate | None,
    *,
    kind: Contribution.Kind,
    parent: Contribution | None = None,
) -> Contribution:
    official = is_project_office(author)
    if words.mandate and not (mandate and mandate.is_valid):
        raise Refusal(_("Dieses Mandat gilt nicht mehr. Bitte wählen Sie noch einmal, wie Sie sprechen."), "mandate")
    if not official:
        _check_rate(author)
    row = Contribution.objects.create(
        thesis=thesis,
        parent=parent,
        kind=kind,
        text=words.text,
        text_language=words.text_language,
        author=author,
        mandate=mandate,
        organisation_id=mandate.organisation_id if mandate else None,
        is_official=official,
        written_at=timezone.now(),
    )
    _note(ThesisVerb.ANSWERED_OFFICIALLY if official else ThesisVerb.CONTRIBUTED, row, author)
    note_activity(person=author, kind=ActivityKind.CONTRIBUTED, at=row.written_at, **subject("thesis", thesis))
    return row


def _tell_official(row: Contribution, parent: Contribution) -> None:
    asker = parent.author
    told = [follower for follower in followers_of(row.thesis) if follower.pk not in (row.author_id, parent.author_id)]
    if asker and asker.is_active and asker.pk != row.author_id:
        post(official_answer(row, asker))
    post_many(official_answer_to_follower(row, follower) for follower in told)


def _twin(
    thesis: Thesis, author: Stakeholder, words: Words, parent: Contribution | None, kind: Contribution.Kind
) -> Contribution | None:
    since = timezone.now() - DOUBLE_SUBMIT
    rows = Contribution.objects.shown().filter(thesis=thesis, parent=parent, kind=kind, author=author)
    return rows.filter(text=words.text, mandate=words.mandate, written_at__gt=since).first()


def _check_rate(author: Stakeholder) -> None:
    since = timezone.now() - timedelta(hours=1)
    if Contribution.objects.filter(author=author, written_at__gt=since).count() >= PER_HOUR:
        raise Refusal(
            _(
                "Sie haben in der letzten Stunde schon %(number)d Beiträge geschrieben. Danke dafür! "
                "Bitte machen Sie eine Pause, damit auch andere zu Wort kommen."
            )
            % {"number": PER_HOUR}
        )


def _own(contribution: Contribution, author: Stakeholder) -> Contribution:
    thesis = lock_thesis(contribution.thesis_id)
    row = Contribution.objects.shown().filter(pk=contribution.pk).first()
    if row is None:
        raise Refusal(_("Dieser Beitrag steht nicht mehr da und lässt sich nicht mehr ändern."))
    if row.author_id != author.pk:
        raise Refusal(_("Nur wer einen Beitrag geschrieben hat, kann ihn ändern oder zurückziehen."))
    row.thesis = thesis
    return row


def _held(words: Words, author: Stakeholder) -> Mandate | None:
    """The mandate as it is now, locked, and None if it is another's. Before the thesis, as whoever merges does."""
    if words.mandate is None:
        return None
    return Mandate.objects.select_for_update(no_key=True).filter(person=author, pk=words.mandate.pk).first()


def _note(verb: ThesisVerb, row: Contribution, actor: Stakeholder, *, facts: dict[str, object] | None = None) -> None:
    """By number, because the log must not repeat what somebody wrote."""
    label = f"{Contribution._meta.verbose_name} {row.pk}"
    record(verb, actor=actor, target=row, label=label, facts={"thesis": row.thesis_id, **(facts or {})})


def _why_not(thesis: Thesis, author: Stakeholder) -> str:
    if thesis.state == Thesis.State.CLOSED:
        return _("Diese These ist abgeschlossen. Die Diskussion lässt sich nachlesen, aber nicht mehr fortsetzen.")
    if thesis.state != Thesis.State.PUBLISHED:
        return _("Zu dieser These sind keine Beiträge möglich, weil sie nicht veröffentlicht ist.")
    if is_project_office(author):
        return _("Das Projektbüro antwortet auf Beiträge und schreibt keine eigenen.")
    if not may_take_part(author):
        return _("Bitte ergänzen Sie zuerst Ihr Profil. Danach können Sie mitdiskutieren.")
    return _("Zu dieser These können Sie nichts beitragen.")
