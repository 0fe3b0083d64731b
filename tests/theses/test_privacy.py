import json

from django.contrib.admin.models import CHANGE, LogEntry

from stakeholders.models import AuditEntry, Topic
from stakeholders.privacy import erase as erase_person
from tests.cast import Cast
from tests.factories.contributions import ContributionFactory, FollowFactory
from tests.factories.mandates import MandateFactory
from tests.factories.measures import FieldOfActionFactory
from tests.factories.theses import StanceFactory, ThesisFactory
from theses.domain.draft import save_draft
from theses.domain.helpful import mark_helpful
from theses.domain.stance import take
from theses.domain.thesis import Draft, decline, submit
from theses.domain.topic_proposal import accept_topic, propose_topic
from theses.models import Contribution, Follow, HelpfulMark, Stance, Thesis, ThesisDraft, TopicProposal
from theses.privacy import collect, erase, statement


def test_collect_gives_theses_and_stances_as_json(cast: Cast) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder, state=Thesis.State.RETURNED, decision_reason="Zu lang.")
    StanceFactory.create(person=cast.stakeholder, value=Stance.Value.DISAGREE)
    StanceFactory.create(person=cast.outsider)
    found = json.loads(json.dumps(collect(cast.stakeholder)))
    assert [(row["sentence"], row["decision_reason"]) for row in found["theses"]] == [(thesis.sentence, "Zu lang.")]
    assert [row["value"] for row in found["stances"]] == [Stance.Value.DISAGREE]
    assert not any(collect(cast.colleague).values())


def test_erase_keeps_what_others_answered_without_its_author(cast: Cast) -> None:
    person = cast.stakeholder
    public = ThesisFactory.create(author=person, organisation=person.organisation)
    StanceFactory.create(thesis=public)
    for state in (Thesis.State.SUBMITTED, Thesis.State.RETURNED, Thesis.State.DECLINED):
        ThesisFactory.create(author=person, state=state)
    others = ThesisFactory.create()
    take(thesis=others, person=person, value=Stance.Value.AGREE)
    take(thesis=others, person=cast.colleague, value=Stance.Value.AGREE)
    erase(person)
    public.refresh_from_db()
    others.refresh_from_db()
    assert set(Thesis.objects.all()) == {public, others}
    assert (public.author, public.organisation, public.stances.count(), others.stances.count()) == (None, None, 1, 1)
    assert others.stance_count == 1
    assert not any(collect(person).values())


def test_erase_keeps_the_word_of_an_organisation(cast: Cast) -> None:
    mandate = MandateFactory.create(person=cast.stakeholder)
    said = ThesisFactory.create(author=cast.stakeholder, organisation=mandate.organisation, mandate=mandate)
    erase(cast.stakeholder)
    erase_person(cast.stakeholder)
    said.refresh_from_db()
    assert (said.author, said.mandate, said.organisation) == (None, None, mandate.organisation)
    assert said.written_by == f"ehemalige Teilnehmerin / ehemaliger Teilnehmer für {mandate.organisation}"


def test_erase_leaves_nothing_of_what_was_never_public(cast: Cast) -> None:
    draft = Draft(sentence="Ein Satz, der nie erschien.", reason="Grund", field_of_action=FieldOfActionFactory.create())
    thesis = submit(author=cast.stakeholder, draft=draft)
    decline(thesis=thesis, actor=cast.project_office, reason="Passt nicht hierher.")
    LogEntry.objects.log_actions(cast.project_office.pk, [thesis], CHANGE, change_message="entschieden")
    erase(cast.stakeholder)
    assert not LogEntry.objects.filter(object_repr=draft.sentence).exists()
    labels = list(AuditEntry.objects.values_list("target_label", flat=True))
    assert labels == [f"These {thesis.pk}"] * 2


def test_erase_keeps_contributions_of_others_strands_without_their_author(cast: Cast) -> None:
    person, mandate = cast.stakeholder, MandateFactory.create(person=cast.stakeholder)
    personal = ContributionFactory.create(author=person)
    for_others = ContributionFactory.create(author=person, mandate=mandate, organisation=mandate.organisation)
    gone = ContributionFactory.create(author=person, state=Contribution.State.REMOVED, text="Böses Wort.")
    answered = ContributionFactory.create(author=person, state=Contribution.State.REMOVED, text="Böses Wort.")
    reply = ContributionFactory.create(thesis=answered.thesis, parent=answered, kind=Contribution.Kind.ANSWER)
    mark_helpful(contribution=reply, person=person)
    FollowFactory.create(person=person)
    FollowFactory.create(person=cast.colleague)
    erase(person)
    rows = {row.pk: row for row in Contribution.objects.all()}
    assert set(rows) == {personal.pk, for_others.pk, answered.pk, reply.pk}
    assert gone.pk not in rows
    assert not Contribution.objects.filter(author=person).exists()
    assert (rows[personal.pk].text, rows[answered.pk].text) == (personal.text, "")
    assert (rows[personal.pk].organisation, rows[for_others.pk].organisation) == (None, mandate.organisation)
    assert (rows[reply.pk].helpful_count, HelpfulMark.objects.count()) == (0, 0)
    assert [row.person for row in Follow.objects.all()] == [cast.colleague]


def test_statement_counts_what_goes_and_stays_of_a_discussion(cast: Cast) -> None:
    ContributionFactory.create_batch(2, author=cast.stakeholder)
    ContributionFactory.create(author=cast.stakeholder, state=Contribution.State.WITHDRAWN)
    FollowFactory.create(person=cast.stakeholder)
    facts = {fact.text: (fact.kept, fact.count) for fact in statement(cast.stakeholder)}
    found = {number for text, number in facts.items() if "Beiträge in Diskussionen" in text or "folgen keiner" in text}
    assert found == {(True, 2), (False, 1)}


def test_erase_leaves_neither_drafts_nor_proposals_but_the_topic_they_became(cast: Cast) -> None:
    save_draft(author=cast.stakeholder, typed={"sentence": "Ein begonnener Satz."})
    proposal = propose_topic(author=cast.stakeholder, name="Gießerei", explanation="Fehlt.")
    accept_topic(proposal=proposal, actor=cast.project_office)
    LogEntry.objects.log_actions(cast.project_office.pk, [proposal], CHANGE, change_message="entschieden")
    told = [fact.count for fact in statement(cast.stakeholder) if "Entwurf" in fact.text]
    assert told == [2]
    erase(cast.stakeholder)
    assert not ThesisDraft.objects.exists()
    assert not TopicProposal.objects.exists()
    assert not LogEntry.objects.filter(object_repr="Gießerei").exists()
    assert Topic.objects.get().name == "Gießerei"
