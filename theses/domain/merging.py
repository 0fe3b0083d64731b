"""Theses that say the same become one, a thesis that says several things becomes several; no stance is ever moved."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.outbox import post_many
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from theses.domain.moderation import check_office, check_published, locked, locked_together, note
from theses.domain.version import write_version
from theses.models import Stance, Thesis
from theses.news import merged, received_merged
from theses.news import split as split_mail
from theses.verbs import ThesisVerb

FEWEST_PARTS = 2


@dataclass(frozen=True, slots=True)
class Part:
    sentence: str
    reason: str


@transaction.atomic
def merge(*, source: Thesis, target: Thesis, actor: Stakeholder, reason: str) -> Thesis:
    """`source` stays readable under its address with its own stances and leads to `target`; it takes no stances more.

    Both authors and those who agree with one of the two are told once each. Raises Refusal when one of the two is not
    open any more, which also tells a second moderator what the first one did.
    """
    check_office(actor)
    reason = _checked(reason)
    if source.pk == target.pk:
        raise Refusal(_("Bitte wählen Sie zwei verschiedene Thesen."), "target")
    rows = locked_together([source, target])
    source, target = rows[source.pk], rows[target.pk]
    check_published(source)
    if target.state != Thesis.State.PUBLISHED:
        raise Refusal(_("Die andere These ist nicht mehr offen. Bitte wählen Sie eine offene These."), "target")
    source.state = Thesis.State.MERGED
    source.merged_into = target
    source.decision_reason = reason
    source.decided_at = timezone.now()
    source.save(update_fields=("state", "merged_into", "decision_reason", "decided_at"))
    note(ThesisVerb.MERGED, source, actor, facts={"into": target.pk})
    left = people_of(source)
    received = {number: person for number, person in people_of(target).items() if number not in left}
    post_many(merged(source, person, reason) for person in left.values())
    post_many(received_merged(target, source, person, reason) for person in received.values())
    return source


@transaction.atomic
def split(*, thesis: Thesis, parts: Iterable[Part], actor: Stakeholder, reason: str, closes: bool) -> list[Thesis]:
    """New published theses of the same author, each with stances of its own from the start.

    The original stays open or, with `closes`, takes no stances more. Author and those who agree are told.
    """
    check_office(actor)
    reason, wanted = _checked(reason), list(parts)
    if len({part.sentence for part in wanted}) < max(FEWEST_PARTS, len(wanted)):
        raise Refusal(_("Bitte schreiben Sie mindestens zwei verschiedene Teile."))
    thesis = locked(thesis)
    check_published(thesis)
    if thesis.parts.exists():
        raise Refusal(_("Diese These wurde inzwischen bereits aufgeteilt."))
    made = [_cut_out(thesis, part) for part in wanted]
    if closes:
        thesis.state = Thesis.State.CLOSED
        thesis.decision_reason = reason
        thesis.decided_at = timezone.now()
        thesis.save(update_fields=("state", "decision_reason", "decided_at"))
    facts: dict[str, object] = {"parts": [part.pk for part in made], "closed": closes}
    note(ThesisVerb.SPLIT, thesis, actor, facts=facts)
    post_many(split_mail(thesis, person, reason) for person in people_of(thesis).values())
    return made


def people_of(thesis: Thesis) -> dict[int, Stakeholder]:
    """Author and everybody who agrees, by number, so that each is told once."""
    agreeing = Stance.objects.counted().filter(thesis=thesis, value=Stance.Value.AGREE).select_related("person")
    people = {stance.person_id: stance.person for stance in agreeing}
    if thesis.author and thesis.author.is_active:
        people[thesis.author.pk] = thesis.author
    return people


def _cut_out(thesis: Thesis, part: Part) -> Thesis:
    now = timezone.now()
    made = Thesis.objects.create(
        sentence=part.sentence,
        slug=Thesis.slug_for(part.sentence),
        reason=part.reason,
        text_language=thesis.text_language,
        measure_id=thesis.measure_id,
        field_of_action_id=thesis.field_of_action_id,
        district_id=thesis.district_id,
        topic_id=thesis.topic_id,
        author=thesis.author,
        organisation_id=thesis.organisation_id,
        mandate_id=thesis.mandate_id,
        hides_shares=thesis.hides_shares,
        split_from=thesis,
        state=Thesis.State.PUBLISHED,
        submitted_at=thesis.submitted_at,
        decided_at=now,
        published_at=now,
        demo=thesis.demo,
    )
    write_version(made)
    return made


def _checked(reason: str) -> str:
    if not reason.strip():
        raise Refusal(_("Bitte begründen Sie die Entscheidung. Die Begründung ist öffentlich."), "reason")
    return reason.strip()
