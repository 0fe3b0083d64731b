from datetime import date

from stakeholders.mails import Message, render_message
from stakeholders.models import Stakeholder
from theses.follow_links import end_link
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
    context: dict[str, object] = {"end_link": end_link(answer.thesis, follower)}
    return _about_answer("followed_answer", answer, follower, context)


def followed_digest(follower: Stakeholder, news: list[tuple[Thesis, int]], day: date) -> Message:
    """What was written on `day` about the theses somebody follows; `news` tells how many contributions of each."""
    rows = [{"thesis": thesis, "number": number, "end_link": end_link(thesis, follower)} for thesis, number in news]
    return render_message(
        "theses/followed_digest",
        key=f"theses:digest:{follower.pk}:{day:%Y%m%d}",
        kind="thesis_digest",
        person=follower,
        context={"rows": rows, "day": day},
    )


def _about_answer(name: str, answer: Contribution, person: Stakeholder, context: dict[str, object]) -> Message:
    return render_message(
        f"theses/{name}",
        key=f"contribution:{answer.pk}:{name}:{person.pk}",
        kind=f"thesis_{name}",
        person=person,
        context={"answer": answer, "parent": answer.parent, "thesis": answer.thesis, **context},
    )
