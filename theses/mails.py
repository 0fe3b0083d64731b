from dataclasses import dataclass, replace
from datetime import date

from stakeholders.mails import Message, render_message
from stakeholders.models import Stakeholder
from theses.follow_links import digest_link, end_link, one_click
from theses.models import Contribution, Thesis, TopicProposal


def receipt(thesis: Thesis, author: Stakeholder) -> Message:
    """Once for every time the thesis comes in, the revised ones included."""
    return _message(
        thesis, author, "submitted", key=f"thesis:{thesis.pk}:submitted:{thesis.submitted_at:%Y%m%d%H%M%S%f}"
    )


def decision(thesis: Thesis, author: Stakeholder) -> Message:
    """What became of the thesis: published, returned with a reason, or declined with a reason."""
    return _message(
        thesis, author, thesis.state, key=f"thesis:{thesis.pk}:{thesis.state}:{thesis.decided_at:%Y%m%d%H%M%S%f}"
    )


def _message(thesis: Thesis, author: Stakeholder, name: str, *, key: str) -> Message:
    context: dict[str, object] = {"thesis": thesis}
    return render_message(f"theses/{name}", key=key, kind=f"thesis_{name}", person=author, context=context)


def topic_decided(proposal: TopicProposal, author: Stakeholder) -> Message:
    name = f"topic_{proposal.state}"
    context: dict[str, object] = {"proposal": proposal}
    return render_message(f"theses/{name}", key=f"{name}:{proposal.pk}", kind=name, person=author, context=context)


def official_answer(answer: Contribution, asker: Stakeholder) -> Message:
    """To whoever wrote what the project office answered."""
    return _about_answer("official_answer", answer, asker, {})


def official_answer_to_follower(answer: Contribution, follower: Stakeholder) -> Message:
    link = end_link(answer.thesis, follower)
    message = _about_answer("followed_answer", answer, follower, {"end_link": link})
    return replace(message, headers=one_click(link))


@dataclass(frozen=True, slots=True)
class ThesisNews:
    """Of one thesis and one day: contributions if it is followed, answers to the reader, the strand answered last."""

    thesis: Thesis
    number: int
    answers: int
    strand: int


def digest(reader: Stakeholder, news: list[ThesisNews], day: date) -> Message:
    """Theses that are not followed have no link that ends following; the whole summary is ended by another one."""
    rows = [{"news": row, "end_link": end_link(row.thesis, reader) if row.number else ""} for row in news]
    link = digest_link(reader)
    message = render_message(
        "theses/digest",
        key=f"theses:digest:{reader.pk}:{day:%Y%m%d}",
        kind="thesis_digest",
        person=reader,
        context={"rows": rows, "day": day, "digest_link": link},
    )
    return replace(message, headers=one_click(link))


def _about_answer(name: str, answer: Contribution, person: Stakeholder, context: dict[str, object]) -> Message:
    return render_message(
        f"theses/{name}",
        key=f"contribution:{answer.pk}:{name}:{person.pk}",
        kind=f"thesis_{name}",
        person=person,
        context={"answer": answer, "parent": answer.parent, "thesis": answer.thesis, **context},
    )
